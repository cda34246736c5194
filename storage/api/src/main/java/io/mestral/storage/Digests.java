package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who wants to be told once in a while how their devices did. */
public interface Digests {
  /** A user, and when they were told last. */
  record Reader(User user, Optional<Instant> toldAt) {}

  /**
   * Those who want a digest and were not told since a time, by id.
   *
   * @param after those with greater ids
   */
  Future<List<Reader>> due(UserId after, Instant untoldSince, int limit);

  /**
   * Notes that a user is told {@code now} and queues the mail that does it, both or none, unless
   * they were told at {@code unlessSince} or later. Succeeds with whether this was so.
   */
  Future<Boolean> tell(UserId user, Mail mail, Instant now, Instant unlessSince);
}
