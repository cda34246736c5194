package io.mestral.verticles.ingestion;

import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.vertx.core.Future;

/** Hears of devices that are being set up. */
public interface OrphanChanges {
  /** There is a new orphan: messages with its token are no stranger's any more. */
  void orphanMade();

  /** Orphans are gone: messages with their tokens are strangers' now. */
  void orphansSwept();

  /**
   * A device was registered for an orphan. Succeeds when what the orphan sent is the device's; what
   * can't be taken in now is tried again later.
   */
  Future<Void> registered(Device device, Secret token);
}
