package io.mestral.verticles.http.catalogue;

import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.mestral.storage.SensorCatalogue;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tags of a sensor as a request names them: in place of those it has. */
final class SensorTagging {
  private final SensorCatalogue store;

  SensorTagging(SensorCatalogue store) {
    this.store = store;
  }

  /** Succeeds with the tags' ids, if any are named; fails with a 404 for one that isn't there. */
  Future<Optional<List<Long>>> wanted(Params params) {
    Optional<List<String>> names = params.list("tags");
    if (names.isEmpty()) return Future.succeededFuture(Optional.empty());
    return store.tags().map(all -> Optional.of(ids(names.get(), all)));
  }

  private static List<Long> ids(List<String> names, List<Tag> all) {
    List<Long> ids = new ArrayList<>();
    for (String name : names)
      ids.add(
          all.stream()
              .filter(tag -> tag.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> Problem.recordNotFound("TagSensor", "name", name))
              .id());
    return ids;
  }

  Future<Sensor> put(Sensor sensor, Optional<List<Long>> tags) {
    return tags.isEmpty()
        ? Future.succeededFuture(sensor)
        : store.tag(sensor.id(), tags.get()).map(sensor);
  }
}
