package io.mestral.storage;

import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Who may make an account where not everybody may. */
public interface Invitations {
  /** How many there are at most, used ones included: what was used longest ago goes first. */
  int KEPT = 10_000;

  /**
   * Keeps an invitation, whose id and use are ignored. Fails with {@code QUOTA_EXCEEDED} when
   * {@link #KEPT} are there and none of them is used or over.
   */
  Future<Invitation> add(Invitation draft);

  /** All, the newest first. */
  Future<Page<Invitation>> list(Paging paging);

  /** Takes one back; succeeds with whether there was one that nobody had used. */
  Future<Boolean> remove(long id);

  /**
   * Makes the account of somebody who was invited, and spends the invitation, both or none. Empty
   * when there is no such invitation, it was used, or ended by {@code now}. Fails like {@link
   * UserRegistry#add}.
   */
  Future<Optional<User>> redeem(String hash, User draft, String passwordHash, Instant now);
}
