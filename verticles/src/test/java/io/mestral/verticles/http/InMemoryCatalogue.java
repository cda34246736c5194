package io.mestral.verticles.http;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.mestral.storage.Conflict;
import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.SensorCatalogue;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** A catalogue in maps, with a handful of sensors of the real one. */
public final class InMemoryCatalogue implements SensorCatalogue {
  static final Instant SEEDED = Instant.parse("2015-02-02T18:18:00Z");

  private final Map<Integer, Sensor> sensors = new ConcurrentSkipListMap<>();
  private final Map<Integer, Measurement> measurements = new ConcurrentSkipListMap<>();
  private final Map<Long, Tag> tags = new ConcurrentSkipListMap<>();
  private final Map<SensorId, Collection<Long>> tagged = new ConcurrentHashMap<>();

  InMemoryCatalogue() {
    seed(4, "Temperature (legacy)", "temp", "x");
    seed(10, "Battery SCK", "bat", "x");
    seed(12, "HPP828E031 - Temperature", "temp", "x/10");
    seed(53, "NXP ICS43432 - Noise", "noise_dba", "x");
    seed(55, "Sensirion SHT31 - Temperature", "t", "x");
    seed(58, "NXP MPL3115A2 - Barometric Pressure", "bar", "x/10 + 1");
    measurements.put(
        1,
        new Measurement(
            1,
            new UUID(0, 1),
            "Air Temperature",
            "How warm the air is",
            Optional.empty(),
            Optional.empty(),
            SEEDED,
            SEEDED));
  }

  private void seed(int id, String name, String key, String equation) {
    sensors.put(
        id,
        new Sensor(
            new SensorId(id),
            new UUID(1, id),
            id == 55 ? OptionalInt.of(54) : OptionalInt.empty(),
            name,
            "About " + name,
            key,
            Optional.of("u"),
            id == 55 ? OptionalInt.of(1) : OptionalInt.empty(),
            Calibration.parse(equation),
            Calibration.IDENTITY,
            Optional.empty(),
            Optional.empty(),
            SEEDED,
            SEEDED));
  }

  @Override
  public Future<List<Sensor>> sensors() {
    return Future.succeededFuture(List.copyOf(sensors.values()));
  }

  @Override
  public Future<Page<Sensor>> sensors(Search search, Paging paging) {
    return Future.failedFuture(new UnsupportedOperationException("no searches in memory"));
  }

  @Override
  public Future<List<Measurement>> measurements() {
    return Future.succeededFuture(List.copyOf(measurements.values()));
  }

  @Override
  public Future<List<Tag>> tags() {
    return Future.succeededFuture(List.copyOf(tags.values()));
  }

  @Override
  public Future<Map<SensorId, List<Tag>>> tagged() {
    Map<SensorId, List<Tag>> all = new HashMap<>();
    tagged.forEach(
        (sensor, ids) ->
            all.put(
                sensor,
                ids.stream().map(tags::get).sorted(Comparator.comparing(Tag::name)).toList()));
    return Future.succeededFuture(all);
  }

  @Override
  public Future<Sensor> addSensor(Sensor draft) {
    if (sensors.values().stream().anyMatch(s -> s.defaultKey().equals(draft.defaultKey())))
      return Future.failedFuture(new Conflict("default_key"));
    int id = ((ConcurrentSkipListMap<Integer, Sensor>) sensors).lastKey() + 1;
    Sensor made =
        new Sensor(
            new SensorId(id),
            draft.uuid(),
            draft.parent(),
            draft.name(),
            draft.description(),
            draft.defaultKey(),
            draft.unit(),
            draft.measurement(),
            draft.equation(),
            draft.reverseEquation(),
            draft.datasheet(),
            draft.unitDefinition(),
            draft.createdAt(),
            draft.updatedAt());
    sensors.put(id, made);
    return Future.succeededFuture(made);
  }

  @Override
  public Future<Sensor> updateSensor(SensorId id, UnaryOperator<Sensor> change) {
    return Future.succeededFuture(sensors.get(id.value()))
        .map(change::apply)
        .onSuccess(changed -> sensors.put(id.value(), changed));
  }

  @Override
  public Future<Measurement> addMeasurement(Measurement draft) {
    return keep(
        new Measurement(
            measurements.size() + 1,
            draft.uuid(),
            draft.name(),
            draft.description(),
            draft.unit(),
            draft.definition(),
            draft.createdAt(),
            draft.updatedAt()));
  }

  @Override
  public Future<Measurement> updateMeasurement(int id, UnaryOperator<Measurement> change) {
    return Future.succeededFuture(measurements.get(id)).map(change::apply).compose(this::keep);
  }

  private Future<Measurement> keep(Measurement measurement) {
    for (Measurement other : measurements.values())
      if (other.id() != measurement.id() && other.name().equals(measurement.name()))
        return Future.failedFuture(new Conflict("name"));
    measurements.put(measurement.id(), measurement);
    return Future.succeededFuture(measurement);
  }

  @Override
  public Future<Tag> addTag(Tag draft) {
    if (tags.values().stream().anyMatch(tag -> tag.name().equalsIgnoreCase(draft.name())))
      return Future.failedFuture(new Conflict("name"));
    Tag made =
        new Tag(
            tags.size() + 1,
            draft.uuid(),
            draft.name(),
            draft.description(),
            draft.createdAt(),
            draft.updatedAt());
    tags.put(made.id(), made);
    return Future.succeededFuture(made);
  }

  @Override
  public Future<Void> tag(SensorId sensor, Collection<Long> wanted) {
    tagged.put(sensor, List.copyOf(wanted));
    return Future.succeededFuture();
  }
}
