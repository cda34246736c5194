package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import java.util.List;

/** What could not be taken in, per device: the newest {@link #KEPT_PER_DEVICE}. */
public interface IngestErrors {
  /** How many are kept of each device. */
  int KEPT_PER_DEVICE = 100;

  /** Keeps an error, pushing out the device's oldest when there are too many. */
  Future<Void> add(IngestError error);

  /** A device's errors, newest first. */
  Future<List<IngestError>> of(DeviceId device, int limit);
}
