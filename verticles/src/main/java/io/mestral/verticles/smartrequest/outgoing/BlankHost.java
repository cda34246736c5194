package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A blank host means the address from which the announcement came (Smart API, section 8.7). */
public final class BlankHost {
  private static final Set<String> SCHEMES = Set.of("http", "https", "mqtt", "mqtts");

  private BlankHost() {}

  /**
   * The same message with that address for each interface of a scheme we call whose host is blank
   * or isn't said. What was sent stays as it is.
   */
  public static Received filled(Received received, String address) {
    boolean mayAnnounce =
        received.message().getClass() == Request.class
            || received.message().getClass() == Notification.class;
    if (!mayAnnounce) return received;
    Graph graph = received.message().graph();
    Set<Resource> blank = new LinkedHashSet<>();
    for (Triple one : (Iterable<Triple>) graph.triples()::iterator)
      if (one.predicate().equals(SmartApi.INTERFACE)
          && one.object() instanceof Resource node
          && isBlank(graph, node)) blank.add(node);
    if (blank.isEmpty()) return received;
    Graph.Builder filled = Graph.builder();
    for (Triple one : (Iterable<Triple>) graph.triples()::iterator)
      if (!one.predicate().equals(SmartApi.HOST) || !blank.contains(one.subject())) filled.add(one);
    blank.forEach(node -> filled.add(node, SmartApi.HOST, Literal.of(address)));
    return new Received(
        like(received.message(), filled.build()),
        received.original(),
        received.syntax(),
        received.jsonLd());
  }

  private static Message like(Message message, Graph graph) {
    return message instanceof Request
        ? Request.at(graph, message.node())
        : Notification.at(graph, message.node());
  }

  private static boolean isBlank(Graph graph, Resource node) {
    boolean isCalled =
        graph.objects(node, SmartApi.SCHEME).stream()
            .anyMatch(one -> SCHEMES.contains(text(one).toLowerCase(Locale.ROOT)));
    return isCalled
        && graph.objects(node, SmartApi.HOST).stream().allMatch(one -> text(one).isBlank());
  }

  private static String text(Term term) {
    return term instanceof Literal literal ? literal.lexical() : term.toString();
  }
}
