package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Codes with which people who forgot their password set another. */
public interface PasswordResets {
  /** Keeps a reset, which ends the user's former one, and queues the mail with it, both or none. */
  Future<Void> put(PasswordReset reset, Mail mail);

  /** The one with that hash; expired ones are returned, the caller judges. */
  Future<Optional<PasswordReset>> find(String hash);

  /**
   * Spends a reset: sets the password and ends whatever was let in as this user before it was shown
   * whose address that is: sessions, private and named tokens, what was granted to applications,
   * and the links to those whom other providers know. One unit. Succeeds with whose password that
   * is; empty when there is no such reset, it ended by {@code now}, or its user is gone.
   */
  Future<Optional<UserId>> redeem(String hash, String passwordHash, Instant now);

  /** Forgets what ended before a time. */
  Future<Void> forget(Instant expiredBefore);
}
