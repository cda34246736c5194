package io.mestral.smartapi.security.trust;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;

/**
 * Finds out whose key a proof was made with (Smart API, section 7.3): by the trust store, else by
 * the message if it carries the key with a certificate, else by the key server. The key's IRI is
 * never opened as an address.
 *
 * @param trustStore asked first
 * @param certificates judges certificates
 * @param keyServer asked last
 */
public record KeyResolver(
    TrustStore trustStore, CertificateTrust certificates, KeyServer keyServer) {

  /**
   * Finds a key.
   *
   * @param message the message that names it
   * @param id the key's IRI
   * @return the key and whose it is
   * @throws SmartApiException of type SecurityError if nobody vouches for it, or if the message's
   *     certificate for it isn't trusted
   */
  public TrustedKey resolve(Graph message, Iri id) {
    return trustStore
        .key(id)
        .or(() -> certificates.key(message, id))
        .or(() -> keyServer.key(id))
        .orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.SECURITY_ERROR,
                    "The key "
                        + id
                        + " isn't known here, and the message has no certificate for it.",
                    id));
  }

  /**
   * Whether a key's proofs count for a sender.
   *
   * @param key the key
   * @param sender who says to have sent it
   * @return whether the sender is the controller, or someone the controller may speak for
   */
  public boolean countsFor(TrustedKey key, Iri sender) {
    return key.controller().equals(sender) || trustStore.maySpeakFor(key.controller(), sender);
  }
}
