package io.mestral.verticles.http.reading;

import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Sensor;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.DoubleUnaryOperator;

/** The answer to a readings query: its points, newest first (spec 2.6). */
final class RolledUp {
  private static final int MOST_INTERVALS = 500_000;
  private static final long YEAR_10000 = 253_402_300_800L;
  private static final DateTimeFormatter WITH_OFFSET =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

  private final ReadingsQuery query;
  private final Component component;
  private final Buckets buckets;
  private final DoubleUnaryOperator shown;
  private final Rollup rollup;
  private final ZoneId zone;

  /**
   * @param zone of local times, where they are wanted
   */
  RolledUp(ReadingsQuery query, Component component, Sensor sensor, ZoneId zone) {
    this.zone = zone;
    this.query = query;
    this.component = component;
    this.buckets = new Buckets(query.interval(), query.range().from());
    boolean asIs = query.rawValues() || query.aggregate() == Aggregate.COUNT;
    Calibration equation = sensor.equation();
    this.shown = asIs ? value -> value : equation::apply;
    this.rollup = new Rollup(buckets, query.aggregate());
    if (query.allIntervals() && intervals() > MOST_INTERVALS)
      throw Problem.short400("That is more than " + MOST_INTERVALS + " intervals to list.");
  }

  /** What takes the readings. */
  Rollup rollup() {
    return rollup;
  }

  /** How many entries the answer has. */
  int size() {
    return rollup.pointCount() + (query.allIntervals() ? (int) intervals() : 0);
  }

  /** The answer's body. */
  Buffer body() {
    return JsonWriter.write(
        json ->
            json.object(
                () ->
                    json.field("device_id", component.device().value())
                        .field("sensor_key", component.key())
                        .field("sensor_id", component.sensor().value())
                        .field("component_id", component.id().value())
                        .field("rollup", query.rollup())
                        .field("function", query.aggregate().label())
                        .field("from", time(query.range().from()))
                        .field("to", time(query.range().to()))
                        .field("sample_size", rollup.sampleSize())
                        .array("readings", points())));
  }

  private String points() {
    PointText text = new PointText(size());
    Samples points = rollup.points();
    long end = buckets.indexOf(query.range().from()) - 1;
    long next = end + intervals(); // the newest bucket not yet listed
    for (int i = points.size() - 1; i >= 0; i--) {
      long bucket = buckets.indexOf(points.time(i));
      if (query.allIntervals()) gaps(text, next, bucket);
      point(text, points.time(i), points.value(i));
      next = bucket - 1;
    }
    if (query.allIntervals()) gaps(text, next, end);
    return text.toString();
  }

  /** The empty buckets from {@code newest} down to the one after {@code end}. */
  private void gaps(PointText text, long newest, long end) {
    for (long bucket = newest; bucket > end; bucket--) {
      long start = Math.max(buckets.startOf(bucket), query.range().from());
      text.add(time(start), Double.NaN);
    }
  }

  private void point(PointText text, long time, double value) {
    if (query.aggregate() == Aggregate.COUNT) text.count(time(time), (long) value);
    else if (isPlain(time)) text.add(time, shown.applyAsDouble(value));
    else text.add(time(time), shown.applyAsDouble(value));
  }

  private boolean isPlain(long second) {
    return !query.offsets() && 0 <= second && second < YEAR_10000;
  }

  private long intervals() {
    long span = buckets.indexOf(query.range().to()) - buckets.indexOf(query.range().from());
    return query.range().from() > query.range().to() ? 0 : span + 1;
  }

  private String time(long second) {
    if (isPlain(second)) return TimeText.of(second);
    Instant instant = Instant.ofEpochSecond(second);
    return query.offsets() ? WITH_OFFSET.format(instant.atZone(zone)) : JsonWriter.text(instant);
  }
}
