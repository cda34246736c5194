package io.mestral.verticles.ingestion;

import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The readings that a batch amounts to: entries with a time in range, values that are numbers of
 * sensors the catalogue knows, calibrated to what is stored (spec 1.8, steps 3 to 5). One entry or
 * value that is none doesn't cost the others. An entry whose time can't be right is set apart.
 */
final class BatchReadings {
  /** Before this, a clock was not set. */
  static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** A clock may be this far ahead. */
  static final Duration TOLERANCE = Duration.ofHours(24);

  private static final String OUT_OF_RANGE = "Timestamp not within range";

  final List<Reading> readings = new ArrayList<>();
  final Set<Sensor> sensors = new LinkedHashSet<>();
  final List<String> problems = new ArrayList<>(0);
  final Deque<QuarantinedEntry> quarantined = new ArrayDeque<>(0); // no more than are kept
  int entriesSkipped;
  int unknownSensors;
  int valuesSkipped;

  private final KnownDevice device;
  private final SensorIndex catalogue;
  private final Instant arrivedAt;
  private final long latest;

  /**
   * @param arrivedAt when the batch came: what its times are measured by
   */
  BatchReadings(KnownDevice device, SensorIndex catalogue, Instant arrivedAt) {
    this.device = device;
    this.catalogue = catalogue;
    this.arrivedAt = arrivedAt;
    this.latest = arrivedAt.plus(TOLERANCE).getEpochSecond();
  }

  void addAll(Batch batch) {
    for (Entry entry : batch.entries()) add(entry);
  }

  /** Readings that another node stored. Its clock may have been another one. */
  void addStored(List<Reading> stored) {
    for (Reading reading : stored) {
      if (isPossible(reading.epochSecond())) {
        sensors.add(catalogue.get(reading.sensor()));
        readings.add(reading);
      } else {
        String key = catalogue.get(reading.sensor()).defaultKey();
        setApart(reading.epochSecond(), List.of(new Value(key, reading.value())));
      }
    }
  }

  /** Whether everything in the batch is a reading. */
  boolean isClean() {
    return entriesSkipped + unknownSensors + valuesSkipped == 0;
  }

  /** Whether there were values, and not one that is a reading or was spoken of otherwise. */
  boolean saysNothing() {
    return readings.isEmpty() && problems.isEmpty() && unknownSensors + valuesSkipped > 0;
  }

  private void add(Entry entry) {
    if (!(entry.time() instanceof Time.At)) {
      boolean said = entry.time() instanceof Time.Unreadable;
      skip(said ? "Timestamp not readable" : "No timestamp given");
      return;
    }
    long second = ((Time.At) entry.time()).epochSecond();
    if (isPossible(second)) for (Value value : entry.values()) add(second, value);
    else setApart(second, entry.values());
  }

  private boolean isPossible(long second) {
    return EARLIEST.getEpochSecond() <= second && second <= latest;
  }

  private void setApart(long second, List<Value> values) {
    skip(OUT_OF_RANGE);
    String entryAsJson = EntryText.of(second, values);
    if (quarantined.size() == Quarantine.KEPT_PER_DEVICE) quarantined.remove();
    quarantined.add(new QuarantinedEntry(device.id(), entryAsJson, OUT_OF_RANGE, arrivedAt));
  }

  private void skip(String problem) {
    entriesSkipped++;
    if (!problems.contains(problem)) problems.add(problem);
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
}
