package io.mestral.verticles.http.smartapi;

import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.smartrequest.keys.NodeKeys;
import io.mestral.verticles.smartrequest.keys.OwnKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** What the node's keys are, for all (Smart API, section 7.3). */
public final class NodeKeysResource {
  private final NodeKeys keys;
  private final MessageWriter writer = new MessageWriter();

  /** Tells of these. */
  public NodeKeysResource(NodeKeys keys) {
    this.keys = keys;
  }

  /** Those that are good now. */
  public Future<Answer> show(Exchange exchange) {
    List<OwnKey> current = keys.current();
    if (current.isEmpty()) throw Problem.unavailable("The node has no keys just now");
    Graph graph = keys.published();
    Resource newest = current.get(current.size() - 1).id();
    Syntax syntax = Accept.best(exchange.headers("Accept")).orElse(Syntax.TURTLE);
    Document document = writer.asItIs(graph, newest, Manner.unasked(QudtFamily.MODERN).in(syntax));
    return Future.succeededFuture(
        new Answer(
            200,
            document.contentType() + "; charset=utf-8",
            Buffer.buffer(document.body()),
            Map.of("Vary", "Accept"),
            false));
  }
}
