package io.mestral.routing.request;

import io.mestral.model.reading.TimeRange;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Change;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.matching.Span;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

/** Carries out what Activities ask of Entities that this node answers for itself. */
final class EntityCalls {
  private static final int FEW = 100;

  private final EntitySource home;
  private final Vertx vertx;
  private final int most;
  private final Clock clock;

  /**
   * @param home where new Entities are kept
   * @param most Entities in one answer (Smart API, rule M25)
   */
  EntityCalls(EntitySource home, Vertx vertx, int most, Clock clock) {
    this.home = home;
    this.vertx = vertx;
    this.most = most;
    this.clock = clock;
  }

  /** What an Activity may be about. Looks through all that is known, so not on an event loop. */
  Future<List<Possible>> possible(Call call, Stock candidates) {
    boolean areNamed = call.activity().entities().stream().allMatch(one -> one.iri().isPresent());
    return work(areNamed, () -> templates(candidates).possible(call.activity(), call.method()));
  }

  /**
   * Carries a call out.
   *
   * @param here of what is possible that which is answered for here
   * @param elsewhere the nodes of what others answer for
   */
  Future<Result> carryOut(
      Call call, Candidates candidates, List<Possible> here, Set<Resource> elsewhere) {
    Iri method = call.method();
    if (method.equals(Individuals.READ)) return read(call, candidates, here, elsewhere);
    if (method.equals(Individuals.WRITE))
      return change(
          candidates, here, elsewhere, templates -> templates.write(call.activity(), moment(call)));
    if (method.equals(Individuals.DELETE))
      return change(candidates, here, elsewhere, templates -> templates.delete(call.activity()));
    if (method.equals(Individuals.CREATE)) return create(call, candidates);
    return Future.succeededFuture(
        Result.failed(
            new SmartApiException(
                ErrorType.INVALID_REQUEST,
                "The method "
                    + method
                    + " isn't known here: smartapi:Read, smartapi:Write, sx:Create,"
                    + " smartapi:Delete and smartapi:Subscribe are.",
                call.activity().node())));
  }

  /** What some Entities are now, of those that a call is about, and that its asker may see. */
  Future<Result> state(Call call, Candidates candidates, Collection<Iri> some) {
    List<Possible> here =
        templates(new Some(candidates, some)).possible(call.activity(), call.method());
    return read(call, candidates, here, Set.of());
  }

  /** A few of all candidates. */
  private record Some(Candidates all, Collection<Iri> names) implements Stock {
    @Override
    public Optional<Entity> find(Iri iri) {
      return names.contains(iri) ? all.find(iri) : Optional.empty();
    }

    @Override
    public Stream<Entity> all(Set<Iri> types) {
      return names.stream().flatMap(name -> all.find(name).stream());
    }

    @Override
    public boolean allows(Entity entity, Iri method) {
      return all.allows(entity, method);
    }
  }

  /** Reads, whatever the method is. */
  Future<Result> read(
      Call call, Candidates candidates, List<Possible> here, Set<Resource> elsewhere) {
    Optional<TimeRange> range =
        call.activity().temporalContext().map(one -> range(Span.of(one, call.madeAt())));
    return complete(candidates, here, range)
        .compose(
            entities ->
                work(
                    range.isEmpty() && entities.size() <= FEW,
                    () ->
                        templates(candidates.filled(entities, elsewhere))
                            .read(call.activity(), call.madeAt())))
        .map(outcome -> result(outcome, elsewhere));
  }

  /** When a Write counts as made: nobody writes for the future. */
  private Instant moment(Call call) {
    Instant now = clock.instant();
    return call.madeAt().isAfter(now) ? now : call.madeAt();
  }

  /** The whole seconds that a span touches; the span itself is exact where it is looked at. */
  private static TimeRange range(Span span) {
    return new TimeRange(
        span.start().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE),
        span.end().map(Instant::getEpochSecond).orElse(Long.MAX_VALUE));
  }

  private static Future<List<Entity>> complete(
      Candidates candidates, List<Possible> here, Optional<TimeRange> range) {
    Map<EntitySource, List<Possible>> byHome = new HashMap<>();
    for (Possible one : here)
      byHome.computeIfAbsent(candidates.home(one.entity()), added -> new ArrayList<>()).add(one);
    List<Future<List<Entity>>> parts = new ArrayList<>();
    byHome.forEach((source, some) -> parts.add(complete(source, some, range)));
    return Future.all(parts)
        .map(
            done -> {
              List<Entity> all = new ArrayList<>();
              parts.forEach(part -> all.addAll(part.result()));
              return candidates.shown(all);
            });
  }

  private static Future<List<Entity>> complete(
      EntitySource source, List<Possible> some, Optional<TimeRange> range) {
    Set<Iri> wanted = new HashSet<>();
    for (Possible one : some)
      for (Resource value : one.values()) if (value instanceof Iri iri) wanted.add(iri);
    boolean all = some.stream().anyMatch(Possible::isWhole);
    return source.complete(
        some.stream().map(Possible::entity).toList(), all ? Set.of() : wanted, range);
  }

  private Future<Result> change(
      Candidates candidates,
      List<Possible> here,
      Set<Resource> elsewhere,
      Function<Templates, Outcome> change) {
    return complete(candidates, here, Optional.empty())
        .compose(
            entities ->
                work(
                    entities.size() <= FEW,
                    () -> change.apply(templates(candidates.filled(entities, elsewhere)))))
        .compose(outcome -> keep(outcome, candidates, elsewhere));
  }

  private Future<Result> create(Call call, Candidates candidates) {
    List<Entity> templates = call.activity().entities();
    if (templates.stream().allMatch(one -> Grants.isGrant(one) && isKnown(one, candidates)))
      return grant(templates, candidates);
    Creating creating = new Creating(candidates, home, call);
    Outcome outcome = templates(creating).create(call.activity(), creating::mint);
    return keep(outcome, candidates, Set.of());
  }

  private static boolean isKnown(Entity template, Candidates candidates) {
    return candidates.find(template.iri().orElseThrow()).isPresent();
  }

  private Future<Result> grant(List<Entity> templates, Candidates candidates) {
    List<Change> changes = new ArrayList<>();
    List<Entity> answered = new ArrayList<>();
    for (Entity template : templates) {
      Entity before = candidates.find(template.iri().orElseThrow()).orElseThrow();
      changes.add(Grants.change(before, template));
      answered.add(template);
    }
    return keep(new Outcome(answered, changes, List.of()), candidates, Set.of());
  }

  /** Each source carries out its own changes; what it refuses is answered as failed. */
  private Future<Result> keep(Outcome outcome, Candidates candidates, Set<Resource> elsewhere) {
    Result done = result(outcome, elsewhere);
    Map<EntitySource, List<Change>> byHome = new HashMap<>();
    for (Change one : outcome.changes())
      byHome
          .computeIfAbsent(
              one.before().map(candidates::home).orElse(home), added -> new ArrayList<>())
          .add(one);
    List<Future<Result>> kept = new ArrayList<>();
    byHome.forEach(
        (source, changes) ->
            kept.add(
                source
                    .apply(changes, candidates.asker())
                    .map(Result.NOTHING)
                    .recover(cause -> refused(changes, cause))));
    return Future.all(kept)
        .map(
            all -> {
              Result refused =
                  kept.stream().map(Future::result).reduce(Result.NOTHING, Result::and);
              return done.without(refused.failures()).and(refused);
            });
  }

  private static Future<Result> refused(List<Change> changes, Throwable cause) {
    if (!(cause instanceof SmartApiException known)) return Future.failedFuture(cause);
    List<Failure> failures =
        changes.stream()
            .map(one -> one.before().or(one::after).orElseThrow().iri())
            .map(target -> new Failure(target, known))
            .toList();
    return Future.succeededFuture(new Result(List.of(), List.of(), failures));
  }

  /** What others answer for isn't unknown, though it isn't found here. */
  private static Result result(Outcome outcome, Set<Resource> elsewhere) {
    List<Failure> own =
        outcome.failures().stream()
            .filter(one -> one.target().filter(elsewhere::contains).isEmpty())
            .toList();
    return new Result(outcome.entities(), List.of(), own);
  }

  private Templates templates(Stock stock) {
    return new Templates(stock, Ontology.core(), Units.shared(), most);
  }

  /** What is little is done at once; what may be much doesn't keep the event loop waiting. */
  private <T> Future<T> work(boolean isLittle, Callable<T> work) {
    if (!isLittle) return vertx.executeBlocking(work, false);
    try {
      return Future.succeededFuture(work.call());
    } catch (Exception failure) {
      return Future.failedFuture(failure);
    }
  }
}
