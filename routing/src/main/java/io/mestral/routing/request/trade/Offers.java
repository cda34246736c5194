package io.mestral.routing.request.trade;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Makes offers (Smart API, section 2.12, rules 1 and 2): the Entity with what was asked of it, and
 * its owner's Offerings, each with a nonce, an end, the Entity it is for, and this node's proof. So
 * nothing has to be remembered of them.
 */
final class Offers {
  /** How long an offer holds that doesn't end before. */
  static final Duration HOLDS = Duration.ofHours(24);

  private static final int NONCE_BYTES = 16;
  private static final Set<Iri> MADE_HERE =
      Set.of(Sx.NONCE, Gr.VALID_THROUGH, Gr.INCLUDES, Sec.PROOF);

  private final Proofs proofs = new Proofs();
  private final SecureRandom random = new SecureRandom();

  /**
   * One Entity as it is offered.
   *
   * @param priced without values
   */
  Entity offer(Entity priced, Activity asked, Signer signer, Instant now) {
    Graph.Builder graph = Graph.builder();
    for (Term type : priced.graph().objects(priced.node(), Rdf.TYPE))
      graph.add(priced.node(), Rdf.TYPE, type);
    boolean isAnythingAsked = false;
    for (Entity template : asked.entities())
      if (template.iri().isEmpty() || template.node().equals(priced.node()))
        isAnythingAsked |= echo(graph, template, priced.node());
    if (!isAnythingAsked)
      priced
          .graph()
          .triples()
          .filter(t -> !t.predicate().equals(Gr.OFFERS) || !t.subject().equals(priced.node()))
          .forEach(graph::add);
    List<Offering> offerings = PriceTag.offerings(priced).toList();
    Graph made = Entity.at(graph.build(), priced.node()).closure();
    for (Offering one : offerings) made = sealed(made, priced.node(), one, signer, now);
    return Entity.at(made, priced.node());
  }

  /** What a template asks for, as it asks. Whether it asks for anything in particular. */
  private static boolean echo(Graph.Builder graph, Entity template, Resource node) {
    boolean asks = false;
    Graph all = template.graph();
    for (Triple triple : (Iterable<Triple>) all.triplesOf(template.node())::iterator)
      if (triple.object() instanceof Resource branch && isAskedFor(all, branch)) {
        graph.add(node, triple.predicate(), branch);
        Entity.at(all, branch).closure().triples().forEach(graph::add);
        asks = true;
      }
    return asks;
  }

  private static boolean isAskedFor(Graph graph, Resource branch) {
    if (PriceTag.isValue(graph, branch)) return graph.objects(branch, Rdf.VALUE).isEmpty();
    return graph.objects(branch, Rdf.TYPE).contains(Types.PARAMETER)
        && graph.objects(branch, Rdf.VALUE).stream()
            .anyMatch(value -> value instanceof Resource one && isAskedFor(graph, one));
  }

  private Graph sealed(Graph entity, Resource item, Offering standing, Signer signer, Instant now) {
    Blank node = new Blank();
    Blank included = new Blank();
    Instant end =
        standing.validThrough().filter(now.plus(HOLDS)::isAfter).orElseGet(() -> now.plus(HOLDS));
    Graph.Builder graph = Graph.builder().addAll(entity).add(item, Gr.OFFERS, node);
    standing
        .graph()
        .triplesOf(standing.node())
        .filter(t -> !MADE_HERE.contains(t.predicate()))
        .forEach(
            t -> {
              graph.add(node, t.predicate(), t.object());
              if (t.object() instanceof Resource part && !t.predicate().equals(Rdf.TYPE))
                Offering.at(standing.graph(), part).closure().triples().forEach(graph::add);
            });
    graph
        .add(node, Sx.NONCE, Literal.of(nonce()))
        .add(node, Gr.VALID_THROUGH, Literal.of(end))
        .add(node, Gr.INCLUDES, included)
        .add(included, Rdf.TYPE, Gr.SOME_ITEMS)
        .add(included, SmartApi.SYSTEM_OF_INTEREST, item);
    return proofs.sign(graph.build(), node, signer, now);
  }

  /** Random text that nobody guesses. */
  String nonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
