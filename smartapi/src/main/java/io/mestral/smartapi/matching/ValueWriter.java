package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.NudeLists;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.unit.Measure;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes values as they were asked for: in the asker's unit, quantity kind and datatype (Smart API,
 * sections 3.2 rule M9, and 6).
 */
final class ValueWriter {
  private static final Set<Iri> CONVERTED =
      Set.of(Rdf.VALUE, SmartApi.MINIMUM, SmartApi.MAXIMUM, Qudt.UNIT, Qudt.QUANTITY_KIND);

  /** A part of a series brings its instants, and has a span of its own. */
  private static final Set<Iri> OF_THE_WHOLE_SERIES =
      Set.of(
          SmartApi.LIST,
          SmartApi.TEMPORAL_CONTEXT,
          SmartApi.TIME_STEP,
          Qudt.UNIT,
          Qudt.QUANTITY_KIND);

  private static final Set<Iri> OF_THE_SERIES_ITSELF =
      Stream.concat(OF_THE_WHOLE_SERIES.stream(), Stream.of(Rdf.TYPE))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<Iri> BOUNDS = Set.of(SmartApi.START, SmartApi.END, SmartApi.DURATION);

  private final Units units;

  ValueWriter(Units units) {
    this.units = units;
  }

  /**
   * Writes a ValueObject.
   *
   * @return its node: the one it has if it has a name or nothing of it changes, else a new one
   * @throws SmartApiException of type UnitError if it can't be converted as asked
   */
  Resource value(ValueObject value, ValueObject as, Graph.Builder graph) {
    boolean same =
        isAsAsked(value.unit(), as.unit()) && isAsAsked(value.quantityKind(), as.quantityKind());
    same &=
        isAsAsked(value.value().map(Variant::term).flatMap(ValueWriter::datatype), as.dataType());
    Resource node = same || value.iri().isPresent() ? value.node() : new Blank();
    copy(value, CONVERTED, node, graph);
    Measure from = measure(value.unit(), value.quantityKind());
    Measure to = wanted(as);
    value.value().ifPresent(v -> graph.add(node, Rdf.VALUE, converted(v.term(), from, to, as)));
    value
        .minimum()
        .ifPresent(v -> graph.add(node, SmartApi.MINIMUM, converted(v.term(), from, to, as)));
    value
        .maximum()
        .ifPresent(v -> graph.add(node, SmartApi.MAXIMUM, converted(v.term(), from, to, as)));
    addMeasure(node, as, value.unit(), value.quantityKind(), graph);
    return node;
  }

  /** Writes the latest value of a series as a ValueObject; without value if the series is empty. */
  Resource latest(TimeSeries series, ValueObject as, Graph.Builder graph) {
    Resource node = new Blank();
    graph.add(node, Rdf.TYPE, Types.VALUE_OBJECT);
    copy(series, OF_THE_SERIES_ITSELF, node, graph);
    Measure from = measure(series.unit(), series.quantityKind());
    Series.of(series)
        .latest()
        .ifPresent(
            item -> {
              graph.add(node, Rdf.VALUE, converted(item.value(), from, wanted(as), as));
              item.instant()
                  .ifPresent(moment -> graph.add(node, SmartApi.INSTANT, Literal.of(moment)));
            });
    addMeasure(node, as, series.unit(), series.quantityKind(), graph);
    return node;
  }

  /**
   * Writes the items of a series whose instants pass, as pairs of instant and value, and the
   * series' TemporalContext as far as it lies in the span that was asked for.
   */
  Resource series(
      TimeSeries series,
      ValueObject as,
      Graph.Builder graph,
      Span span,
      Predicate<Instant> passes) {
    Resource node = new Blank();
    copy(series, OF_THE_WHOLE_SERIES, node, graph);
    series
        .temporalContext()
        .ifPresent(whole -> graph.add(node, SmartApi.TEMPORAL_CONTEXT, cut(whole, span, graph)));
    Measure from = measure(series.unit(), series.quantityKind());
    Measure to = wanted(as);
    List<Optional<Term>> instants = new ArrayList<>();
    List<Optional<Term>> values = new ArrayList<>();
    for (Series.Item item : Series.of(series).items()) {
      if (item.instant().filter(passes).isPresent()) {
        instants.add(Optional.of(Literal.of(Literal.of(item.instant().get()).lexical())));
        values.add(Optional.of(converted(item.value(), from, to, as)));
      }
    }
    Resource list =
        new ListWriter()
            .write(
                graph,
                NudeLists.tuples(
                    List.of("instant", "value"),
                    List.of(NudeLists.ofItems(instants), NudeLists.ofItems(values))));
    graph.add(node, SmartApi.LIST, list);
    addMeasure(node, as, series.unit(), series.quantityKind(), graph);
    return node;
  }

  /**
   * A context cut to a span. One that says only when it recurs, or how long it is, stays as it is:
   * nothing of it is known to lie outside.
   */
  private static Resource cut(TemporalContext whole, Span span, Graph.Builder graph) {
    Resource node = new Blank();
    if (whole.start().isEmpty() && whole.end().isEmpty()) {
      copy(whole, Set.of(), node, graph);
      return node;
    }
    copy(whole, BOUNDS, node, graph);
    Optional<Instant> first =
        whole.start().or(() -> whole.end().flatMap(end -> whole.duration().map(end::minus)));
    Optional<Instant> last =
        whole.end().or(() -> whole.start().flatMap(start -> whole.duration().map(start::plus)));
    Optional<Instant> start =
        Stream.of(first, span.start()).flatMap(Optional::stream).max(Instant::compareTo);
    Optional<Instant> end =
        Stream.of(last, span.end()).flatMap(Optional::stream).min(Instant::compareTo);
    if (start.isEmpty() || end.isEmpty() || !start.get().isAfter(end.get())) {
      start.ifPresent(moment -> graph.add(node, SmartApi.START, Literal.of(moment)));
      end.ifPresent(moment -> graph.add(node, SmartApi.END, Literal.of(moment)));
    }
    return node;
  }

  /** Copies what is said of an object, such as its provenance, but for some properties. */
  private static void copy(Obj from, Set<Iri> leftOut, Resource to, Graph.Builder graph) {
    Deque<Resource> open = new ArrayDeque<>();
    Set<Resource> seen = new HashSet<>(List.of(from.node()));
    for (Triple triple : (Iterable<Triple>) from.graph().triplesOf(from.node())::iterator) {
      if (!leftOut.contains(triple.predicate())) {
        graph.add(to, triple.predicate(), triple.object());
        if (triple.object() instanceof Blank behind) {
          open.add(behind);
        }
      }
    }
    while (!open.isEmpty()) {
      Resource next = open.pop();
      if (seen.add(next)) {
        for (Triple triple : (Iterable<Triple>) from.graph().triplesOf(next)::iterator) {
          graph.add(triple);
          if (triple.object() instanceof Blank behind) {
            open.add(behind);
          }
        }
      }
    }
  }

  /**
   * A value in the wanted measure and datatype.
   *
   * @throws SmartApiException of type UnitError if there is no way
   */
  private Term converted(Term value, Measure from, Measure to, ValueObject as) {
    Optional<Iri> datatype = as.dataType();
    if (!(value instanceof Literal literal) || !NumericType.isNumeric(literal.datatype())) {
      if (!units.conversion(from, to).isIdentity()) {
        throw new SmartApiException(
            ErrorType.UNIT_ERROR,
            value + " is no number and can't be given in another unit; ask for it without a unit.");
      }
      return value;
    }
    boolean same = units.conversion(from, to).isIdentity();
    if (same && datatype.filter(one -> !one.equals(literal.datatype())).isEmpty()) {
      return value;
    }
    Iri wanted = datatype.orElse(literal.datatype().equals(Xsd.DECIMAL) ? Xsd.DECIMAL : Xsd.DOUBLE);
    return units.convert(Variant.of(value).asBigDecimal(), from, to, wanted);
  }

  private static boolean isAsAsked(Optional<Iri> there, Optional<Iri> asked) {
    return asked.isEmpty() || asked.equals(there);
  }

  private static Optional<Iri> datatype(Term term) {
    return term instanceof Literal literal ? Optional.of(literal.datatype()) : Optional.empty();
  }

  private Measure wanted(ValueObject as) {
    return units.modern(measure(as.unit(), as.quantityKind()));
  }

  private static Measure measure(Optional<Iri> unit, Optional<Iri> kind) {
    return new Measure(unit, kind);
  }

  /** The asker's unit and kind where there are any, else the value's own. */
  private void addMeasure(
      Resource node, ValueObject as, Optional<Iri> unit, Optional<Iri> kind, Graph.Builder graph) {
    boolean kindIsUnit = as.quantityKind().filter(one -> units.unit(one).isPresent()).isPresent();
    Optional<Iri> askedUnit = as.unit().or(() -> kindIsUnit ? as.quantityKind() : Optional.empty());
    Optional<Iri> askedKind = kindIsUnit ? Optional.empty() : as.quantityKind();
    askedUnit.or(() -> unit).ifPresent(one -> graph.add(node, Qudt.UNIT, one));
    askedKind.or(() -> kind).ifPresent(one -> graph.add(node, Qudt.QUANTITY_KIND, one));
  }
}
