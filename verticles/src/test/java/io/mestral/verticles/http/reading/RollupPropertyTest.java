package io.mestral.verticles.http.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.reading.Samples;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The rollup against a second computation that walks from bucket to bucket in plain dates. */
class RollupPropertyTest {
  private static final long FROM = Instant.parse("2023-12-30T17:11:05Z").getEpochSecond();

  @Property(tries = 400)
  void agreesWithTheNaiveComputation(
      @ForAll("readings") SortedMap<Long, Double> readings,
      @ForAll("intervals") String interval,
      @ForAll Aggregate aggregate,
      @ForAll @IntRange(min = 1, max = 50) int piece) {
    Rollup rollup =
        new Rollup(new Buckets(Interval.parse(interval).orElseThrow(), FROM), aggregate);
    List<Map.Entry<Long, Double>> all = new ArrayList<>(readings.entrySet());
    for (int i = 0; i < all.size(); i += piece)
      rollup.add(samples(all.subList(i, Math.min(i + piece, all.size()))));
    Samples points = rollup.points();

    List<List<Map.Entry<Long, Double>>> expected = naiveBuckets(all, interval);
    assertThat(points.size()).isEqualTo(expected.size());
    assertThat(rollup.sampleSize()).isEqualTo(readings.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(points.time(i)).isEqualTo(expected.get(i).get(0).getKey());
      double value = naive(aggregate, expected.get(i).stream().map(Map.Entry::getValue).toList());
      assertThat(points.value(i)).isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value))));
    }
  }

  @Provide
  Arbitrary<SortedMap<Long, Double>> readings() {
    Arbitrary<Long> near = Arbitraries.longs().between(FROM, FROM + 7_200);
    Arbitrary<Long> far = Arbitraries.longs().between(FROM, FROM + 100_000_000);
    Arbitrary<Double> values = Arbitraries.doubles().between(-1000, 1000);
    return Arbitraries.maps(Arbitraries.oneOf(near, far), values).ofMaxSize(120).map(TreeMap::new);
  }

  @Provide
  Arbitrary<String> intervals() {
    return Arbitraries.of(
        "1s", "63s", "1500ms", "333ms", "1m", "5m", "7m", "4h", "1d", "3d", "1w", "2w", "1M", "5M",
        "1y", "2y");
  }

  private static List<List<Map.Entry<Long, Double>>> naiveBuckets(
      List<Map.Entry<Long, Double>> readings, String interval) {
    int count = Integer.parseInt(interval.replaceAll("\\D", ""));
    String unit = interval.replaceAll("\\d", "");
    List<List<Map.Entry<Long, Double>>> buckets = new ArrayList<>();
    LocalDateTime end = anchor(unit);
    List<Map.Entry<Long, Double>> open = new ArrayList<>();
    for (Map.Entry<Long, Double> reading : readings) {
      LocalDateTime time = LocalDateTime.ofEpochSecond(reading.getKey(), 0, ZoneOffset.UTC);
      if (!time.isBefore(end)) {
        if (!open.isEmpty()) buckets.add(open);
        open = new ArrayList<>();
        end = endOfBucketWith(time, unit, count);
      }
      open.add(reading);
    }
    if (!open.isEmpty()) buckets.add(open);
    return buckets;
  }

  private static LocalDateTime endOfBucketWith(LocalDateTime time, String unit, int count) {
    LocalDateTime anchor = anchor(unit);
    long whole =
        switch (unit) {
          case "ms" -> ChronoUnit.MILLIS.between(anchor, time) / count;
          case "s" -> ChronoUnit.SECONDS.between(anchor, time) / count;
          case "m" -> ChronoUnit.MINUTES.between(anchor, time) / count;
          case "h" -> ChronoUnit.HOURS.between(anchor, time) / count;
          case "d" -> ChronoUnit.DAYS.between(anchor, time) / count;
          case "w" -> ChronoUnit.DAYS.between(anchor, time) / (7L * count);
          case "M" -> ChronoUnit.MONTHS.between(anchor, time) / count;
          default -> ChronoUnit.YEARS.between(anchor, time) / count;
        };
    long next = (whole + 1) * count;
    return switch (unit) {
      case "ms" -> anchor.plus(next, ChronoUnit.MILLIS);
      case "s" -> anchor.plusSeconds(next);
      case "m" -> anchor.plusMinutes(next);
      case "h" -> anchor.plusHours(next);
      case "d" -> anchor.plusDays(next);
      case "w" -> anchor.plusWeeks(next);
      case "M" -> anchor.plusMonths(next);
      default -> anchor.plusYears(next);
    };
  }

  private static LocalDateTime anchor(String unit) {
    LocalDate day = LocalDate.of(2023, 12, 30); // a Saturday
    return switch (unit) {
      case "ms" -> LocalDateTime.ofEpochSecond(FROM, 0, ZoneOffset.UTC);
      case "w" -> LocalDate.of(2023, 12, 25).atStartOfDay();
      case "M" -> LocalDate.of(2023, 12, 1).atStartOfDay();
      case "y" -> LocalDate.of(2023, 1, 1).atStartOfDay();
      default -> day.atStartOfDay();
    };
  }

  private static double naive(Aggregate aggregate, List<Double> values) {
    double sum = values.stream().mapToDouble(v -> v).sum();
    double mean = sum / values.size();
    return switch (aggregate) {
      case AVG -> mean;
      case SUM -> sum;
      case COUNT -> values.size();
      case MAX -> values.stream().max(Double::compare).orElseThrow();
      case MIN -> values.stream().min(Double::compare).orElseThrow();
      case FIRST -> values.get(0);
      case LAST -> values.get(values.size() - 1);
      case DEV ->
          values.size() == 1
              ? 0
              : Math.sqrt(
                  values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum()
                      / (values.size() - 1));
    };
  }

  private static Samples samples(List<Map.Entry<Long, Double>> readings) {
    return new Samples(
        readings.stream().mapToLong(Map.Entry::getKey).toArray(),
        readings.stream().mapToDouble(Map.Entry::getValue).toArray(),
        readings.size());
  }
}
