package io.mestral.verticles.ingestion;

import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.Reading;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The readings that a batch amounts to: entries with a time in range, values that are numbers of
 * sensors the catalogue knows, calibrated to what is stored (spec 1.8, steps 3 to 5). One entry or
 * value that is none doesn't cost the others.
 */
final class BatchReadings {
  /** Before this, a clock was not set. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** A clock may be this far ahead. */
  static final Duration TOLERANCE = Duration.ofHours(24);

  final List<Reading> readings = new ArrayList<>();
  final Set<Sensor> sensors = new LinkedHashSet<>();
  final List<String> problems = new ArrayList<>();
  int entriesSkipped;
  int unknownSensors;
  int valuesSkipped;

  private final KnownDevice device;
  private final SensorIndex catalogue;
  private final long latest;

  BatchReadings(KnownDevice device, SensorIndex catalogue, Instant now) {
    this.device = device;
    this.catalogue = catalogue;
    this.latest = now.plus(TOLERANCE).getEpochSecond();
  }

  void addAll(Batch batch) {
    for (Entry entry : batch.entries()) add(entry);
  }

  private void add(Entry entry) {
    Optional<String> problem = problemOf(entry.time());
    if (problem.isPresent()) {
      entriesSkipped++;
      if (!problems.contains(problem.get())) problems.add(problem.get());
      return;
    }
    long second = ((Time.At) entry.time()).epochSecond();
    for (Value value : entry.values()) add(second, value);
  }

  private void add(long second, Value value) {
    Optional<Sensor> sensor =
        device
            .sensorOf(value.sensor())
            .map(catalogue::get)
            .or(() -> catalogue.find(value.sensor()));
    if (sensor.isEmpty()) {
      unknownSensors++;
      return;
    }
    double stored = sensor.get().reverseEquation().apply(value.value());
    if (!Double.isFinite(stored)) {
      valuesSkipped++;
      return;
    }
    sensors.add(sensor.get());
    readings.add(new Reading(device.id(), sensor.get().id(), second, stored));
  }

  private Optional<String> problemOf(Time time) {
    if (time instanceof Time.Missing) return Optional.of("No timestamp given");
    if (time instanceof Time.Unreadable) return Optional.of("Timestamp not readable");
    long second = ((Time.At) time).epochSecond();
    boolean inRange = second >= EARLIEST.getEpochSecond() && second <= latest;
    return inRange ? Optional.empty() : Optional.of("Timestamp not within range");
  }
}
