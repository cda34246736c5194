package io.mestral.node.moving;

import io.mestral.model.SensorId;
import io.mestral.model.reading.Digest;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a device's day once all of it was compared, part by part. */
final class Day {
  private final long day;
  private final boolean aged;
  private final Map<SensorId, Summary> wanted = new HashMap<>();
  private final Set<SensorId> sensors = new HashSet<>();
  private Digest digest = Digest.NONE;
  private boolean wasThere;

  /**
   * @param day since 1970-01-01 (UTC)
   * @param aged whether its readings have passed their age, so that only its hours count
   */
  Day(long day, boolean aged) {
    this.day = day;
    this.aged = aged;
  }

  /** A part of it as both stores have it; the next lies behind. */
  record Part(Map<SensorId, Samples> wanted, Map<SensorId, Samples> there) {
    boolean isSame() {
      return Difference.digestOf(wanted).equals(Difference.digestOf(there));
    }
  }

  void add(Part part) {
    sensors.addAll(part.wanted.keySet());
    sensors.addAll(part.there.keySet());
    wasThere |= !part.there.isEmpty();
    if (aged) return;
    digest = digest.and(Difference.digestOf(part.wanted));
    part.wanted.forEach(
        (sensor, samples) ->
            Summary.of(samples, Span.DAY)
                .forEach(summary -> wanted.merge(sensor, summary, Summary::and)));
  }

  long number() {
    return day;
  }

  boolean isAged() {
    return aged;
  }

  /** Whether the new store had nothing of it. */
  boolean isNew() {
    return !wasThere;
  }

  /** The sensors that one of both has something of. */
  Set<SensorId> sensors() {
    return sensors;
  }

  /** That of the readings that are wanted. */
  Digest digest() {
    return digest;
  }

  /** What the readings of a sensor make; empty without any. */
  Optional<Summary> of(SensorId sensor) {
    return Optional.ofNullable(wanted.get(sensor));
  }

  long first() {
    return seconds().from();
  }

  TimeRange seconds() {
    return Touched.secondsOf(day);
  }
}
