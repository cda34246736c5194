package io.mestral.verticles.ingestion;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;

/**
 * Hears that a device was made, changed or archived, once the change is kept, or when nobody can
 * say whether it is.
 */
public interface DeviceChanges {
  /** What was remembered of the device is forgotten. */
  void changed(Device device);

  /**
   * The same for a device that was archived, or that may have another token than before or none:
   * what was granted by the one that it had is taken away.
   *
   * @param device as it is, or was before it was archived
   */
  void tokenLost(Device device);

  /** Whether what failed so may be kept all the same: the store fell silent while it was at it. */
  static boolean mayBeKept(Throwable failure) {
    return Refusal.of(failure) == Refusal.UNAVAILABLE;
  }
}
