package io.mestral.verticles.ingestion;

import io.mestral.model.platform.Device;

/** Hears that a device was made, changed or archived. */
@FunctionalInterface
public interface DeviceChanges {
  /**
   * To be called once the change is kept; what was remembered of the device is forgotten.
   *
   * @param device as it is, or was before it was archived
   */
  void changed(Device device);
}
