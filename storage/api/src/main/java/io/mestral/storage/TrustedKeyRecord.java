package io.mestral.storage;

import java.time.Instant;

/**
 * Somebody's key that the node believes, or an authority that vouches for keys.
 *
 * @param id the key's IRI, or what names the authority's certificate
 * @param controller whose key it is; of an authority its name
 * @param material the key as Multikey, or the certificate in DER as Base64
 */
public record TrustedKeyRecord(
    String id, Kind kind, String controller, String material, Instant createdAt) {

  /** What is believed. */
  public enum Kind {
    /** A key. */
    KEY,
    /** The certificate of an authority. */
    AUTHORITY
  }
}
