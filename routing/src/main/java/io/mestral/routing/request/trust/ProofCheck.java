package io.mestral.routing.request.trust;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.security.encryption.References;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.vocabulary.Sec;
import java.time.Clock;
import java.util.Map;

/**
 * Checks the proofs of one message: on itself and on its Activities those of its sender, on its
 * Entities those of whoever made them.
 */
final class ProofCheck {
  private final ProofVerifier verifier;
  private final KeyResolver keys;

  ProofCheck(Proofs proofs, KeyResolver keys, Clock clock) {
    this.verifier = new ProofVerifier(proofs, keys, clock);
    this.keys = keys;
  }

  /**
   * Whether a message is proven to be its sender's.
   *
   * @param sent as it came; a proof on the message may have been made before or after parts were
   *     encrypted
   * @param opened the same with parts decrypted
   * @param isVouchedFor whether keys needn't be known here
   * @throws SmartApiException of type SecurityError if a proof doesn't hold
   */
  boolean holds(Graph sent, Received opened, boolean isVouchedFor) {
    Message message = opened.message();
    Graph graph = opened.original();
    Iri sender = message.generatedBy().orElseThrow();
    for (Activity one : message.activities()) {
      if (isToCheck(graph, one.node(), isVouchedFor)) verifier.verifyFor(graph, one.node(), sender);
      one.entities().forEach(entity -> check(graph, entity.node(), isVouchedFor));
    }
    message.entities().forEach(entity -> check(graph, entity.node(), isVouchedFor));
    if (!isToCheck(graph, message.node(), isVouchedFor)) return false;
    try {
      verifier.verifyFor(graph, message.node(), sender);
      return true;
    } catch (SmartApiException cause) {
      if (isSealed(graph)) return false; // it may hold for what can't be read here
      if (sent.equals(graph)) throw cause;
      verifier.verifyFor(sent, message.node(), sender);
      return true;
    }
  }

  private void check(Graph graph, Resource node, boolean isVouchedFor) {
    if (isToCheck(graph, node, isVouchedFor)) verifier.verify(graph, node);
  }

  private boolean isToCheck(Graph graph, Resource node, boolean isVouchedFor) {
    boolean isSigned = !graph.objects(node, Sec.PROOF).isEmpty();
    return isSigned && (!isVouchedFor || isKnown(graph, node));
  }

  /** Whether it is known here whose the keys of all its proofs are. */
  private boolean isKnown(Graph graph, Resource node) {
    for (Term proof : graph.objects(node, Sec.PROOF))
      if (proof instanceof Resource one)
        for (Term key : graph.objects(one, Sec.VERIFICATION_METHOD))
          if (key instanceof Iri id && !isKnown(graph, id)) return false;
    return true;
  }

  private boolean isKnown(Graph graph, Iri key) {
    try {
      keys.resolve(graph, key);
      return true;
    } catch (SmartApiException unknown) {
      return false;
    }
  }

  /** Whether there is a part that is encrypted to others. */
  private static boolean isSealed(Graph graph) {
    return graph.subjects().stream()
        .anyMatch(node -> References.isEncrypted(graph, node, Map.of()));
  }
}
