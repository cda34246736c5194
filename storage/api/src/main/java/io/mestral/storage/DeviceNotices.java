package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What owners were told about their devices and when, so that nobody is told twice. */
public interface DeviceNotices {
  /** What an owner is told. */
  enum Kind {
    /** The battery is low. */
    LOW_BATTERY,
    /** It has been silent for long. */
    STOPPED_PUBLISHING,
    /** Messages of it could not be taken in. */
    ERRORS
  }

  /**
   * Claims the right to tell: succeeds with true, and writes down that it was told {@code now},
   * unless it was told at {@code unlessSince} or later. Of several that ask at once one is right.
   * The mail that tells it is queued in the same unit, so that nothing counts as told that nobody
   * will be. Fails with {@code QUOTA_EXCEEDED}, and claims nothing, when {@link MailQueue#MOST}
   * wait.
   *
   * @param mail empty for owners who want none
   */
  Future<Boolean> claim(
      DeviceId device, Kind kind, Instant now, Instant unlessSince, Optional<Mail> mail);

  /** What was told is over: it counts as never told. */
  Future<Void> reset(DeviceId device, Kind kind);

  /**
   * The devices whose owners want to be told of low batteries or silence.
   *
   * @param after those with greater ids, ascending
   */
  Future<List<WatchedDevice>> watched(DeviceId after, int limit);
}
