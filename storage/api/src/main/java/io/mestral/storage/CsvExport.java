package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * An archive of a device's readings that somebody asked for.
 *
 * @param name of its file; whoever knows it may read the file, so nobody can guess it
 * @param outcome empty while it waits or is being made
 * @param expiresAt when it is forgotten
 */
public record CsvExport(
    long id,
    DeviceId device,
    UserId user,
    String name,
    Instant requestedAt,
    Optional<Outcome> outcome,
    Instant expiresAt) {

  /**
   * How it ended.
   *
   * @param bytes of the file; 0 when there is none
   * @param failure for people; empty when there is a file
   */
  public record Outcome(Instant finishedAt, long bytes, Optional<String> failure) {}
}
