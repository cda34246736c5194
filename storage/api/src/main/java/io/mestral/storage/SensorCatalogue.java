package io.mestral.storage;

import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.util.List;

/** The sensors and measurements of the platform; seeded with the known ones at first start. */
public interface SensorCatalogue {
  /** All sensors by id ascending: some two hundred. */
  Future<List<Sensor>> sensors();

  /** Those sensors that are asked for, in that order and then by id ascending. */
  Future<Page<Sensor>> sensors(Search search, Paging paging);

  /** All measurements by id ascending. */
  Future<List<Measurement>> measurements();
}
