package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of a gateway's answer whoever asked may see. A gateway gets a template whole, and answers
 * for all that it matches; who may see what of that, and has paid for it, is known here (Smart API,
 * rule M22).
 */
record Discretion(List<EntitySource> sources, Asker asker, Till till) {

  Message of(Message answer) {
    Candidates known = new Candidates(sources, asker, till);
    Set<Resource> hidden = new HashSet<>();
    for (Entity one : answer.entities()) if (isHidden(one, known)) hidden.add(one.node());
    for (Activity activity : answer.activities())
      for (Entity one : activity.entities()) if (isHidden(one, known)) hidden.add(one.node());
    if (hidden.isEmpty()) return answer;
    Graph.Builder rest = Graph.builder();
    answer
        .graph()
        .triples()
        .filter(t -> !hidden.contains(t.subject()) && !hidden.contains(t.object()))
        .forEach(rest::add);
    Graph shown = Notification.at(rest.build(), answer.node()).closure();
    return answer instanceof Notification
        ? Notification.at(shown, answer.node())
        : Response.at(shown, answer.node());
  }

  private static boolean isHidden(Entity answered, Candidates known) {
    if (!(answered.node() instanceof Iri name)) return false;
    Optional<Entity> found = known.find(name);
    if (found.filter(known::isClosed).isPresent()) return true;
    return found
        .filter(one -> !known.allows(one, Individuals.READ))
        .filter(one -> !known.allows(one, Individuals.WRITE))
        .filter(one -> !known.allows(one, Individuals.DELETE))
        .isPresent();
  }
}
