package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import java.util.List;

/** The uploads of each device: the newest {@link #KEPT_PER_DEVICE}. */
public interface CsvUploads {
  /** How many are kept of each device. */
  int KEPT_PER_DEVICE = 50;

  /** Keeps uploads in this order, all or none, pushing out their devices' oldest. */
  Future<Void> add(List<CsvUpload> uploads);

  /** A device's uploads, the newest first; none of an archived device. */
  Future<List<CsvUpload>> of(DeviceId device, int limit);
}
