package io.mestral.storage;

import io.mestral.model.UserId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** What people did. Entries are added and grow old; nobody changes one. */
public interface AuditLog {
  /** Keeps an entry, whose id is ignored. */
  Future<Void> append(AuditEntry draft);

  /** Those that fit, the newest first. */
  Future<Page<AuditEntry>> list(Filter filter, Paging paging);

  /** Forgets what is older. */
  Future<Integer> forget(Instant before);

  /**
   * Which entries are meant; what is empty fits all.
   *
   * @param concerning what this user did, or was done to things of theirs
   * @param actor what this user did
   * @param action how the action begins
   * @param from not before
   * @param to not after
   */
  record Filter(
      Optional<UserId> concerning,
      Optional<UserId> actor,
      Optional<String> action,
      Optional<Instant> from,
      Optional<Instant> to) {
    /** All of them. */
    public static final Filter ALL =
        new Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same, but for what comes after a time. */
    public Filter until(Instant end) {
      return new Filter(concerning, actor, action, from, Optional.of(end));
    }

    /** What a user did, or was done to things of theirs. */
    public static Filter concerning(UserId user) {
      return new Filter(
          Optional.of(user),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
