package io.mestral.routing.request.open;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.vertx.core.Future;

/** A way to clients: what comes after their requests were answered with a Status goes over it. */
public interface ClientLink {
  /**
   * Tells a client what became of its request, or of what it subscribed to. Whom it doesn't reach
   * this way isn't told by it. Succeeds with whether there was somebody to hear it.
   *
   * @param message a graph with a Notification
   * @param node the Notification's IRI
   */
  Future<Boolean> tell(GatewayLink.Client client, Graph message, Iri node);
}
