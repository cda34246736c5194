package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Takes readings in for a device that is already known. */
public interface ReadingIngest {
  /** Earlier times can't be right. */
  Instant EARLIEST = BatchReadings.EARLIEST;

  /** A time may be so far ahead. */
  Duration TOLERANCE = BatchReadings.TOLERANCE;

  /**
   * Succeeds once everything usable in the batch is kept. Fails with {@code PAYLOAD_INVALID} when
   * the body is no JSON batch, {@code QUOTA_EXCEEDED} or {@code UNAVAILABLE} when it can't be kept.
   *
   * @param json a batch as spec 1.4 has it
   */
  Future<IngestReport> ingest(DeviceId device, Buffer json);

  /**
   * The same for a batch that its bringer has parsed.
   *
   * @param text what it was parsed from, for the owner to see where something is wrong with it
   */
  Future<IngestReport> ingest(DeviceId device, Batch batch, Buffer text);

  /**
   * The same for readings as another node stored them: sensors' equations were applied there.
   *
   * @param readings of that device and of sensors in the catalogue
   * @param message what brought them; the same once more is not forwarded again
   */
  Future<IngestReport> ingestStored(DeviceId device, List<Reading> readings, Buffer message);
}
