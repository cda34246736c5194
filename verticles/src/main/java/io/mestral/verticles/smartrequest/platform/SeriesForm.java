package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.platform.Calibration;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.TimeText;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.NudeLists;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes readings as the list of a TimeSeries (Smart API, sections 2.11 and 4.2): evenly spaced
 * values with {@code smartapi:timeStep} and their start where the readings are so, else pairs of
 * instant and value. Values that are no numbers after the sensor's equation are left out.
 */
final class SeriesForm {
  /** Of more gaps than values pairs are the shorter form. */
  private static final long MOST_PLACES_PER_VALUE = 2;

  private SeriesForm() {}

  /**
   * Adds list, step and time to a TimeSeries; nothing when there are no readings.
   *
   * @param series the TimeSeries
   * @param samples the stored values
   * @param equation from the stored values to those shown
   */
  static void write(Graph.Builder graph, Resource series, Samples samples, Calibration equation) {
    if (samples.size() == 0) return;
    long step = step(samples);
    if (step > 0) writeEven(graph, series, samples, equation, step);
    else writePairs(graph, series, samples, equation);
  }

  /** Seconds between neighbours when some may be missing, but not most; else 0. */
  static long step(Samples samples) {
    if (samples.size() < 2) return 0;
    long step = 0;
    for (int at = 1; at < samples.size() && step != 1; at++)
      step = divisor(samples.time(at) - samples.time(at - 1), step);
    return places(samples, step) <= MOST_PLACES_PER_VALUE * samples.size() ? step : 0;
  }

  private static long divisor(long one, long other) {
    while (other != 0) {
      long rest = one % other;
      one = other;
      other = rest;
    }
    return one;
  }

  private static long places(Samples samples, long step) {
    return (samples.time(samples.size() - 1) - samples.time(0)) / step + 1;
  }

  private static void writeEven(
      Graph.Builder graph, Resource series, Samples samples, Calibration equation, long step) {
    long start = samples.time(0);
    double[] values = new double[(int) places(samples, step)];
    Arrays.fill(values, Double.NaN);
    for (int at = 0; at < samples.size(); at++)
      values[(int) ((samples.time(at) - start) / step)] = shown(samples.value(at), equation);
    Blank span = new Blank();
    graph.add(series, SmartApi.TIME_STEP, Literal.of(Duration.ofSeconds(step)));
    graph.add(series, SmartApi.TEMPORAL_CONTEXT, span);
    graph.add(span, Rdf.TYPE, Types.TEMPORAL_CONTEXT);
    graph.add(span, SmartApi.START, moment(start));
    graph.add(span, SmartApi.END, moment(start + step * values.length));
    graph.add(series, SmartApi.LIST, new ListWriter().write(graph, NudeLists.withGaps(values)));
  }

  private static Literal moment(long epochSecond) {
    return Literal.of(Instant.ofEpochSecond(epochSecond));
  }

  private static void writePairs(
      Graph.Builder graph, Resource series, Samples samples, Calibration equation) {
    List<String> instants = new ArrayList<>(samples.size());
    double[] values = new double[samples.size()];
    for (int at = 0; at < samples.size(); at++) {
      double value = shown(samples.value(at), equation);
      if (Double.isNaN(value)) continue;
      values[instants.size()] = value;
      instants.add(TimeText.of(samples.time(at)));
    }
    if (instants.isEmpty()) return;
    NudeList pairs =
        NudeLists.tuples(
            List.of("instant", "value"),
            List.of(
                NudeLists.ofValues(instants),
                NudeLists.of(Arrays.copyOf(values, instants.size()))));
    graph.add(series, SmartApi.LIST, new ListWriter().write(graph, pairs));
  }

  /** Not a number where the equation gives none, or more than there are numbers for. */
  private static double shown(double stored, Calibration equation) {
    double value = equation.apply(stored);
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
