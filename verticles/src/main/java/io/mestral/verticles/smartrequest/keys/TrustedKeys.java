package io.mestral.verticles.smartrequest.keys;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.storage.TrustedKeyRecord;
import io.mestral.storage.TrustedKeyRecord.Kind;
import io.mestral.storage.TrustedKeyRegistry;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whose keys this node believes, and which authorities (Smart API, section 7.3). What is added or
 * removed counts at once. Nobody is believed to speak for another one.
 */
public final class TrustedKeys implements TrustStore {
  /** The most keys and authorities. */
  public static final int MOST = 1_000;

  private final TrustedKeyRegistry registry;
  private final Clock clock;
  private final Latest<Known> known = new Latest<>(Known.of(List.of()));

  private record Known(
      List<TrustedKeyRecord> all, List<X509Certificate> authorities, Map<Iri, TrustedKey> keys) {
    static Known of(List<TrustedKeyRecord> all) {
      return new Known(
          all,
          all.stream()
              .filter(one -> one.kind() == Kind.AUTHORITY)
              .map(one -> certificate(one.material()))
              .toList(),
          all.stream()
              .filter(one -> one.kind() == Kind.KEY)
              .map(
                  one ->
                      new TrustedKey(
                          new Iri(one.id()),
                          new Iri(one.controller()),
                          Multikey.parse(one.material())))
              .collect(Collectors.toUnmodifiableMap(TrustedKey::id, key -> key)));
    }
  }

  private static X509Certificate certificate(String base64) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    } catch (CertificateException damaged) {
      throw new IllegalStateException("an authority that is kept can't be read", damaged);
    }
  }

  /** Keeps them in that registry. */
  public TrustedKeys(TrustedKeyRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Reads what is kept. */
  public Future<Void> open() {
    return known.renew(() -> registry.list().map(Known::of)).mapEmpty();
  }

  /** All of them, by identifier. */
  public List<TrustedKeyRecord> all() {
    return known.get().all;
  }

  /** Believes a key; empty when one of its IRI is believed already, whoever has that. */
  public Future<Optional<TrustedKeyRecord>> add(TrustedKey key) {
    return add(
        new TrustedKeyRecord(
            key.id().value(),
            Kind.KEY,
            key.controller().value(),
            key.key().multibase(),
            clock.instant()));
  }

  /** Believes an authority; empty when it is believed already. */
  public Future<Optional<TrustedKeyRecord>> add(String id, X509Certificate authority) {
    try {
      return add(
          new TrustedKeyRecord(
              id,
              Kind.AUTHORITY,
              authority.getSubjectX500Principal().getName(),
              Base64.getEncoder().encodeToString(authority.getEncoded()),
              clock.instant()));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("the certificate was read and can't be written", e);
    }
  }

  private Future<Optional<TrustedKeyRecord>> add(TrustedKeyRecord one) {
    return registry
        .add(one)
        .compose(added -> open().map(done -> added ? Optional.of(one) : Optional.empty()));
  }

  /** Believes one no more; whether it was believed. */
  public Future<Boolean> remove(String id) {
    return registry.remove(id).compose(removed -> open().map(removed));
  }

  /**
   * Judges keys by certificates of the authorities. Nothing is known of certificates that were
   * taken back: an authority is believed until it is removed here.
   */
  public CertificateTrust certificates() {
    return new CertificateTrust(
        known.get().authorities, Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, clock);
  }

  /** A key that is encrypted to for somebody, the last one by name; empty when there is none. */
  public Optional<TrustedKey> agreement(Iri controller) {
    return known.get().keys.values().stream()
        .filter(one -> one.controller().equals(controller))
        .filter(one -> one.key().type() == KeyType.P_256)
        .max(Comparator.comparing(one -> one.id().value()));
  }

  @Override
  public Optional<TrustedKey> key(Iri id) {
    return Optional.ofNullable(known.get().keys.get(id));
  }

  @Override
  public boolean maySpeakFor(Iri controller, Iri sender) {
    return false;
  }
}
