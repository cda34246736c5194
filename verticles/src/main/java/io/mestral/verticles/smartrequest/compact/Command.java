package io.mestral.verticles.smartrequest.compact;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a Request means for what one gateway announced: which properties are to be read, and which
 * values written, in the units announced (Smart API, section 3).
 */
final class Command {
  static final int MOST_ENTITIES = 1_000;

  private final Stock stock;
  private final Instant madeAt;
  private final Map<Iri, Described> described = new HashMap<>();
  private final Map<Iri, Set<String>> reads = new LinkedHashMap<>();
  private final Map<Iri, Map<String, Literal>> writes = new LinkedHashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  /**
   * One thing that is asked for.
   *
   * @param onMessage whether its Entities stand on the Request itself
   * @param entities that it is about, as far as the gateway is asked
   * @param written the templates of a Write, each for the Entities that it changes
   */
  record Step(
      Activity activity, boolean onMessage, Set<Iri> entities, Map<Entity, Set<Iri>> written) {
    Iri method() {
      return activity.method().orElse(Individuals.READ);
    }
  }

  /**
   * Works a Request out.
   *
   * @param stock what the gateway announced, without values
   */
  Command(Request request, Stock stock) {
    this.stock = stock;
    this.madeAt = request.generatedAt().orElseThrow();
    boolean onMessage = request.activities().isEmpty();
    List<Activity> activities =
        onMessage ? List.of(request.as(Activity::at)) : request.activities();
    for (Activity one : activities)
      if (!one.entities().isEmpty())
        add(new Step(one, onMessage, new LinkedHashSet<>(), new LinkedHashMap<>()));
    Set<Iri> all = new LinkedHashSet<>(reads.keySet());
    all.addAll(writes.keySet());
    if (all.size() > MOST_ENTITIES) {
      all.forEach(one -> fail(one, ErrorType.TOO_LARGE_ERROR, tooMany(all.size())));
      reads.clear();
      steps.forEach(step -> step.entities().clear());
    }
  }

  private static String tooMany(int size) {
    return "The gateway would be asked about %d Entities at once; %d are the most."
        .formatted(size, MOST_ENTITIES);
  }

  /** The properties to be read, by Entities. */
  Map<Iri, Set<String>> reads() {
    return reads;
  }

  /** The values to be written, in the units announced. */
  Map<Iri, Map<String, Literal>> writes() {
    return writes;
  }

  List<Step> steps() {
    return steps;
  }

  /** What can't be asked of the gateway, and why; each of one Entity. */
  List<Failure> failures() {
    return failures;
  }

  /** What the gateway announced of an Entity that it is asked about. */
  Described described(Iri entity) {
    return described.get(entity);
  }

  private void add(Step step) {
    steps.add(step);
    if (step.method().equals(Individuals.READ)) {
      read(step);
    } else if (step.method().equals(Individuals.WRITE)) {
      for (Entity template : step.activity().entities()) write(step, template);
    } else {
      for (Possible one : possible(step.activity(), step.method()))
        if (!describe(one.entity()).properties().isEmpty())
          fail(one, ErrorType.INVALID_REQUEST, "takes Read and Write alone, not " + step.method());
    }
  }

  private void read(Step step) {
    boolean isOfTimes = says(step.activity().closure(), SmartApi.TEMPORAL_CONTEXT);
    for (Possible one : possible(step.activity(), Individuals.READ)) {
      Described entity = describe(one.entity());
      Set<String> wanted = new LinkedHashSet<>();
      entity
          .properties()
          .forEach(
              (name, property) -> {
                if (one.isWhole() || one.values().contains(property.value())) wanted.add(name);
              });
      if (isOfTimes && !wanted.isEmpty()) {
        fail(entity, ErrorType.INVALID_REQUEST, "tells what is now, no series and no other times");
        continue;
      }
      step.entities().add(entity.name());
      if (!wanted.isEmpty())
        reads.computeIfAbsent(entity.name(), first -> new LinkedHashSet<>()).addAll(wanted);
    }
  }

  private List<Possible> possible(Activity activity, Iri method) {
    return templates().possible(activity, method).stream()
        .filter(one -> stock.allows(one.entity(), method))
        .toList();
  }

  private Templates templates() {
    return new Templates(stock, Ontology.core(), Units.shared(), Templates.MOST_ENTITIES);
  }

  private Described describe(Entity entity) {
    return described.computeIfAbsent(entity.iri().orElseThrow(), first -> Described.of(entity));
  }

  private static boolean says(Graph graph, Iri predicate) {
    return graph.triples().anyMatch(t -> t.predicate().equals(predicate));
  }

  private void write(Step step, Entity template) {
    Activity alone = alone(step.activity(), template);
    List<Possible> possible = possible(alone, Individuals.WRITE);
    if (possible.isEmpty()) return;
    Graph said = alone.closure();
    if (says(said, SmartApi.TEMPORAL_CONTEXT)
        || said.triples()
            .anyMatch(t -> t.predicate().equals(Rdf.VALUE) && t.object().equals(Rdf.NIL))) {
      for (Possible one : possible)
        fail(
            one,
            ErrorType.INVALID_REQUEST,
            "sets values now: none of other times, and none is removed");
      return;
    }
    Outcome outcome = templates().write(alone, madeAt);
    Set<Iri> decided = new LinkedHashSet<>();
    outcome.failures().stream()
        .filter(one -> one.target().filter(iri -> isOurs(possible, iri)).isPresent())
        .peek(one -> decided.add(one.target().get()))
        .forEach(failures::add);
    outcome.entities().forEach(one -> decided.add(one.iri().orElseThrow()));
    for (Change one : outcome.changes()) change(step, template, one.after().orElseThrow());
    for (Possible one : possible)
      if (!decided.contains(one.entity().iri().orElseThrow()) && !one.values().isEmpty())
        fail(
            one,
            ErrorType.INVALID_REQUEST,
            "isn't written by what its values are, which this node doesn't know: select it by name"
                + " or by what was announced of it");
  }

  private static boolean isOurs(List<Possible> possible, Iri name) {
    return possible.stream().anyMatch(one -> one.entity().node().equals(name));
  }

  /** The Activity with one of its templates. */
  private static Activity alone(Activity activity, Entity template) {
    Graph.Builder graph = Graph.builder();
    for (Triple t : (Iterable<Triple>) activity.graph().triples()::iterator)
      if (!t.subject().equals(activity.node())
          || !t.predicate().equals(SmartApi.ENTITY)
          || t.object().equals(template.node())) graph.add(t);
    return Activity.at(graph.build(), activity.node());
  }

  private void change(Step step, Entity template, Entity after) {
    Described entity = describe(stock.find(after.iri().orElseThrow()).orElseThrow());
    Map<String, Literal> values = new LinkedHashMap<>();
    for (Triple t : (Iterable<Triple>) after.graph().triples()::iterator) {
      if (entity.entity().graph().contains(t.subject(), t.predicate(), t.object())) continue;
      Optional<String> name = entity.property(t.subject());
      if (name.filter(one -> entity.properties().get(one).isWritable()).isEmpty()
          || !Described.isValue(t.predicate())) {
        fail(
            entity,
            ErrorType.INVALID_PARAMS,
            "has no such property to be written; it has " + writable(entity));
        return;
      }
      if (!t.predicate().equals(Rdf.VALUE)) continue;
      Described.Property property = entity.properties().get(name.get());
      Optional<Literal> value =
          t.object() instanceof Literal literal ? property.fitting(literal) : Optional.empty();
      if (value.isEmpty()) {
        fail(
            entity,
            ErrorType.INVALID_PARAMS,
            "takes %s at \"%s\", not %s".formatted(property.kind(), name.get(), t.object()));
        return;
      }
      values.put(name.get(), value.get());
    }
    Map<String, Literal> all =
        writes.computeIfAbsent(entity.name(), first -> new LinkedHashMap<>());
    values.forEach(all::put);
    step.entities().add(entity.name());
    step.written().computeIfAbsent(template, first -> new LinkedHashSet<>()).add(entity.name());
  }

  private static List<String> writable(Described entity) {
    return entity.properties().entrySet().stream()
        .filter(one -> one.getValue().isWritable())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void fail(Possible one, ErrorType type, String why) {
    fail(describe(one.entity()), type, why);
  }

  private void fail(Described entity, ErrorType type, String why) {
    fail(entity.name(), type, "%s %s.".formatted(entity.entity().node(), why));
  }

  /** An Entity is written wholly or not at all (rule M13). */
  private void fail(Iri entity, ErrorType type, String why) {
    failures.add(new Failure(Optional.of(entity), new SmartApiException(type, why, entity)));
    writes.remove(entity);
  }
}
