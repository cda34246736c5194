package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.NudeList;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The values of a TimeSeries with their instants, whichever way it has them: evenly spaced from its
 * start, in tuples, or in ValueObjects of their own (Smart API, sections 3.2 rule M16, and 4.4).
 */
final class Series {

  /**
   * A value of the series.
   *
   * @param instant when it was; nothing when that isn't known
   * @param value the value, a literal
   */
  record Item(Optional<Instant> instant, Term value) {}

  private final List<Item> items;

  private Series(List<Item> items) {
    this.items = items;
  }

  /**
   * Reads a series.
   *
   * @throws SmartApiException of type InvalidParams or ParseError if its list can't be read
   */
  static Series of(TimeSeries series) {
    Optional<RdfList> list = series.items().flatMap(node -> RdfList.read(series.graph(), node));
    if (list.isEmpty()) {
      return new Series(List.of());
    }
    if (list.get() instanceof NudeList tuples && tuples.hasTuples()) {
      return new Series(ofTuples(tuples, series));
    }
    return new Series(ofSingles(list.get(), series));
  }

  /** The items, those without value left out. */
  List<Item> items() {
    return items;
  }

  /** The item of the latest instant; of items without instants the last one. */
  Optional<Item> latest() {
    Item latest = null;
    for (Item item : items) {
      if (latest == null || !isLater(latest, item)) {
        latest = item;
      }
    }
    return Optional.ofNullable(latest);
  }

  private static boolean isLater(Item one, Item other) {
    return one.instant().isPresent()
        && (other.instant().isEmpty() || one.instant().get().isAfter(other.instant().get()));
  }

  private static List<Item> ofTuples(NudeList tuples, TimeSeries series) {
    boolean named = !tuples.columnNames().isEmpty();
    if (!named && tuples.columns().size() != 2) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A TimeSeries has tuples of %d columns without names; sx:tupleShape is to name instant and value."
              .formatted(tuples.columns().size()),
          series.node());
    }
    var instants = (named ? tuples.column("instant") : tuples.columns().get(0)).variants();
    var values = (named ? tuples.column("value") : tuples.columns().get(1)).terms();
    List<Item> items = new ArrayList<>(values.size());
    for (int at = 0; at < values.size(); at++) {
      Optional<Instant> instant = instants.get(at).map(Series::instant);
      values.get(at).ifPresent(value -> items.add(new Item(instant, value)));
    }
    return items;
  }

  private static List<Item> ofSingles(RdfList list, TimeSeries series) {
    Optional<Instant> start = series.temporalContext().flatMap(context -> context.start());
    Optional<Duration> step = series.timeStep();
    boolean even = start.isPresent() && step.isPresent();
    List<Optional<Term>> terms = list.terms();
    List<Item> items = new ArrayList<>(terms.size());
    for (int at = 0; at < terms.size(); at++) {
      Optional<Instant> instant =
          even ? Optional.of(start.get().plus(step.get().multipliedBy(at))) : Optional.empty();
      terms.get(at).flatMap(term -> item(series.graph(), term, instant)).ifPresent(items::add);
    }
    return items;
  }

  private static Optional<Item> item(Graph graph, Term term, Optional<Instant> even) {
    if (!(term instanceof Resource node)) {
      return Optional.of(new Item(even, term));
    }
    ValueObject own = ValueObject.at(graph, node);
    return own.value().map(value -> new Item(own.instant().or(() -> even), value.term()));
  }

  /** Instants in tuples are strings, {@code xsd:dateTime} by their shape. */
  private static Instant instant(Variant text) {
    return Variant.of(Literal.of(text.asString(), Xsd.DATE_TIME)).asInstant();
  }
}
