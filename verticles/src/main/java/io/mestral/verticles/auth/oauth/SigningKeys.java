package io.mestral.verticles.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.mestral.model.access.Secret;
import io.mestral.storage.AuditEntry;
import io.mestral.storage.AuditLog;
import io.mestral.storage.SigningKey;
import io.mestral.storage.SigningKeyRegistry;
import io.mestral.storage.Steps;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that tokens are signed with (ES256), made and put away in their time. */
public final class SigningKeys {
  private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

  /** Another node may have made one; it doesn't sign before a day has passed. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  /** As HTTP has it, which the audit log speaks. */
  private static final int DONE = 200;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final SigningKeyRegistry registry;
  private final TokenVault vault;
  private final Duration lifetime;
  private final AuditLog audit;
  private final Clock clock;
  private final AtomicReference<Known> known = new AtomicReference<>();

  private record Known(Future<KeyRing> ring, Instant since) {}

  /**
   * Keeps them in that registry, sealed.
   *
   * @param lifetime how long a key signs
   * @param audit where it stands that a key was made, or put away
   */
  public SigningKeys(
      SigningKeyRegistry registry,
      TokenVault vault,
      Duration lifetime,
      AuditLog audit,
      Clock clock) {
    this.registry = registry;
    this.vault = vault;
    this.lifetime = lifetime;
    this.audit = audit;
    this.clock = clock;
  }

  /** Succeeds with the public keys, those to come and those that signed before among them. */
  public Future<JWKSet> published() {
    return ring()
        .map(ring -> new JWKSet(ring.keys().stream().map(key -> (JWK) key.jwk()).toList()))
        .map(JWKSet::toPublicJWKSet);
  }

  Future<ECKey> signing() {
    return ring().map(ring -> ring.signing(clock.instant()).orElseThrow().jwk());
  }

  /** Empty when no key is called so; another node may have made it a moment ago. */
  Future<Optional<ECKey>> named(String id) {
    return ring()
        .compose(
            ring -> ring.named(id).isEmpty() && isStale() ? ring() : Future.succeededFuture(ring))
        .map(ring -> ring.named(id).map(KeyRing.Key::jwk));
  }

  /** Forgets what is remembered, if that isn't new: one look a second is enough for strangers. */
  private boolean isStale() {
    Known found = known.get();
    return found == null
        || clock.instant().isAfter(found.since.plus(LOOK_AGAIN))
            && known.compareAndSet(found, null);
  }

  /** Whoever asks while the keys are looked up waits for the same answer. */
  private Future<KeyRing> ring() {
    Instant now = clock.instant();
    Known found = known.get();
    if (found != null && !found.ring.failed() && now.isBefore(found.since.plus(REMEMBERED)))
      return found.ring;
    Future<KeyRing> looked = load().compose(ring -> tended(ring, now));
    known.compareAndSet(found, new Known(looked, now));
    return looked;
  }

  private Future<KeyRing> load() {
    return registry
        .list()
        .map(
            kept ->
                new KeyRing(kept.stream().flatMap(key -> open(key).stream()).toList(), lifetime));
  }

  private Future<KeyRing> tended(KeyRing ring, Instant now) {
    List<KeyRing.Key> outlived = ring.outlived(now);
    return Steps.forEach(outlived, key -> remove(key.jwk().getKeyID()))
        .compose(done -> ring.wantsAnother(now) ? add(made(now)) : Future.succeededFuture(false))
        .compose(changed -> changed || !outlived.isEmpty() ? load() : Future.succeededFuture(ring));
  }

  private Future<Boolean> add(SigningKey key) {
    return registry.add(key).compose(done -> note("make signing key", key.id())).map(true);
  }

  private Future<Void> remove(String id) {
    return registry.remove(id).compose(done -> note("remove signing key", id));
  }

  /** What can't be noted is done all the same. */
  private Future<Void> note(String action, String key) {
    AuditEntry entry =
        new AuditEntry(
            0,
            clock.instant(),
            Optional.empty(),
            action,
            Optional.of("signing key " + key),
            Optional.empty(),
            "node",
            DONE,
            List.of());
    return audit
        .append(entry)
        .recover(
            failure -> {
              log.warn("not in the audit log: {}: {}", entry, failure.toString());
              return Future.succeededFuture();
            });
  }

  private SigningKey made(Instant now) {
    try {
      ECKey jwk =
          new ECKeyGenerator(Curve.P_256)
              .keyID(UUID.randomUUID().toString())
              .keyUse(KeyUse.SIGNATURE)
              .algorithm(JWSAlgorithm.ES256)
              .generate();
      return new SigningKey(jwk.getKeyID(), vault.seal(Secret.of(jwk.toJSONString())), now);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** One that another node key sealed is of no use here. */
  private Optional<KeyRing.Key> open(SigningKey key) {
    try {
      Optional<Secret> text = vault.open(key.sealed());
      if (text.isPresent())
        return Optional.of(new KeyRing.Key(ECKey.parse(text.get().reveal()), key.createdAt()));
      log.warn("signing key {} was sealed with another node key", key.id());
    } catch (ParseException e) {
      log.warn("signing key {} can't be read", key.id());
    }
    return Optional.empty();
  }
}
