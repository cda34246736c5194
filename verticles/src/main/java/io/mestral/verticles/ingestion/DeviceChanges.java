package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;

/** Hears that a device was made, changed or archived. */
@FunctionalInterface
public interface DeviceChanges {
  /** To be called once the change is kept; what was remembered of the device is forgotten. */
  void changed(DeviceId device);
}
