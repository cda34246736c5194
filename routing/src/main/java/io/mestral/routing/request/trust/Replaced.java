package io.mestral.routing.request.trust;

import io.mestral.smartapi.model.message.AliveResponse;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Graph;

/** A message of the same class that says it in another way. */
final class Replaced {
  private Replaced() {}

  static Message of(Message answer, Graph graph) {
    if (answer instanceof Notification) return Notification.at(graph, answer.node());
    return answer instanceof AliveResponse
        ? AliveResponse.at(graph, answer.node())
        : Response.at(graph, answer.node());
  }
}
