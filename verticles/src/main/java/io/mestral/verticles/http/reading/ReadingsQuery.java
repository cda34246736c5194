package io.mestral.verticles.http.reading;

import io.mestral.model.reading.TimeRange;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern EPOCH_SECONDS = Pattern.compile("\\d{1,11}");

  /** A plus that was decoded to a blank: {@code 2026-02-03 10:00:00 00:00}. */
  private static final Pattern LOST_PLUS =
      Pattern.compile("(\\d{4}-\\S+[ T]\\d{1,2}:\\d{2}\\S*) (\\d{2}:?\\d{2})");

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
        params.text("raw").isPresent(),
        params.text("localtimes").filter("1"::equals).isPresent());
  }

  private static TimeRange range(Params params, Instant now) {
    Optional<Long> from = time(params, "from");
    Optional<Long> to = time(params, "to");
    if (from.isPresent()) return new TimeRange(from.get(), to.orElse(now.getEpochSecond()));
    Interval back =
        params.text("relative").map(text -> interval("relative", text)).orElse(SIX_WEEKS);
    return new TimeRange(back.before(now).getEpochSecond(), now.getEpochSecond());
  }

  /** The range that {@code from} and {@code to} name; both are there. */
  static TimeRange givenRange(Params params) {
    TimeRange range =
        new TimeRange(time(params, "from").orElseThrow(), time(params, "to").orElseThrow());
    if (range.from() > range.to())
      throw Problem.short400("The from parameter must not be later than the to parameter.");
    return range;
  }

  private static Optional<Long> time(Params params, String name) {
    return params.text(name).map(text -> second(name, text.strip()));
  }

  private static long second(String name, String text) {
    return parse(text).orElseThrow(() -> Problem.badTime(name));
  }

  /** The epoch second a text means: epoch seconds, or a time in one of the forms clients send. */
  static OptionalLong parse(String text) {
    if (EPOCH_SECONDS.matcher(text).matches()) return OptionalLong.of(Long.parseLong(text));
    Matcher lost = LOST_PLUS.matcher(text);
    return TimeText.parse(lost.matches() ? lost.group(1) + "+" + lost.group(2) : text);
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
