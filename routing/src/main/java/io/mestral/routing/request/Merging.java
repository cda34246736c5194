package io.mestral.routing.request;

import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes one answer of those of all who were asked: each Entity stands there once. */
final class Merging {
  private final List<Call> calls;
  private final List<? extends Message> parts;

  Merging(List<Call> calls, List<? extends Message> parts) {
    this.calls = calls;
    this.parts = parts;
  }

  /** Adds what all say to a message. */
  void into(Message.Base<?, ?> message) {
    Set<Term> found = new HashSet<>();
    for (Call call : calls) {
      Optional<Activity.Builder> activity = activity(call);
      for (Message part : parts)
        for (Activity answer : answers(call, part)) {
          for (Entity one : answer.entities()) {
            found.add(one.node());
            if (activity.isPresent()) activity.get().entity(one);
            else message.entity(one);
          }
          for (Output one : answer.outputs()) activity.ifPresent(made -> made.output(one));
        }
      activity.ifPresent(made -> message.activity(made.build()));
    }
    for (Message part : parts)
      for (ErrorReport one : part.errors())
        if (!isAnsweredElsewhere(one, found)) message.error(one);
  }

  private static Optional<Activity.Builder> activity(Call call) {
    if (call.onMessage()) return Optional.empty();
    Resource node = call.name().<Resource>map(iri -> iri).orElseGet(Blank::new);
    Activity.Builder activity = new Activity.Builder(node);
    if (!call.isFunctional()) activity.method(call.method());
    return Optional.of(activity);
  }

  /** What a part answers to a call: under its name, else by its method, else as the only one. */
  private List<Activity> answers(Call call, Message part) {
    if (call.onMessage()) return List.of(part.as(Activity::at));
    List<Activity> all = part.activities();
    if (calls.size() == 1) return all;
    if (call.name().isPresent())
      return all.stream().filter(one -> one.iri().equals(call.name())).toList();
    return all.stream()
        .filter(one -> one.iri().isEmpty() && one.method().equals(Optional.of(call.method())))
        .toList();
  }

  /** Who was asked along with others needn't know what they know. */
  private static boolean isAnsweredElsewhere(ErrorReport error, Set<Term> found) {
    return error.isA(Types.NOT_FOUND_ERROR)
        && error.graph().objects(error.node(), SmartApi.TARGET).stream().anyMatch(found::contains);
  }
}
