package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is answered of one match (Smart API, section 3.2, rules M16 to M20 and M24): the whole
 * Entity, or what was asked for in the units that were asked for; the latest values, or those in a
 * span.
 */
final class Answer {
  private static final ValueObject AS_IT_IS = ValueObject.at(Graph.empty(), new Blank());

  private final Entity match;
  private final Optional<Span> span;
  private final ZoneId zone;
  private final Selectors selectors;
  private final ValueWriter values;
  private final Ontology ontology;
  private final Graph.Builder graph = Graph.builder();
  private final Set<Resource> copied = new HashSet<>();
  private final Map<Resource, Resource> parts = new HashMap<>(); // of series, in the span

  Answer(Entity match, Optional<Span> span, ZoneId zone, Matching matching) {
    this.match = match;
    this.span = span;
    this.zone = zone;
    this.selectors = matching.selectors();
    this.values = matching.values();
    this.ontology = matching.ontology();
  }

  /**
   * The answer.
   *
   * @return the Entity as it is answered; nothing when the span leaves in nothing of what was asked
   *     for (rule M17)
   * @throws SmartApiException of type UnitError if a value can't be converted as asked
   */
  Optional<Entity> to(Template template) {
    if (template.wanted().isEmpty()) {
      copyAll(match.node());
      return Optional.of(Entity.at(graph.build(), match.node()));
    }
    match.types().forEach(type -> graph.add(match.node(), Rdf.TYPE, type));
    boolean had = false;
    boolean answered = false;
    Set<PropertyKey> wanted = new HashSet<>();
    for (Wanted one : template.wanted()) {
      wanted.add(one.property());
      List<Term> there = there(one);
      had |= !there.isEmpty();
      answered |= answer(one, there);
    }
    for (PropertyKey property : template.selected()) {
      if (!wanted.contains(property) && !property.iri().equals(Rdf.TYPE)) {
        copyProperty(property);
      }
    }
    return had && !answered && span.isPresent()
        ? Optional.empty()
        : Optional.of(Entity.at(graph.build(), match.node()));
  }

  private List<Term> there(Wanted wanted) {
    return wanted.property().values(match.graph(), match.node()).stream()
        .filter(term -> selectors.isOfKind(match.graph(), term, wanted.property(), wanted.as()))
        .toList();
  }

  private boolean answer(Wanted wanted, List<Term> there) {
    List<Term> chosen = span.isPresent() ? inSpan(there) : latest(wanted.property(), there);
    for (Term term : chosen) {
      wanted.property().add(graph, match.node(), written(term, wanted.as()));
    }
    return !chosen.isEmpty();
  }

  private Term written(Term term, ValueObject as) {
    if (term instanceof Literal) {
      return term;
    }
    Resource node = (Resource) term;
    if (isSeries(node)) {
      return span.isPresent()
          ? values.series(TimeSeries.at(match.graph(), node), as, graph, span.get(), this::isIn)
          : values.latest(TimeSeries.at(match.graph(), node), as, graph);
    }
    return values.value(ValueObject.at(match.graph(), node), as, graph);
  }

  private List<Term> inSpan(List<Term> terms) {
    return terms.stream()
        .filter(term -> term instanceof Resource node && (hasItemsInSpan(node) || isIn(node)))
        .toList();
  }

  private boolean hasItemsInSpan(Resource node) {
    return isSeries(node)
        && Series.of(TimeSeries.at(match.graph(), node)).items().stream()
            .anyMatch(item -> item.instant().filter(this::isIn).isPresent());
  }

  private boolean isIn(Resource node) {
    return !isSeries(node)
        && ValueObject.at(match.graph(), node).instant().filter(this::isIn).isPresent();
  }

  private boolean isIn(Instant instant) {
    return span.isEmpty() || span.get().contains(instant, zone);
  }

  /** Of each thing that the property tells the latest. */
  private List<Term> latest(PropertyKey property, List<Term> terms) {
    if (!property.equals(PropertyKey.of(SmartApi.VALUE_OBJECT))) {
      return latest(terms);
    }
    Map<Object, List<Term>> apart = new LinkedHashMap<>();
    for (Term term : terms) {
      apart
          .computeIfAbsent(selectors.identity(match.graph(), term), first -> new ArrayList<>())
          .add(term);
    }
    return apart.values().stream().flatMap(same -> latest(same).stream()).toList();
  }

  /** The one of the latest instant; all of them when none has an instant. */
  private List<Term> latest(List<Term> terms) {
    List<Term> latest = new ArrayList<>();
    Optional<Instant> newest = Optional.empty();
    for (Term term : terms) {
      Optional<Instant> instant = instant(term);
      boolean later =
          instant.isPresent() && (newest.isEmpty() || instant.get().isAfter(newest.get()));
      if (later) {
        latest.clear();
        newest = instant;
      }
      if (instant.equals(newest)) {
        latest.add(term);
      }
    }
    return newest.isPresent() ? latest.subList(0, 1) : latest;
  }

  private Optional<Instant> instant(Term term) {
    if (!(term instanceof Resource node)) {
      return Optional.empty();
    }
    return isSeries(node)
        ? Series.of(TimeSeries.at(match.graph(), node)).latest().flatMap(Series.Item::instant)
        : ValueObject.at(match.graph(), node).instant();
  }

  private boolean isSeries(Resource node) {
    return ontology.isA(match.graph(), node, Types.TIME_SERIES);
  }

  private void copyProperty(PropertyKey property) {
    for (Term value : property.values(match.graph(), match.node())) {
      property.add(graph, match.node(), value);
      if (value instanceof Resource node && belongs(node)) {
        copyAll(node);
      }
    }
  }

  /** A loop and no recursion: what hangs on a node may be a list of many cells. */
  private void copyAll(Resource node) {
    Deque<Resource> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      Resource next = open.pop();
      if (copied.add(next)) {
        for (Iri property : match.graph().predicates(next)) {
          for (Term value : match.graph().objects(next, property)) {
            if (isLeftOut(value)) {
              continue;
            }
            if (span.isPresent() && value instanceof Resource series && isSeries(series)) {
              graph.add(next, property, parts.computeIfAbsent(series, this::part));
              continue;
            }
            graph.add(next, property, value);
            if (value instanceof Resource behind && belongs(behind)) {
              open.push(behind);
            }
          }
        }
      }
    }
  }

  /** What of a series lies in the span, in the series' own unit. */
  private Resource part(Resource series) {
    return values.series(
        TimeSeries.at(match.graph(), series), AS_IT_IS, graph, span.orElseThrow(), this::isIn);
  }

  /** With a span, data items outside it are left out of a whole Entity, too (rule M16). */
  private boolean isLeftOut(Term value) {
    if (span.isEmpty() || !(value instanceof Resource node)) {
      return false;
    }
    boolean item =
        isSeries(node)
            || ontology.isA(match.graph(), node, Types.VALUE_OBJECT)
                && match.graph().object(node, Rdf.VALUE).isPresent();
    return item && !hasItemsInSpan(node) && !isIn(node);
  }

  /**
   * Blank nodes belong to what they hang on, and so do values, addresses and Activities that have a
   * name.
   */
  private boolean belongs(Resource node) {
    return node instanceof Blank
        || ontology.isA(match.graph(), node, Types.ACTIVITY)
        || ontology.isA(match.graph(), node, Types.VALUE_OBJECT)
        || isSeries(node)
        || ontology.isA(match.graph(), node, Types.INTERFACE_ADDRESS);
  }
}
