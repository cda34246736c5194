package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.platform.Calibration;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.TimeRange;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Functional;
import io.mestral.routing.request.call.Arguments;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.unit.Conversion;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.reading.SeriesRollup;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code sx:rollup}: the values of a device's property, rolled up as {@code GET
 * /v0/devices/{id}/readings} does it. Inputs {@code entity}, the device's IRI; {@code property},
 * the IRI of a value of it, or its name; {@code function}, {@code avg} when it isn't said; {@code
 * bucket}, an ISO 8601 duration; {@code start} and {@code end}, both included, six weeks ago and
 * now when they aren't said; {@code unit}. Output {@code series}, a TimeSeries with a value for
 * each bucket that has readings, at the first of them.
 */
public final class DeviceRollup implements Functional {
  private static final Iri NAME = new Iri(Namespaces.SX + "rollup");
  private static final String[] INPUTS = {
    "entity", "property", "function", "bucket", "start", "end", "unit"
  };

  private final PlatformDevices devices;
  private final SeriesRollup rollup;
  private final Units units;
  private final Clock clock;

  /** Of these devices. */
  public DeviceRollup(PlatformDevices devices, SeriesRollup rollup, Units units, Clock clock) {
    this.devices = devices;
    this.rollup = rollup;
    this.units = units;
    this.clock = clock;
  }

  @Override
  public Iri iri() {
    return NAME;
  }

  @Override
  public Future<List<Output>> call(Activity activity, Asker asker) {
    Arguments arguments = Arguments.of(activity).only(INPUTS);
    Entity device = device(arguments.one("entity").asIri(), asker);
    ValueObject property = property(device, arguments.one("property"));
    String function = function(arguments);
    Shown shown = shown(property, function, arguments.find("unit").map(Variant::asIri));
    PlatformDevices.Stored stored =
        devices
            .stored(device.iri().orElseThrow(), property.iri().orElseThrow())
            .orElseThrow(() -> unknown(device.iri().orElseThrow()));
    Calibration equation = function.equals("count") ? Calibration.IDENTITY : stored.equation();
    SeriesRollup.Manner manner =
        new SeriesRollup.Manner(
            BucketLength.interval(arguments.one("bucket")), function, range(arguments));
    return rollup
        .of(stored.series(), manner)
        .recover(cause -> Future.failedFuture(tooMany(cause)))
        .map(points -> List.of(output(points, equation, shown)));
  }

  private Entity device(Iri name, Asker asker) {
    Entity device = devices.find(name).orElseThrow(() -> unknown(name));
    if (devices.allows(asker, device, Individuals.READ)) return device;
    throw new SmartApiException(
        ErrorType.NOT_AUTHORIZED_ERROR,
        name + " is private; its values are for its owner and administrators.",
        name);
  }

  private static SmartApiException unknown(Iri name) {
    return new SmartApiException(
        ErrorType.NOT_FOUND_ERROR, "No device of this node's platform is " + name + ".");
  }

  private static ValueObject property(Entity device, Variant name) {
    List<ValueObject> all = device.valueObjects();
    String wanted = name.asString();
    List<ValueObject> found =
        all.stream().filter(one -> one.iri().orElseThrow().value().equals(wanted)).toList();
    if (found.isEmpty())
      found =
          device.named().values(wanted).stream()
              .map(one -> ValueObject.at(device.graph(), one.asNode()))
              .toList();
    if (found.size() == 1) return found.get(0);
    throw new SmartApiException(
        found.isEmpty() ? ErrorType.NOT_FOUND_ERROR : ErrorType.INVALID_PARAMS,
        "%d values of %s are called %s; one is wanted of %s or of the names %s."
            .formatted(
                found.size(),
                device.node(),
                wanted,
                (found.isEmpty() ? all : found).stream().map(ValueObject::node).toList(),
                device.named().names()));
  }

  private static String function(Arguments arguments) {
    String function = arguments.find("function").map(Variant::asString).orElse("avg");
    if (SeriesRollup.functions().contains(function)) return function;
    throw new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The Input \"function\" is %s; allowed are %s."
            .formatted(function, SeriesRollup.functions()));
  }

  private TimeRange range(Arguments arguments) {
    Instant now = clock.instant();
    Instant start =
        arguments
            .find("start")
            .map(Variant::asInstant)
            .orElseGet(() -> now.minus(6 * 7, ChronoUnit.DAYS));
    Instant end = arguments.find("end").map(Variant::asInstant).orElse(now);
    if (start.isAfter(end))
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "The Input \"start\" is %s, which is after \"end\", %s.".formatted(start, end));
    return new TimeRange(start.getEpochSecond(), end.getEpochSecond());
  }

  /** In which unit values are given, and how they get there from the property's own. */
  private record Shown(
      Optional<Iri> unit, Optional<Iri> quantityKind, DoubleUnaryOperator converted) {}

  /** Of a sum or a deviation the zero of a scale can't be moved. */
  private Shown shown(ValueObject property, String function, Optional<Iri> wanted) {
    if (function.equals("count")) {
      if (wanted.isPresent())
        throw new SmartApiException(
            ErrorType.UNIT_ERROR, "A count has no unit; leave out the Input \"unit\".");
      return new Shown(Optional.empty(), Optional.empty(), value -> value);
    }
    if (wanted.isEmpty())
      return new Shown(property.unit(), property.quantityKind(), value -> value);
    Conversion conversion =
        units.conversion(
            new Measure(property.unit(), property.quantityKind()), Measure.in(wanted.get()));
    double zero = conversion.convert(0.0);
    boolean isDeviation = function.equals("dev");
    if (zero != 0 && function.equals("sum"))
      throw new SmartApiException(
          ErrorType.UNIT_ERROR,
          "A sum %s means something else, as the zeros of the two scales differ; leave out the"
                  .formatted(conversion)
              + " Input \"unit\".");
    return new Shown(
        wanted,
        property.quantityKind(),
        value -> conversion.convert(value) - (isDeviation ? zero : 0));
  }

  private static Throwable tooMany(Throwable cause) {
    return cause instanceof Problem
        ? new SmartApiException(
            ErrorType.TOO_LARGE_ERROR,
            "These are more points than a node has room for; ask for longer buckets.")
        : cause;
  }

  private static Output output(Samples points, Calibration equation, Shown shown) {
    long[] times = new long[points.size()];
    double[] values = new double[points.size()];
    for (int at = 0; at < times.length; at++) {
      times[at] = points.time(at);
      double value = equation.apply(points.value(at));
      values[at] = Double.isFinite(value) ? shown.converted().applyAsDouble(value) : Double.NaN;
    }
    Graph.Builder graph = Graph.builder();
    Blank series = new Blank();
    graph.add(series, Rdf.TYPE, Types.TIME_SERIES);
    shown.unit().ifPresent(unit -> graph.add(series, Qudt.UNIT, unit));
    shown.quantityKind().ifPresent(kind -> graph.add(series, Qudt.QUANTITY_KIND, kind));
    SeriesForm.write(graph, series, new Samples(times, values, times.length), Calibration.IDENTITY);
    return new Output.Builder()
        .named("series", Variant.of(series))
        .describe(TimeSeries.at(graph.build(), series))
        .build();
  }
}
