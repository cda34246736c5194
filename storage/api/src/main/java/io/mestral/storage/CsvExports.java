package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.storage.CsvExport.Outcome;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The archives that were asked for. Those of archived devices are invisible. */
public interface CsvExports {
  /** How many may wait together. */
  int MOST_WAITING = 1_000;

  /**
   * Keeps a request, whose id and outcome are ignored, unless one for the same device was made
   * after {@code unlessSince}: then empty. Fails with {@code QUOTA_EXCEEDED} when {@link
   * #MOST_WAITING} wait.
   */
  Future<Optional<CsvExport>> request(CsvExport draft, Instant unlessSince);

  /** Those without an outcome, the oldest first. */
  Future<List<CsvExport>> waiting(int limit);

  /** Those of a device, the newest first. */
  Future<List<CsvExport>> of(DeviceId device, int limit);

  /** The one of a device with that name; empty when there is none. */
  Future<Optional<CsvExport>> find(DeviceId device, String name);

  /**
   * Gives an export its outcome, and queues the mail that tells of it, both or none. Succeeds with
   * whether this was the first outcome; another changes nothing.
   */
  Future<Boolean> finish(long id, Outcome outcome, Instant expiresAt, Optional<Mail> mail);

  /** Forgets what expired, be it finished or not, and gives the names. */
  Future<List<String>> forget(Instant expiredBefore);

  /** The names of all that are not forgotten. */
  Future<List<String>> names();
}
