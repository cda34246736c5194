package io.mestral.storage;

import io.vertx.core.Future;

/** All metadata ports of one engine. */
public interface Metadata {
  /** The accounts. */
  UserRegistry users();

  /** The users' API tokens. */
  TokenRegistry tokens();

  /** The devices and their components. */
  DeviceRegistry devices();

  /** Sensors and measurements. */
  SensorCatalogue catalogue();

  /** What could not be taken in. */
  IngestErrors ingestErrors();

  /** Factory reports. */
  InventoryReports inventory();

  /** Succeeds when the engine answers; a probe for health. */
  Future<Void> check();

  /** Finishes what is under way and lets go of files and connections. */
  Future<Void> close();
}
