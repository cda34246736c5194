package io.mestral.verticles.smartrequest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Calibration;
import io.mestral.model.reading.Samples;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The form of a series against what templates make of it, and a second look at its times. */
class SeriesFormPropertyTest {
  private static final long FROM = Instant.parse("2026-02-01T00:00:00Z").getEpochSecond();
  private static final Iri DEVICE = new Iri("https://example.org/id/devices/1");
  private static final Iri VALUE = new Iri("https://example.org/id/devices/1#55");

  /** Divides by zero where the stored value is one half. */
  private static final Calibration EQUATION = Calibration.parse("1/(x-0.5)");

  @Property(tries = 300)
  void theItemsInASpanAreTheReadingsInIt(
      @ForAll("times") List<Long> times,
      @ForAll @IntRange(min = -10, max = 700) int from,
      @ForAll @IntRange(max = 700) int length) {
    Samples samples = samples(times);
    Instant start = Instant.ofEpochSecond(FROM + from);
    Instant end = start.plusSeconds(length);
    SortedMap<Instant, Double> expected = new TreeMap<>();
    for (int at = 0; at < samples.size(); at++) {
      double value = 1 / (samples.value(at) - 0.5);
      Instant instant = Instant.ofEpochSecond(samples.time(at));
      boolean inside = !instant.isBefore(start) && instant.isBefore(end);
      inside |= start.equals(end) && instant.equals(start);
      if (inside && Double.isFinite(value)) expected.put(instant, value);
    }
    Outcome outcome =
        new Asking(Stream.of(entity(samples, EQUATION)), (one, method) -> true)
            .read(
                "[ a smartapi:Device ; smartapi:valueObject [ a smartapi:ValueObject ] ]",
                Asking.span(start, end));
    assertThat(outcome.failures()).isEmpty();
    if (expected.isEmpty()) assertThat(outcome.entities()).isEmpty();
    else assertThat(Asking.pairs(series(outcome.entities().get(0)))).isEqualTo(expected);
  }

  @Property(tries = 300)
  void aSeriesHasAStepWhenAtLeastHalfOfItsPlacesAreTaken(@ForAll("times") List<Long> times) {
    TimeSeries series = series(entity(samples(times), Calibration.IDENTITY));
    Optional<Duration> expected = step(times).map(Duration::ofSeconds);
    assertThat(series.timeStep()).isEqualTo(expected);
    assertThat(series.temporalContext().flatMap(context -> context.start()))
        .isEqualTo(expected.map(step -> Instant.ofEpochSecond(times.get(0))));
    assertThat(series.temporalContext().flatMap(context -> context.end()))
        .isEqualTo(
            expected.map(step -> Instant.ofEpochSecond(times.get(times.size() - 1)).plus(step)));
  }

  @Test
  void aSeriesOfWhichNoValueIsANumberHasNoItems() {
    Samples halves = new Samples(new long[] {1, 2, 4, 50}, new double[] {.5, .5, .5, .5}, 4);
    assertThat(series(entity(halves, EQUATION)).items()).isEmpty();
    assertThat(series(entity(Samples.EMPTY, EQUATION)).items()).isEmpty();
  }

  /** The largest step by which all can be come to, tried out one by one. */
  private static Optional<Long> step(List<Long> times) {
    if (times.size() < 2) return Optional.empty();
    long first = times.get(0);
    long span = times.get(times.size() - 1) - first;
    long step =
        LongStream.rangeClosed(1, span)
            .filter(one -> times.stream().allMatch(time -> (time - first) % one == 0))
            .max()
            .orElseThrow();
    return span / step + 1 <= 2L * times.size() ? Optional.of(step) : Optional.empty();
  }

  @Provide
  Arbitrary<List<Long>> times() {
    Arbitrary<List<Long>> any =
        Arbitraries.longs()
            .between(0, 600)
            .set()
            .ofMinSize(1)
            .ofMaxSize(40)
            .map(SeriesFormPropertyTest::ascending);
    Arbitrary<List<Long>> even =
        Combinators.combine(
                Arbitraries.longs().between(1, 60),
                Arbitraries.longs().between(0, 30).set().ofMinSize(1).ofMaxSize(30))
            .as((step, places) -> ascending(places).stream().map(place -> place * step).toList());
    return Arbitraries.oneOf(any, even)
        .map(times -> times.stream().map(time -> FROM + time).toList());
  }

  private static List<Long> ascending(Iterable<Long> times) {
    List<Long> sorted = new ArrayList<>();
    times.forEach(sorted::add);
    sorted.sort(Long::compare);
    return sorted;
  }

  /** Every fourth value is one half. */
  private static Samples samples(List<Long> times) {
    double[] values = new double[times.size()];
    for (int at = 0; at < values.length; at++) values[at] = at % 4 == 3 ? 0.5 : at * 1.25 - 7;
    return new Samples(times.stream().mapToLong(Long::longValue).toArray(), values, values.length);
  }

  private static Entity entity(Samples samples, Calibration equation) {
    Graph.Builder graph = Graph.builder();
    graph.add(DEVICE, Rdf.TYPE, Types.DEVICE);
    graph.add(DEVICE, SmartApi.VALUE_OBJECT, VALUE);
    graph.add(VALUE, Rdf.TYPE, Types.TIME_SERIES);
    SeriesForm.write(graph, VALUE, samples, equation);
    return Entity.at(graph.build(), DEVICE);
  }

  private static TimeSeries series(Entity entity) {
    return entity.objects(SmartApi.VALUE_OBJECT, TimeSeries::at).get(0);
  }
}
