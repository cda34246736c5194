package io.mestral.verticles.smartrequest.compact;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.model.message.Status;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An answer in the compact form as a gateway with RDF would have given it: under the Request's
 * Activities, with what was announced of the Entities, and what was written in the units it was
 * written in.
 */
final class Understood {
  private final Command command;
  private final Message said;
  private final Instant madeAt;
  private final Response.Builder response;
  private final Set<Resource> failed = new HashSet<>();

  private Understood(Command command, Message said) {
    this.command = command;
    this.said = said;
    this.madeAt = said.generatedAt().orElseThrow();
    this.response =
        new Response.Builder(said.node())
            .generatedBy(said.generatedBy().orElseThrow())
            .generatedAt(madeAt)
            .inReplyTo(said.inReplyTo().orElseThrow());
  }

  /**
   * The answer.
   *
   * @param said as {@link Replies} read it
   */
  static Message of(Command command, Message said) {
    return new Understood(command, said).answer();
  }

  private Message answer() {
    boolean isLast =
        said.status().flatMap(Status::percentage).filter(one -> one < 100).isEmpty()
            || !said.errors().isEmpty();
    said.status().ifPresent(response::status);
    if (!isLast) return response.build();
    for (ErrorReport one : said.errors()) {
      one.targets().forEach(target -> failed.add(target.node()));
      response.error(one);
    }
    checkValues();
    for (Command.Step step : command.steps()) add(step);
    for (Failure one : command.failures()) report(one.target(), one.cause());
    return response.build();
  }

  private void report(Optional<Iri> target, SmartApiException cause) {
    ErrorReport.Builder report =
        Replies.report(cause.type(), cause.type().code(), cause.getMessage());
    target.ifPresent(one -> report.property(SmartApi.TARGET, one));
    response.error(report.build());
  }

  /** What makes no sense is an Error of its Entity. */
  private void checkValues() {
    for (Activity activity : said.activities())
      for (Entity one : activity.entities()) {
        Iri name = one.iri().orElseThrow();
        Optional<Described> known = Optional.ofNullable(command.described(name));
        for (Term term : one.graph().objects(name, SmartApi.VALUE_OBJECT)) {
          Resource value = (Resource) term;
          Optional<Described.Property> property =
              known.flatMap(entity -> entity.property(value).map(entity.properties()::get));
          boolean fits = property.flatMap(p -> given(value).flatMap(p::fitting)).isPresent();
          if (!fits && failed.add(name))
            report(
                Optional.of(name),
                new SmartApiException(
                    ErrorType.SERVER_ERROR,
                    property
                            .map(
                                p ->
                                    "The gateway answers no %s at "
                                        .formatted(p.kind().replaceFirst("^an? ", "")))
                            .orElse("The gateway wasn't asked for, and answers ")
                        + value
                        + ".",
                    name));
        }
      }
  }

  private Optional<Literal> given(Resource value) {
    return said.graph()
        .object(value, Rdf.VALUE)
        .filter(Literal.class::isInstance)
        .map(Literal.class::cast);
  }

  private void add(Command.Step step) {
    Resource node = step.activity().iri().<Resource>map(iri -> iri).orElseGet(Blank::new);
    Activity.Builder activity = new Activity.Builder(node).method(step.method());
    List<Entity> entities = step.method().equals(Individuals.WRITE) ? written(step) : read(step);
    for (Entity one : entities)
      if (step.onMessage()) response.property(SmartApi.ENTITY, one.node()).describe(one.graph());
      else activity.property(SmartApi.ENTITY, one.node()).describe(one.graph());
    if (!step.onMessage()) response.activity(activity.build());
  }

  /** All is known of such Entities by now: what might have been meant is, or isn't. */
  private List<Entity> read(Command.Step step) {
    List<Entity> entities = filled(step.entities(), false);
    Outcome meant = templates(entities).read(step.activity(), madeAt);
    Set<Resource> nodes = new HashSet<>();
    meant.entities().forEach(one -> nodes.add(one.node()));
    meant.failures().forEach(one -> one.target().ifPresent(nodes::add));
    return entities.stream().filter(one -> nodes.contains(one.node())).toList();
  }

  private static Templates templates(List<Entity> entities) {
    return new Templates(new Given(entities), Ontology.core(), Units.shared(), Integer.MAX_VALUE);
  }

  /** What was announced of Entities, with the values that the gateway says they have. */
  private List<Entity> filled(Set<Iri> names, boolean isWritten) {
    return names.stream()
        .filter(name -> !failed.contains(name))
        .map(command::described)
        .map(one -> filled(one, isWritten))
        .toList();
  }

  private Entity filled(Described entity, boolean isWritten) {
    Graph.Builder graph = Graph.builder().addAll(entity.entity().graph());
    Map<String, Literal> sent = command.writes().getOrDefault(entity.name(), Map.of());
    entity
        .properties()
        .forEach(
            (name, property) -> {
              Optional<Literal> answered = given(property.value()).flatMap(property::fitting);
              Optional<Term> instant = said.graph().object(property.value(), SmartApi.INSTANT);
              answered
                  .or(() -> Optional.ofNullable(sent.get(name)).filter(one -> isWritten))
                  .ifPresent(
                      value ->
                          graph
                              .add(property.value(), Rdf.VALUE, value)
                              .add(
                                  property.value(),
                                  SmartApi.INSTANT,
                                  instant.orElseGet(() -> Literal.of(madeAt))));
            });
    return Entity.at(graph.build(), entity.entity().node());
  }

  private List<Entity> written(Command.Step step) {
    Graph.Builder graph = Graph.builder();
    Blank node = new Blank();
    step.written().forEach((template, names) -> ask(graph, node, template, names));
    List<Entity> entities = filled(step.entities(), true);
    return templates(entities).read(Activity.at(graph.build(), node), madeAt).entities();
  }

  /** Asks for what a template wrote, of each Entity that it changed. */
  private void ask(Graph.Builder graph, Resource activity, Entity template, Set<Iri> names) {
    Set<Resource> values = new HashSet<>();
    for (Obj holder :
        Stream.concat(
                Stream.of((Obj) template), template.objects(SmartApi.PARAMETER, Obj::at).stream())
            .toList())
      for (Triple t : (Iterable<Triple>) template.graph().triplesOf(holder.node())::iterator)
        if (t.object() instanceof Resource value) values.add(value);
    for (Triple t : (Iterable<Triple>) template.closure().triples()::iterator)
      if (!values.contains(t.subject())
          || !Described.isValue(t.predicate())
          || !(t.object() instanceof Literal))
        for (Iri name : names)
          graph.add(
              t.subject().equals(template.node()) ? name : t.subject(), t.predicate(), t.object());
    for (Iri name : names) if (!failed.contains(name)) graph.add(activity, SmartApi.ENTITY, name);
  }

  /** The Entities that were answered. */
  private record Given(List<Entity> entities) implements Stock {
    @Override
    public Optional<Entity> find(Iri iri) {
      return entities.stream().filter(one -> one.node().equals(iri)).findFirst();
    }

    @Override
    public Stream<Entity> all(Set<Iri> types) {
      return entities.stream();
    }

    @Override
    public boolean allows(Entity entity, Iri method) {
      return true;
    }
  }
}
