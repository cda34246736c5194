package io.mestral.routing.request.open;

import io.mestral.smartapi.dialect.Dialect;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.UUID;

/**
 * A request as the next one gets it: unchanged, but for the way it took, and for a name when it had
 * none (Smart API, sections 2.1 and 2.14).
 */
final class PassedOn {
  private static final long USUAL_HOPS = 16;

  private PassedOn() {}

  static Received of(Received received, Iri self) {
    Request request = (Request) received.message();
    Resource before = request.node();
    Resource name = request.iri().orElseGet(() -> new Iri("urn:uuid:" + UUID.randomUUID()));
    Graph.Builder graph = Graph.builder();
    for (Triple t : (Iterable<Triple>) received.original().triples()::iterator)
      if (!t.subject().equals(before) || !t.predicate().equals(Sx.HOP_LIMIT))
        graph.add(renamed(t.subject(), before, name), t.predicate(), object(t, before, name));
    graph.add(name, Sx.VIA, self);
    graph.add(name, Sx.HOP_LIMIT, Literal.of(request.hopLimit().orElse(USUAL_HOPS) - 1));
    Graph original = graph.build();
    return new Received(
        Request.at(Dialect.normalise(original), name),
        original,
        received.syntax(),
        received.jsonLd());
  }

  private static Resource renamed(Resource node, Resource before, Resource name) {
    return node.equals(before) ? name : node;
  }

  private static Term object(Triple t, Resource before, Resource name) {
    return t.object().equals(before) ? name : t.object();
  }
}
