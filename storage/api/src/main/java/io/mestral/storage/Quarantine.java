package io.mestral.storage;

import io.mestral.model.DeviceId;
import io.vertx.core.Future;
import java.util.List;

/** Entries with impossible times, per device: the newest {@link #KEPT_PER_DEVICE}. */
public interface Quarantine {
  /** How many are kept of each device. */
  int KEPT_PER_DEVICE = 1_000;

  /** Keeps entries, all or none, pushing out the devices' oldest when there are too many. */
  Future<Void> add(List<QuarantinedEntry> entries);

  /** A device's entries, the last that came first. */
  Future<List<QuarantinedEntry>> of(DeviceId device, int limit);
}
