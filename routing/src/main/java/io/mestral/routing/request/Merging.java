package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.matching.Failure;
import io.mestral.smartapi.matching.Outcome;
import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.matching.Templates;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.security.encryption.References;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes one answer of those of all who were asked: each Entity stands there once, in the units that
 * were asked for. What somebody answers to a Read and wasn't asked for is left out.
 */
final class Merging {
  private final Iri self;
  private final List<Call> calls;
  private final List<? extends Message> parts;
  private final boolean isPassedUp;

  /**
   * @param self whose answers are as they are to be
   * @param isPassedUp whether it is for a node that does the same with it, so that here nothing is
   *     converted
   */
  Merging(Iri self, List<Call> calls, List<? extends Message> parts, boolean isPassedUp) {
    this.self = self;
    this.calls = calls;
    this.parts = parts;
    this.isPassedUp = isPassedUp;
  }

  /** Adds what all say to a message. */
  void into(Message.Base<?, ?> message) {
    Set<Term> found = new HashSet<>();
    parts.stream()
        .filter(this::isOwn)
        .flatMap(part -> part.contract().stream())
        .findFirst()
        .ifPresent(message::contract);
    for (Call call : calls) {
      Optional<Activity.Builder> activity = activity(call);
      for (Message part : parts)
        for (Activity answer : answers(call, part)) {
          if (call.isSealed()) message.activity(answer);
          for (Entity one : asAskedFor(call, part, answer.entities(), message)) {
            found.add(one.node());
            if (activity.isPresent()) activity.get().entity(one);
            else message.entity(one);
          }
          List<Output> outputs = asAskedFor(call, part, answer, message);
          if (!outputs.isEmpty()) call.name().ifPresent(found::add);
          for (Output one : outputs) activity.ifPresent(made -> made.output(one));
        }
      activity.ifPresent(made -> message.activity(made.build()));
    }
    for (Message part : parts)
      part.activities().stream().filter(Merging::isSealed).forEach(message::activity);
    for (Message part : parts)
      for (ErrorReport one : part.errors())
        if (!isAnsweredElsewhere(one, found)) message.error(one);
  }

  private List<Entity> asAskedFor(
      Call call, Message part, List<Entity> entities, Message.Base<?, ?> message) {
    boolean isRead = !call.isFunctional() && call.method().equals(Individuals.READ);
    if (isPassedUp || !isRead || isOwn(part)) return entities;
    Outcome outcome =
        new Templates(Given.of(entities), Ontology.core(), Units.shared(), Integer.MAX_VALUE)
            .believing()
            .read(call.activity(), call.madeAt());
    outcome.failures().stream()
        .filter(one -> one.cause().type() != ErrorType.NOT_FOUND_ERROR)
        .forEach(one -> message.error(Answers.report(one)));
    return outcome.entities();
  }

  private boolean isOwn(Message part) {
    return part.generatedBy().filter(self::equals).isPresent();
  }

  private List<Output> asAskedFor(
      Call call, Message part, Activity answer, Message.Base<?, ?> message) {
    if (isPassedUp || !call.isFunctional() || isOwn(part)) return answer.outputs();
    return new OutputUnits(
            call.activity(),
            cause -> message.error(Answers.report(new Failure(call.name(), cause))))
        .of(answer.outputs());
  }

  /** What somebody answered. */
  private record Given(Map<Resource, Entity> entities) implements Stock {
    static Given of(List<Entity> answered) {
      Map<Resource, Entity> entities = new LinkedHashMap<>();
      answered.forEach(one -> entities.putIfAbsent(one.node(), one));
      return new Given(entities);
    }

    @Override
    public Optional<Entity> find(Iri iri) {
      return Optional.ofNullable(entities.get(iri));
    }

    @Override
    public Stream<Entity> all(Set<Iri> types) {
      return entities.values().stream();
    }

    @Override
    public boolean allows(Entity entity, Iri method) {
      return true;
    }
  }

  /** None where everything said to a call is encrypted, under its name. */
  private Optional<Activity.Builder> activity(Call call) {
    boolean isSealed =
        call.isSealed()
            || parts.stream()
                .flatMap(part -> part.activities().stream())
                .anyMatch(one -> isSealed(one) && one.iri().equals(call.name()));
    if (call.onMessage() || isSealed) return Optional.empty();
    Resource node = call.name().<Resource>map(iri -> iri).orElseGet(Blank::new);
    Activity.Builder activity = new Activity.Builder(node);
    if (!call.isFunctional()) activity.method(call.method());
    return Optional.of(activity);
  }

  /** What a part answers to a call: under its name, else by its method, else as the only one. */
  private List<Activity> answers(Call call, Message part) {
    if (call.onMessage()) return List.of(part.as(Activity::at));
    List<Activity> all = part.activities().stream().filter(one -> !isSealed(one)).toList();
    if (calls.size() == 1) return all;
    if (call.name().isPresent())
      return all.stream().filter(one -> one.iri().equals(call.name())).toList();
    return all.stream()
        .filter(one -> one.iri().isEmpty() && one.method().equals(Optional.of(call.method())))
        .toList();
  }

  /** What is encrypted to whoever asked is passed on as it is. */
  private static boolean isSealed(Activity answer) {
    return References.isEncrypted(answer.graph(), answer.node(), Map.of());
  }

  /** Who was asked along with others needn't know what they know. */
  private static boolean isAnsweredElsewhere(ErrorReport error, Set<Term> found) {
    return error.isA(Types.NOT_FOUND_ERROR)
        && error.graph().objects(error.node(), SmartApi.TARGET).stream().anyMatch(found::contains);
  }
}
