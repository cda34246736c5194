package io.mestral.smartapi.matching;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.Individuals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Works out what an Activity with Entities means for a {@link Stock} (Smart API, section 3).
 * Nothing is changed: what is to be written, made or removed is in the {@link Outcome}. Templates
 * of one Activity don't stop one another.
 */
public final class Templates {
  /** The most Entities that one Activity is answered with, unless said otherwise (rule M25). */
  public static final int MOST_ENTITIES = 10_000;

  private final Matching matching;
  private final int most;
  private final boolean believes;

  /**
   * Templates for a stock.
   *
   * @param stock the candidates
   * @param ontology which class is a kind of which
   * @param units what values are converted by
   * @param most the most Entities that an Activity is answered with
   */
  public Templates(Stock stock, Ontology ontology, Units units, int most) {
    this(new Matching(stock, ontology, units), most, false);
  }

  private Templates(Matching matching, int most, boolean believes) {
    this.matching = matching;
    this.most = most;
    this.believes = believes;
  }

  /**
   * The same for a stock of what somebody else answered, who looked at more than is answered: what
   * isn't said of an Entity is believed to be as it was asked for.
   *
   * @return templates that such answers are read with
   */
  public Templates believing() {
    return new Templates(matching, most, true);
  }

  /**
   * Reads.
   *
   * @param activity the Activity, its method absent or {@code smartapi:Read}
   * @param madeAt when the message was made
   * @return the matches, as they were asked for
   * @throws SmartApiException of type InvalidParams if a context makes no sense, TooLargeError if
   *     there are too many matches
   */
  public Outcome read(Activity activity, Instant madeAt) {
    Optional<Span> span = activity.temporalContext().map(context -> Span.of(context, madeAt));
    Gathering gathering = new Gathering();
    gathering.each(
        activity,
        Individuals.READ,
        (template, match) ->
            new Answer(match, span, matching.stock().zone(match), matching)
                .to(template)
                .ifPresent(gathering::answer));
    return gathering.outcome();
  }

  /**
   * Writes.
   *
   * @param activity the Activity with method {@code smartapi:Write}
   * @param madeAt when the message was made; the instant of values that bring none
   * @return the matches as they are afterwards, in the units they were written in, and the changes
   * @throws SmartApiException of type InvalidParams if a context makes no sense, TooLargeError if
   *     there are too many matches
   */
  public Outcome write(Activity activity, Instant madeAt) {
    Writing writing = new Writing(matching, madeAt);
    Gathering gathering = new Gathering();
    gathering.each(
        activity,
        Individuals.WRITE,
        (template, match) -> {
          Entity after = writing.apply(template, gathering.latest(match));
          gathering.change(match, after);
          new Answer(after, Optional.empty(), matching.stock().zone(match), matching)
              .to(writing.shown(template))
              .ifPresent(gathering::answer);
        });
    return gathering.outcome();
  }

  /**
   * Removes.
   *
   * @param activity the Activity with method {@code smartapi:Delete}
   * @return names and types of the matches, and the changes
   * @throws SmartApiException of type InvalidParams if a context makes no sense, TooLargeError if
   *     there are too many matches
   */
  public Outcome delete(Activity activity) {
    Gathering gathering = new Gathering();
    gathering.each(
        activity,
        Individuals.DELETE,
        (template, match) -> {
          gathering.remove(match);
          gathering.answer(Writing.named(match));
        });
    return gathering.outcome();
  }

  /**
   * Makes one Entity for each template.
   *
   * @param activity the Activity with method {@code sx:Create}
   * @param mint makes a new IRI, for templates that bring none
   * @return the Entities as they were made, and the changes
   */
  public Outcome create(Activity activity, Supplier<Iri> mint) {
    Gathering gathering = new Gathering();
    TemplateReader reader = reader(Individuals.CREATE);
    for (Entity entity : activity.entities()) {
      gathering.attempt(
          entity.iri(),
          () -> {
            reader.read(entity);
            Entity made = Writing.created(entity, mint);
            Iri name = made.iri().orElseThrow();
            if (matching.stock().find(name).isPresent() || gathering.made(name)) {
              throw new SmartApiException(
                  ErrorType.CONFLICT_ERROR,
                  name + " exists already. Another IRI, or none, is wanted in Create.",
                  name);
            }
            if (!matching.stock().allows(made, Individuals.CREATE)) {
              throw notAllowed(name, Individuals.CREATE);
            }
            gathering.make(made);
            gathering.answer(made);
          });
    }
    return gathering.outcome();
  }

  /**
   * The Entities that an Activity may be about, as far as that can be told of what is known of
   * them: a property that a candidate doesn't have, or a value that isn't given, may be the wanted
   * one. So it can be found out whose values to look up, or whom to ask, before {@link #read} works
   * on what was found.
   *
   * @param activity the Activity
   * @param method what it does, {@code smartapi:Read} where it says nothing
   * @return named Entities that are known, whoever may do something with them, and those that may
   *     match and that the sender may do it with; each once
   * @throws SmartApiException of type InvalidParams if a context makes no sense
   */
  public List<Possible> possible(Activity activity, Iri method) {
    TemplateReader reader =
        new TemplateReader(method, matching.selectors().inDoubt(), matching.ontology());
    Optional<Area> area =
        activity.geospatialContext().map(context -> Area.of(context, matching.units()));
    Map<Resource, Possible> found = new LinkedHashMap<>();
    for (Entity entity : activity.entities()) {
      readable(reader, entity)
          .ifPresent(
              template ->
                  possible(template, method, area)
                      .map(one -> Possible.of(one, template, matching.selectors()))
                      .forEach(one -> found.merge(one.entity().node(), one, Possible::and)));
    }
    return List.copyOf(found.values());
  }

  private static Optional<Template> readable(TemplateReader reader, Entity entity) {
    try {
      return Optional.of(reader.read(entity));
    } catch (SmartApiException reportedByTheMethod) {
      return Optional.empty(); // which goes on with the other templates
    }
  }

  private Stream<Entity> possible(Template template, Iri method, Optional<Area> area) {
    Stock stock = matching.stock();
    return template.identity().isPresent()
        ? stock.find(template.identity().get()).stream()
        : stock
            .all(template.types())
            .filter(template::matches)
            .filter(one -> isThere(one, area, true))
            .filter(one -> stock.allows(one, method));
  }

  private static boolean isThere(Entity entity, Optional<Area> area, boolean inDoubt) {
    return area.isEmpty()
        || inDoubt && entity.graph().objects(entity.node(), Geo.LOCATION).isEmpty()
        || area.get().contains(entity);
  }

  private TemplateReader reader(Iri method) {
    Selectors selectors = believes ? matching.selectors().inDoubt() : matching.selectors();
    return new TemplateReader(method, selectors, matching.ontology());
  }

  private static SmartApiException notAllowed(Iri entity, Iri method) {
    return new SmartApiException(
        ErrorType.NOT_AUTHORIZED_ERROR,
        "The sender may not do " + method + " with " + entity + ": an Authorization is needed.",
        entity);
  }

  /** What is done with a template and one of its matches. */
  private interface Step {
    void take(Template template, Entity match);
  }

  /** Collects what comes of the templates of one Activity. */
  private final class Gathering {
    private final Map<Resource, Graph.Builder> answers = new LinkedHashMap<>();
    private final Map<Resource, Change> changes = new LinkedHashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    void each(Activity activity, Iri method, Step step) {
      TemplateReader reader = reader(method);
      Optional<Area> area =
          activity.geospatialContext().map(context -> Area.of(context, matching.units()));
      for (Entity entity : activity.entities()) {
        attempt(
            entity.iri(),
            () -> {
              Template template = reader.read(entity);
              if (template.isEmpty() && !method.equals(Individuals.READ)) {
                throw new SmartApiException(
                    ErrorType.INVALID_PARAMS,
                    "A template of "
                        + method
                        + " has neither an IRI nor anything to select by, so it would mean every"
                        + " Entity. Name one, or say its type or a property.",
                    entity.node());
              }
              matches(template, method, area)
                  .forEachRemaining(
                      match -> attempt(match.iri(), () -> step.take(template, match)));
            });
      }
    }

    private Iterator<Entity> matches(Template template, Iri method, Optional<Area> area) {
      Stock stock = matching.stock();
      if (template.identity().isPresent()) {
        Iri name = template.identity().get();
        Entity entity =
            stock
                .find(name)
                .orElseThrow(
                    () ->
                        new SmartApiException(
                            ErrorType.NOT_FOUND_ERROR,
                            "No Entity " + name + " is known here.",
                            name));
        if (!stock.allows(entity, method)) {
          throw notAllowed(name, method);
        }
        return List.of(entity).stream().filter(one -> isThere(one, area, believes)).iterator();
      }
      return stock
          .all(template.types())
          .filter(template::matches)
          .filter(one -> isThere(one, area, believes))
          .filter(one -> stock.allows(one, method))
          .iterator();
    }

    /** Does something of which a failure stops nothing else, but for what is too large. */
    void attempt(Optional<Iri> target, Runnable step) {
      try {
        step.run();
      } catch (SmartApiException failure) {
        if (failure.type() == ErrorType.TOO_LARGE_ERROR) {
          throw failure;
        }
        failures.add(new Failure(target, failure));
      }
    }

    void answer(Entity entity) {
      answers.computeIfAbsent(entity.node(), added -> Graph.builder()).addAll(entity.graph());
      if (answers.size() > most) {
        throw new SmartApiException(
            ErrorType.TOO_LARGE_ERROR,
            "More than "
                + most
                + " Entities match. Select fewer, by type, property, area or time.");
      }
    }

    /** The Entity as earlier templates of this Activity leave it. */
    Entity latest(Entity match) {
      Change earlier = changes.get(match.node());
      return earlier == null ? match : earlier.after().orElse(match);
    }

    void change(Entity before, Entity after) {
      if (after != latest(before)) {
        changes.put(before.node(), new Change(Optional.of(before), Optional.of(after)));
      }
    }

    void remove(Entity match) {
      changes.put(match.node(), new Change(Optional.of(match), Optional.empty()));
    }

    void make(Entity entity) {
      changes.put(entity.node(), new Change(Optional.empty(), Optional.of(entity)));
    }

    boolean made(Iri name) {
      return changes.containsKey(name);
    }

    Outcome outcome() {
      List<Entity> entities = new ArrayList<>();
      answers.forEach((node, graph) -> entities.add(Entity.at(graph.build(), node)));
      return new Outcome(entities, List.copyOf(changes.values()), List.copyOf(failures));
    }
  }
}
