package io.mestral.smartapi.random;

import io.mestral.smartapi.list.ListKind;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.list.NudeLists;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.ability.Input;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Device;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.entity.Gateway;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.AliveRequest;
import io.mestral.smartapi.model.message.AliveResponse;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.model.message.Status;
import io.mestral.smartapi.model.place.Coordinates;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Rdfs;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Messages of every kind, made by the model's builders of whatever may stand in one: values with
 * units, Entities in one another, lists of all four kinds, series, terms that nobody knows.
 */
public final class RandomMessages {
  private static final int DEEPEST = 2;
  private static final List<Function<Resource, Message.Base<? extends Message, ?>>> KINDS =
      List.of(
          Request.Builder::new,
          Response.Builder::new,
          Notification.Builder::new,
          Heartbeat.Builder::new,
          AliveRequest.Builder::new,
          AliveResponse.Builder::new);
  private static final List<Function<Resource, Entity.Base<? extends Entity, ?>>> ENTITIES =
      List.of(Entity.Builder::new, Device.Builder::new, Gateway.Builder::new);
  private static final List<String> UNITS =
      List.of("DegreeCelsius", "KilometerPerHour", "Percent", "Unheard-of");

  /** Something that an object may have. */
  private interface Part<B> {
    void on(B builder);
  }

  private RandomMessages() {}

  /** Messages whose envelope is complete. */
  public static Arbitrary<Message> messages() {
    Arbitrary<Part<Message.Base<?, ?>>> parts =
        Arbitraries.oneOf(
            RandomMessages.<Message.Base<?, ?>>common(),
            Arbitraries.longs().map(id -> message -> message.sequenceId(id)),
            activities().map(activity -> message -> message.activity(activity)),
            activities().map(activity -> message -> message.activity(activity)),
            entities(DEEPEST).map(entity -> message -> message.entity(entity)),
            errors().map(error -> message -> message.error(error)),
            statuses().map(status -> message -> message.status(status)),
            instants().map(end -> message -> message.expires(end)),
            RandomTerms.uris().map(by -> message -> message.via(by)),
            RandomTerms.texts().map(nonce -> message -> message.nonce(nonce)));
    return Combinators.combine(
            Arbitraries.of(KINDS), nodes(), RandomTerms.uris(), instants(), upTo(5, parts))
        .as(
            (kind, node, sender, moment, all) -> {
              Message.Base<? extends Message, ?> message = kind.apply(node.get());
              message.generatedBy(sender).generatedAt(moment);
              all.forEach(part -> part.on(message));
              return message.build();
            });
  }

  /** Without names: one that is called and another of its name that has arguments are refused. */
  private static Arbitrary<Activity> activities() {
    Arbitrary<List<Part<Activity.Builder>>> called =
        upTo(2, entities(DEEPEST).map(entity -> activity -> activity.entity(entity)));
    Arbitrary<Part<Activity.Builder>> arguments =
        Arbitraries.oneOf(
            made(Input.Builder::new, RandomMessages.<Input.Builder>common(), 2)
                .map(input -> activity -> activity.input(input)),
            made(Output.Builder::new, RandomMessages.<Output.Builder>common(), 2)
                .map(output -> activity -> activity.output(output)));
    Arbitrary<Part<Activity.Builder>> others =
        Arbitraries.oneOf(
            Arbitraries.of(Individuals.READ, Individuals.WRITE)
                .map(method -> activity -> activity.method(method)),
            contexts().map(context -> activity -> activity.temporalContext(context)),
            series().map(series -> activity -> activity.timeSeries(series)));
    return Combinators.combine(Arbitraries.oneOf(called, upTo(2, arguments)), upTo(3, others))
        .as(
            (some, more) -> {
              Activity.Builder activity = new Activity.Builder();
              some.forEach(part -> part.on(activity));
              more.forEach(part -> part.on(activity));
              return activity.build();
            });
  }

  private static Arbitrary<Entity> entities(int deepest) {
    Arbitrary<Part<Entity.Base<?, ?>>> inner =
        deepest == 0
            ? common()
            : Arbitraries.lazyOf(
                () ->
                    Combinators.combine(RandomTerms.uris(), entities(deepest - 1))
                        .as((property, entity) -> one -> one.property(property, entity)),
                () -> entities(deepest - 1).map(manager -> entity -> entity.managedBy(manager)));
    Arbitrary<Part<Entity.Base<?, ?>>> parts =
        Arbitraries.oneOf(
            inner,
            RandomMessages.<Entity.Base<?, ?>>common(),
            values().map(value -> entity -> entity.valueObject(value)),
            places().map(place -> entity -> entity.location(place)));
    return Combinators.combine(Arbitraries.of(ENTITIES), nodes(), upTo(4, parts))
        .as(
            (kind, node, all) -> {
              Entity.Base<? extends Entity, ?> entity = kind.apply(node.get());
              all.forEach(part -> part.on(entity));
              return entity.build();
            });
  }

  /** What every object may have. */
  private static <B extends ObjBuilder<?, ?>> Arbitrary<Part<B>> common() {
    Arbitrary<Iri> properties = RandomTerms.uris();
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            Combinators.combine(properties, RandomTerms.portableLiterals())
                .as((property, value) -> one -> one.property(property, value))),
        Tuple.of(
            1,
            Combinators.combine(properties, RandomTerms.uris())
                .as((property, value) -> one -> one.property(property, value))),
        Tuple.of(1, RandomTerms.uris().map(type -> one -> one.type(type))),
        Tuple.of(
            1, RandomTerms.portableLiterals().map(label -> one -> one.property(Rdfs.LABEL, label))),
        Tuple.of(
            1,
            Combinators.combine(RandomTerms.texts(), RandomTerms.portableLiterals())
                .as((name, value) -> one -> one.named("a " + name, Variant.of(value)))),
        Tuple.of(
            2,
            Combinators.combine(properties, values())
                .as((property, value) -> one -> one.property(property, value))),
        Tuple.of(2, lists().map(list -> one -> list.on(one, SmartApi.LIST))));
  }

  private static Arbitrary<ValueObject> values() {
    Arbitrary<Part<ValueObject.Builder>> parts =
        Arbitraries.oneOf(
            RandomTerms.portableLiterals().map(value -> one -> one.value(Variant.of(value))),
            Arbitraries.doubles().map(value -> one -> one.value(Variant.of(value))),
            Arbitraries.of(UNITS)
                .map(unit -> one -> one.unit(new Iri(Namespaces.LEGACY_UNIT + unit))),
            RandomTerms.uris().map(kind -> one -> one.quantityKind(kind)),
            Arbitraries.longs().map(least -> one -> one.minimum(Variant.of(least))),
            instants().map(moment -> one -> one.instant(moment)),
            contexts().map(context -> one -> one.temporalContext(context)));
    return made(ValueObject.Builder::new, parts, 4);
  }

  private static Arbitrary<TemporalContext> contexts() {
    return made(
        TemporalContext.Builder::new,
        Arbitraries.oneOf(
            instants().map(start -> one -> one.start(start)),
            instants().map(end -> one -> one.end(end)),
            durations().map(length -> one -> one.duration(length))),
        2);
  }

  private static Arbitrary<TimeSeries> series() {
    return made(
        TimeSeries.Builder::new,
        Arbitraries.oneOf(
            lists().map(list -> one -> list.on(one, SmartApi.LIST)),
            durations().map(step -> one -> one.timeStep(step)),
            contexts().map(context -> one -> one.temporalContext(context)),
            Arbitraries.of(UNITS)
                .map(unit -> one -> one.unit(new Iri(Namespaces.LEGACY_UNIT + unit)))),
        4);
  }

  private static Arbitrary<Coordinates> places() {
    return made(
        Coordinates.Builder::new,
        Arbitraries.oneOf(
            Arbitraries.doubles().map(degrees -> one -> one.latitude(degrees)),
            Arbitraries.doubles().map(degrees -> one -> one.longitude(degrees))),
        2);
  }

  private static Arbitrary<ErrorReport> errors() {
    return Combinators.combine(Arbitraries.longs(), RandomTerms.texts())
        .as((code, text) -> new ErrorReport.Builder().code(code).message(text).build());
  }

  private static Arbitrary<Status> statuses() {
    return Combinators.combine(Arbitraries.doubles(), Arbitraries.longs())
        .as((done, total) -> new Status.Builder().percentage(done).total(total).build());
  }

  /** A list with its triples. */
  private record Listed(Resource node, Graph triples) {
    void on(ObjBuilder<?, ?> one, Iri property) {
      one.property(property, node).describe(triples);
    }
  }

  private static Arbitrary<Listed> lists() {
    Arbitrary<Listed> nodes =
        Combinators.combine(
                Arbitraries.of(ListKind.LINKED, ListKind.ORDERED, ListKind.ITEMIZED),
                upTo(4, RandomTerms.portableLiterals()))
            .as((kind, items) -> listed(to -> new ListWriter().as(kind).writeValues(to, items)));
    Arbitrary<Listed> numbers =
        Arbitraries.doubles()
            .array(double[].class)
            .ofMaxSize(6)
            .map(all -> listed(to -> new ListWriter().write(to, NudeLists.of(all))));
    Arbitrary<Listed> texts =
        upTo(4, RandomTerms.texts())
            .map(all -> listed(to -> new ListWriter().write(to, NudeLists.ofValues(all))));
    Arbitrary<Listed> tuples =
        Combinators.combine(Arbitraries.longs(), Arbitraries.doubles())
            .as(
                (whole, number) ->
                    NudeLists.tuples(
                        List.of("instant", "value"),
                        List.of(
                            NudeLists.of(new long[] {whole}), NudeLists.of(new double[] {number}))))
            .map(list -> listed(to -> new ListWriter().write(to, list)));
    return Arbitraries.frequencyOf(
        Tuple.of(3, nodes), Tuple.of(1, numbers), Tuple.of(1, texts), Tuple.of(1, tuples));
  }

  private static Listed listed(Function<Graph.Builder, Resource> write) {
    Graph.Builder triples = Graph.builder();
    Resource node = write.apply(triples);
    return new Listed(node, triples.build());
  }

  private static <T extends Obj, B extends ObjBuilder<T, B>> Arbitrary<T> made(
      Function<Resource, B> kind, Arbitrary<Part<B>> parts, int most) {
    return Combinators.combine(nodes(), upTo(most, parts))
        .as(
            (node, all) -> {
              B builder = kind.apply(node.get());
              all.forEach(part -> part.on(builder));
              return builder.build();
            });
  }

  /** Mostly nodes without a name, a new one each time. */
  private static Arbitrary<Supplier<Resource>> nodes() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(1).map(one -> Blank::new)),
        Tuple.of(1, RandomTerms.uris().map(iri -> () -> iri)));
  }

  private static <T> Arbitrary<List<T>> upTo(int most, Arbitrary<T> items) {
    return items.list().ofMaxSize(most);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-62_000_000_000_000L, 200_000_000_000_000L)
        .map(Instant::ofEpochMilli);
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.longs().between(-1L << 40, 1L << 40).map(Duration::ofMillis);
  }
}
