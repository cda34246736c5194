package io.mestral.verticles.auth.oauth;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys at one time, the oldest first. A new one is published a day before it signs, so that
 * whoever remembers the published keys knows it by then; an old one stays as long as anything that
 * it signed may be shown.
 *
 * @param lifetime how long a key signs
 */
record KeyRing(List<Key> keys, Duration lifetime) {
  static final Duration PUBLISHED_BEFORE = Duration.ofDays(1);

  /** Longer than any token lives that a key signs. */
  static final Duration KEPT_AFTER = Duration.ofDays(2);

  /** One key, its private part with it. */
  record Key(ECKey jwk, Instant createdAt) {}

  /** The key to sign with; the first one there ever was signs at once. */
  Optional<Key> signing(Instant now) {
    Optional<Key> ready =
        keys.stream()
            .filter(key -> !key.createdAt.plus(PUBLISHED_BEFORE).isAfter(now))
            .reduce((older, newer) -> newer);
    return ready.or(() -> keys.stream().findFirst());
  }

  /** Whether there should be one more. */
  boolean wantsAnother(Instant now) {
    if (keys.isEmpty()) return true;
    Instant newest = keys.get(keys.size() - 1).createdAt;
    return !newest.plus(lifetime).minus(PUBLISHED_BEFORE).isAfter(now);
  }

  /** Those that signed nothing which anybody may still show. */
  List<Key> outlived(Instant now) {
    List<Key> successors =
        keys.stream()
            .filter(key -> !key.createdAt.plus(PUBLISHED_BEFORE).plus(KEPT_AFTER).isAfter(now))
            .toList();
    return successors.isEmpty() ? List.of() : successors.subList(0, successors.size() - 1);
  }

  /** The key that is called so. */
  Optional<Key> named(String id) {
    return keys.stream().filter(key -> key.jwk.getKeyID().equals(id)).findFirst();
  }
}
