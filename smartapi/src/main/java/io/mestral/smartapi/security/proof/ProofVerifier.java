package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.TrustedKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks proofs: well-formed, of now, made with a key of which it is known whose it is, over just
 * what the message says (Smart API, sections 7.2 and 7.3).
 *
 * @param proofs checks the signatures
 * @param keys finds the keys
 * @param clock tells the time
 */
public record ProofVerifier(Proofs proofs, KeyResolver keys, Clock clock) {
  /** How far the clocks of sender and receiver may differ. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(120);

  private static final int MOST_PROOFS = 16;

  /**
   * Checks all proofs on a node.
   *
   * @param message the message
   * @param subject the node
   * @return its proofs, at least one
   * @throws SmartApiException of type SecurityError if there is none, or if one doesn't hold
   */
  public List<VerifiedProof> verify(Graph message, Resource subject) {
    Proofs.Secured secured = new Proofs.Secured(message, subject, proofs.budget());
    List<VerifiedProof> verified = new ArrayList<>();
    for (Resource node : nodes(message, subject)) {
      Proof proof = Proof.read(message, node);
      verified.add(verify(secured, proof, keys.resolve(message, proof.verificationMethod())));
    }
    return List.copyOf(verified);
  }

  /**
   * Checks that a node has a proof that counts for its sender: made by the sender, or by someone
   * who may speak for it. Other proofs on the node are passed over.
   *
   * @param message the message
   * @param subject the node
   * @param sender who says to have sent it
   * @return the first proof that counts
   * @throws SmartApiException of type SecurityError if there is none, or if the first of them
   *     doesn't hold
   */
  public VerifiedProof verifyFor(Graph message, Resource subject, Iri sender) {
    Proofs.Secured secured = new Proofs.Secured(message, subject, proofs.budget());
    SmartApiException passedOver = null;
    for (Resource node : nodes(message, subject)) {
      Proof proof = Proof.read(message, node);
      TrustedKey key;
      try {
        key = keys.resolve(message, proof.verificationMethod());
      } catch (SmartApiException e) {
        passedOver = e; // told if no other proof counts
        continue;
      }
      if (keys.countsFor(key, sender)) {
        return verify(secured, proof, key);
      }
      passedOver =
          Proof.wrong(
              node,
              "The proof on "
                  + subject
                  + " was made by "
                  + key.controller()
                  + ", who may not speak for "
                  + sender
                  + ".");
    }
    throw passedOver;
  }

  private static List<Resource> nodes(Graph message, Resource subject) {
    List<Resource> nodes = Proof.nodes(message, subject);
    if (nodes.isEmpty()) {
      throw Proof.wrong(subject, "There is no proof on " + subject + ".");
    }
    if (nodes.size() > MOST_PROOFS) {
      throw Proof.wrong(
          subject,
          subject + " has " + nodes.size() + " proofs, at most " + MOST_PROOFS + " are taken.");
    }
    return nodes;
  }

  private VerifiedProof verify(Proofs.Secured secured, Proof proof, TrustedKey key) {
    checkTimes(proof);
    Cryptosuite suite = Cryptosuite.of(key.key().type());
    if (proof.suite() != suite) {
      throw Proof.wrong(
          proof.node(),
          "The proof's suite is %s, its key %s is of %s and signs with %s."
              .formatted(
                  proof.suite().id(), key.id(), key.key().type().standardName(), suite.id()));
    }
    if (!proofs.isSignedBy(key.key(), secured, proof.node())) {
      throw Proof.wrong(
          proof.node(),
          "The proof made with "
              + key.id()
              + " doesn't fit: the message was changed, or signed with another key.");
    }
    return new VerifiedProof(proof, key, secured.graph());
  }

  private void checkTimes(Proof proof) {
    Instant now = clock.instant();
    if (proof.created().isAfter(now.plus(CLOCK_SKEW))) {
      throw Proof.wrong(
          proof.node(), "The proof was created at " + proof.created() + ", it is " + now + " now.");
    }
    if (proof.expiration().isPresent()
        && proof.expiration().get().isBefore(now.minus(CLOCK_SKEW))) {
      throw Proof.wrong(
          proof.node(),
          "The proof expired at " + proof.expiration().get() + ", it is " + now + " now.");
    }
  }
}
