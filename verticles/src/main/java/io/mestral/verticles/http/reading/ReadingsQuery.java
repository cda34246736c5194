package io.mestral.verticles.http.reading;

import io.mestral.model.reading.TimeRange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.TimeParameter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A question for rolled-up readings (spec 2.6).
 *
 * @param range both ends included, in whole seconds
 * @param limit at most so many readings are looked at, from the oldest on
 * @param rawValues leave the sensor's equation out
 * @param offsets write times with an offset instead of {@code Z}
 */
record ReadingsQuery(
    SensorName sensor,
    String rollup,
    Interval interval,
    Aggregate aggregate,
    TimeRange range,
    int limit,
    boolean allIntervals,
    boolean rawValues,
    boolean offsets) {

  /** Which sensor is meant: by key, which wins, or by id. */
  record SensorName(Optional<String> key, Optional<String> id) {}

  private static final Interval SIX_WEEKS = new Interval(6, Interval.Unit.WEEK);
  private static final Duration SHORTEST_LISTED_EMPTY = Duration.ofMinutes(10);

  static ReadingsQuery of(Params params, Instant now) {
    params.require("rollup", "sensor_key||sensor_id");
    String rollup = params.text("rollup").orElseThrow().strip();
    Interval interval = interval("rollup", rollup);
    boolean listEmpty = params.text("all_intervals").filter("true"::equals).isPresent();
    return new ReadingsQuery(
        new SensorName(params.text("sensor_key"), params.text("sensor_id")),
        rollup,
        interval,
        aggregate(params.text("function").orElse("avg")),
        range(params, now),
        params.text("limit").map(ReadingsQuery::limit).orElse(Integer.MAX_VALUE),
        listEmpty && interval.isAtLeast(SHORTEST_LISTED_EMPTY),
        params.has("raw"),
        params.text("localtimes").filter("1"::equals).isPresent());
  }

  private static TimeRange range(Params params, Instant now) {
    Optional<Long> from = TimeParameter.of(params, "from");
    Optional<Long> to = TimeParameter.of(params, "to");
    if (from.isPresent()) return new TimeRange(from.get(), to.orElse(now.getEpochSecond()));
    Interval back =
        params.text("relative").map(text -> interval("relative", text)).orElse(SIX_WEEKS);
    return new TimeRange(back.before(now).getEpochSecond(), now.getEpochSecond());
  }

  /** The range that {@code from} and {@code to} name; both are there. */
  static TimeRange givenRange(Params params) {
    TimeRange range =
        new TimeRange(
            TimeParameter.of(params, "from").orElseThrow(),
            TimeParameter.of(params, "to").orElseThrow());
    if (range.from() > range.to())
      throw Problem.short400("The from parameter must not be later than the to parameter.");
    return range;
  }

  private static Interval interval(String name, String text) {
    return Interval.parse(text)
        .orElseThrow(
            () ->
                Problem.short400(
                    "The "
                        + name
                        + " parameter must be a number and a unit: y, M, w, d, h, m, s or ms."));
  }

  private static Aggregate aggregate(String text) {
    return Aggregate.parse(text)
        .orElseThrow(
            () ->
                Problem.short400(
                    "The function parameter must be one of"
                        + " avg, max, min, sum, count, dev, first, last."));
  }

  private static int limit(String text) {
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) > 0) return Integer.parseInt(text);
    throw Problem.short400("The limit parameter must be a number from 1 to 999999999.");
  }
}
