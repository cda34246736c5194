package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes readings in for a device that is already known. */
public interface ReadingIngest {
  /**
   * Succeeds once everything usable in the batch is kept. Fails with {@code PAYLOAD_INVALID} when
   * the body is no JSON batch, {@code QUOTA_EXCEEDED} or {@code UNAVAILABLE} when it can't be kept.
   *
   * @param json a batch as spec 1.4 has it
   */
  Future<IngestReport> ingest(DeviceId device, Buffer json);
}
