package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.HashAlgorithm;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.canonical.WorkBudget;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multibase;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Sec;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes proofs, and checks signatures: what is signed is the hash of the proof's options followed
 * by the hash of the secured graph, both in canonical form (Smart API, section 7.2).
 *
 * @param engine computes the signatures
 * @param budget how much work goes into the canonical forms of one proof
 */
public record Proofs(CryptoEngine engine, WorkBudget budget) {

  /** The fastest engine there is, and the default budget. */
  public Proofs() {
    this(CryptoEngine.fastest(), WorkBudget.DEFAULT);
  }

  /**
   * Adds a proof without an end to a node.
   *
   * @param graph the message; other proofs on the node stay what they are
   * @param subject the node
   * @param signer who signs
   * @param created the proof's time, kept to the millisecond
   * @return the message with the proof
   * @throws SmartApiException of type SecurityError if nothing is stated about the node, or if it
   *     has no canonical form
   */
  public Graph sign(Graph graph, Resource subject, Signer signer, Instant created) {
    return sign(graph, subject, signer, created, Optional.empty());
  }

  /**
   * Adds a proof to a node.
   *
   * @param graph the message; other proofs on the node stay what they are
   * @param subject the node
   * @param signer who signs
   * @param created the proof's time, kept to the millisecond
   * @param expiration until when the proof holds, or nothing
   * @return the message with the proof
   * @throws SmartApiException of type SecurityError if nothing is stated about the node, or if it
   *     has no canonical form
   */
  public Graph sign(
      Graph graph, Resource subject, Signer signer, Instant created, Optional<Instant> expiration) {
    KeyType type = signer.key().publicKey().type();
    Blank node = new Blank();
    Graph.Builder options = Graph.builder();
    options
        .add(node, Rdf.TYPE, Sec.DATA_INTEGRITY_PROOF)
        .add(node, Sec.CRYPTOSUITE, Literal.of(Cryptosuite.of(type).id(), Sec.CRYPTOSUITE_STRING))
        .add(node, Dct.CREATED, Literal.of(created))
        .add(node, Sec.VERIFICATION_METHOD, signer.verificationMethod())
        .add(node, Sec.PROOF_PURPOSE, Sec.ASSERTION_METHOD);
    expiration.ifPresent(end -> options.add(node, Sec.EXPIRATION, Literal.of(end)));
    Graph made = options.build();
    byte[] signature =
        engine.sign(
            signer.key(), new Secured(graph, subject, budget).signingInput(made, type.hash()));
    return Graph.builder()
        .addAll(graph)
        .add(subject, Sec.PROOF, node)
        .addAll(made)
        .add(node, Sec.PROOF_VALUE, Literal.of(Multibase.base58(signature), Sec.MULTIBASE))
        .build();
  }

  /** Whether a key has made the signature of a proof. */
  boolean isSignedBy(Multikey key, Secured secured, Resource proof) {
    byte[] signature = Proof.value(secured.message, proof);
    Graph.Builder options = Graph.builder();
    secured
        .message
        .triplesOf(proof)
        .filter(triple -> !triple.predicate().equals(Sec.PROOF_VALUE))
        .forEach(options::add);
    return engine.verify(key, secured.signingInput(options.build(), key.type().hash()), signature);
  }

  /** A node's secured graph, and its hashes for as many proofs as there are. */
  static final class Secured {
    private final Graph message;
    private final Graph graph;
    private final WorkBudget budget;
    private final Map<HashAlgorithm, byte[]> hashes = new EnumMap<>(HashAlgorithm.class);

    Secured(Graph message, Resource subject, WorkBudget budget) {
      this.message = message;
      this.graph = SecuredGraph.of(message, subject);
      this.budget = budget;
    }

    Graph graph() {
      return graph;
    }

    private byte[] signingInput(Graph options, HashAlgorithm hash) {
      WorkBudget.Meter meter = budget.start();
      byte[] first = hash.of(Canonical.form(options, hash, meter));
      byte[] second = hashes.computeIfAbsent(hash, h -> h.of(Canonical.form(graph, h, meter)));
      byte[] input = new byte[first.length + second.length];
      System.arraycopy(first, 0, input, 0, first.length);
      System.arraycopy(second, 0, input, first.length, second.length);
      return input;
    }
  }
}
