package io.mestral.storage;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.Tag;
import io.mestral.storage.search.Search;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The sensors and measurements of the platform; seeded with the known ones at first start. */
public interface SensorCatalogue {
  /** All sensors by id ascending: some two hundred. */
  Future<List<Sensor>> sensors();

  /** Those sensors that are asked for, in that order and then by id ascending. */
  Future<Page<Sensor>> sensors(Search search, Paging paging);

  /** All measurements by id ascending. */
  Future<List<Measurement>> measurements();

  /** All tags that sensors can have, by id ascending. */
  Future<List<Tag>> tags();

  /** The tags of all sensors, by name; a sensor without tags is no key. */
  Future<Map<SensorId, List<Tag>>> tagged();

  /**
   * Adds a sensor; the id of {@code draft} is ignored and a new one given. Fails with {@link
   * Conflict} ({@code default_key}) when another sensor has the key.
   */
  Future<Sensor> addSensor(Sensor draft);

  /**
   * Applies {@code change} to the sensor as it is and keeps what comes of it, in one unit; id and
   * key stay.
   *
   * @param change without side effects, as it may be called more than once and on any thread; an
   *     exception it throws fails the future, and nothing is changed
   */
  Future<Sensor> updateSensor(SensorId id, UnaryOperator<Sensor> change);

  /**
   * Adds a measurement; the id of {@code draft} is ignored and a new one given. Fails with {@link
   * Conflict} ({@code name}).
   */
  Future<Measurement> addMeasurement(Measurement draft);

  /**
   * Changes a measurement as {@link #updateSensor} does. Fails with {@link Conflict} like {@link
   * #addMeasurement}.
   */
  Future<Measurement> updateMeasurement(int id, UnaryOperator<Measurement> change);

  /**
   * Adds a tag for sensors; the id of {@code draft} is ignored and a new one given. Fails with
   * {@link Conflict} ({@code name} is unique, letters' case aside).
   */
  Future<Tag> addTag(Tag draft);

  /** Gives a sensor these tags in place of those it has. */
  Future<Void> tag(SensorId sensor, Collection<Long> tags);
}
