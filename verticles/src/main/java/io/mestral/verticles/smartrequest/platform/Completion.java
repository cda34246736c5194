package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Puts values into outlines of devices, one part of them after the other; what isn't done quickly
 * is done off the event loop. For one answer.
 */
final class Completion {
  /** More values would be more than a node has room for, whoever asks. */
  static final int MOST_VALUES = 1_000_000;

  private static final int DEVICES_AT_ONCE = 1_000;
  private static final int QUICK = 500;

  private final Vertx vertx;
  private final ReadingStore readings;
  private final Function<SensorId, Calibration> equations;
  private final List<Entity> done = new ArrayList<>();
  private int left = MOST_VALUES;

  /**
   * An outline.
   *
   * @param wanted the sensors whose values are wanted, by the names of these
   */
  record Open(Entity outline, DeviceId device, Map<Iri, SensorId> wanted) {}

  Completion(Vertx vertx, ReadingStore readings, Function<SensorId, Calibration> equations) {
    this.vertx = vertx;
    this.readings = readings;
    this.equations = equations;
  }

  /** Succeeds with the Entities with their newest values. */
  Future<List<Entity>> latest(List<Open> open) {
    List<List<Open>> parts = new ArrayList<>();
    for (int from = 0; from < open.size(); from += DEVICES_AT_ONCE)
      parts.add(open.subList(from, Math.min(from + DEVICES_AT_ONCE, open.size())));
    return Steps.forEach(parts, this::latestOf).map(done);
  }

  private Future<Void> latestOf(List<Open> part) {
    List<DeviceId> devices =
        part.stream().filter(one -> !one.wanted().isEmpty()).map(Open::device).toList();
    int size = part.stream().mapToInt(one -> one.wanted().size()).sum();
    return (devices.isEmpty()
            ? Future.succeededFuture(Map.<DeviceId, Map<SensorId, Latest>>of())
            : readings.latest(devices))
        .compose(
            found ->
                work(
                    size,
                    () -> {
                      for (Open one : part)
                        done.add(withLatest(one, found.getOrDefault(one.device(), Map.of())));
                      return null;
                    }));
  }

  private Entity withLatest(Open open, Map<SensorId, Latest> found) {
    if (open.wanted().isEmpty() || found.isEmpty()) return open.outline();
    Graph.Builder graph = Graph.builder().addAll(open.outline().graph());
    open.wanted()
        .forEach(
            (name, sensor) -> {
              Latest latest = found.get(sensor);
              if (latest == null) return;
              take(1);
              double value = equations.apply(sensor).apply(latest.value());
              if (!Double.isFinite(value)) return;
              graph.add(name, Rdf.VALUE, Literal.of(value));
              graph.add(
                  name, SmartApi.INSTANT, Literal.of(Instant.ofEpochSecond(latest.epochSecond())));
            });
    return Entity.at(graph.build(), open.outline().node());
  }

  /** Succeeds with the Entities with all values of a time, as TimeSeries. */
  Future<List<Entity>> series(List<Open> open, TimeRange range) {
    return Steps.forEach(open, one -> seriesOf(one, range)).map(done);
  }

  private Future<Void> seriesOf(Open open, TimeRange range) {
    Map<Iri, Samples> found = new LinkedHashMap<>();
    return Steps.forEach(
            open.wanted().entrySet(),
            wanted ->
                readings
                    .read(new Series(open.device(), wanted.getValue()), range, left + 1)
                    .map(
                        samples -> {
                          take(samples.size());
                          return found.put(wanted.getKey(), samples);
                        }))
        .compose(
            all ->
                work(
                    found.values().stream().mapToInt(Samples::size).sum(),
                    () -> done.add(withSeries(open, found))))
        .mapEmpty();
  }

  private Entity withSeries(Open open, Map<Iri, Samples> found) {
    if (found.isEmpty()) return open.outline();
    Graph.Builder graph = Graph.builder();
    for (Triple triple : (Iterable<Triple>) open.outline().graph().triples()::iterator)
      if (!found.containsKey(triple.subject()) || !isOfAValue(triple)) graph.add(triple);
    found.forEach(
        (name, samples) -> {
          graph.add(name, Rdf.TYPE, Types.TIME_SERIES);
          SeriesForm.write(graph, name, samples, equations.apply(open.wanted().get(name)));
        });
    return Entity.at(graph.build(), open.outline().node());
  }

  /** What a single value has, and a series of them hasn't. */
  private static boolean isOfAValue(Triple triple) {
    return triple.predicate().equals(Rdf.TYPE) || triple.predicate().equals(SmartApi.DATA_TYPE);
  }

  /** Counts values, and ends what asks for too many. */
  private void take(int values) {
    left -= values;
    if (left < 0)
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          String.format(
              Locale.ROOT,
              "More than %,d values of devices are asked for. Ask for fewer devices or properties,"
                  + " or for a shorter time.",
              MOST_VALUES));
  }

  private <T> Future<T> work(int size, Callable<T> work) {
    if (size > QUICK) return vertx.executeBlocking(work, false);
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception failure) {
      return Future.failedFuture(failure);
    }
  }
}
