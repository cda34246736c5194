package io.mestral.routing.request;

import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.HashSet;
import java.util.Set;

/**
 * What counts of a gateway's answer. Several may get one Request, and each says something of all
 * that is in it: what it says of Activities of others, Outputs or Errors, isn't heard.
 *
 * @param own the Activities of this node
 */
record Hearing(Offers offers, Set<Iri> own) {

  Message of(String gateway, Message answer) {
    Set<Resource> unheard = new HashSet<>();
    for (Activity one : answer.activities())
      if (isOthers(gateway, one.node())) unheard.add(one.node());
    for (ErrorReport one : answer.errors())
      if (answer.graph().objects(one.node(), SmartApi.TARGET).stream()
          .anyMatch(target -> isOthers(gateway, target))) unheard.add(one.node());
    if (unheard.isEmpty()) return answer;
    Graph.Builder rest = Graph.builder();
    answer
        .graph()
        .triples()
        .filter(t -> !t.subject().equals(answer.node()) || !unheard.contains(t.object()))
        .forEach(rest::add);
    Graph heard = rest.build();
    return answer instanceof Notification
        ? Notification.at(heard, answer.node())
        : Response.at(heard, answer.node());
  }

  private boolean isOthers(String gateway, Term term) {
    return term instanceof Iri name && (own.contains(name) || offers.isOthers(gateway, name));
  }
}
