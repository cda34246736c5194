package io.mestral.smartapi.security.proof;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.security.key.Multibase;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Sec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a proof's node says (Smart API, section 7.2), well-formed and not yet checked.
 *
 * @param node the proof's node
 * @param suite how it was signed
 * @param verificationMethod the key's IRI
 * @param created when
 * @param expiration until when it holds, or nothing
 */
public record Proof(
    Resource node,
    Cryptosuite suite,
    Iri verificationMethod,
    Instant created,
    Optional<Instant> expiration) {

  /**
   * Reads a proof's node.
   *
   * @param graph the message
   * @param node the proof's node
   * @return the proof
   * @throws SmartApiException of type SecurityError if a part is missing, twice there or malformed,
   *     or if suite or purpose aren't known here
   */
  public static Proof read(Graph graph, Resource node) {
    if (!graph.contains(node, Rdf.TYPE, Sec.DATA_INTEGRITY_PROOF)) {
      throw wrong(node, "A proof isn't of type sec:DataIntegrityProof, others aren't known here.");
    }
    Term purpose = only(graph, node, Sec.PROOF_PURPOSE, "sec:proofPurpose");
    if (!purpose.equals(Sec.ASSERTION_METHOD)) {
      throw wrong(
          node, "The proof's purpose is " + purpose + ", only sec:assertionMethod is allowed.");
    }
    if (!(only(graph, node, Sec.VERIFICATION_METHOD, "sec:verificationMethod")
        instanceof Iri method)) {
      throw wrong(node, "The proof's sec:verificationMethod isn't an IRI.");
    }
    Optional<Instant> expiration =
        graph.objects(node, Sec.EXPIRATION).isEmpty()
            ? Optional.empty()
            : Optional.of(moment(graph, node, Sec.EXPIRATION, "sec:expiration"));
    Instant created = moment(graph, node, Dct.CREATED, "dct:created");
    return new Proof(node, suite(graph, node), method, created, expiration);
  }

  private static Cryptosuite suite(Graph graph, Resource node) {
    String id = text(graph, node, Sec.CRYPTOSUITE, Sec.CRYPTOSUITE_STRING);
    return Cryptosuite.named(id)
        .orElseThrow(
            () ->
                wrong(
                    node,
                    "The proof's suite is \""
                        + id
                        + "\", known here are eddsa-rdfc-2022 and ecdsa-rdfc-2019."));
  }

  private static Instant moment(Graph graph, Resource node, Iri predicate, String name) {
    Term value = only(graph, node, predicate, name);
    return Moments.read(value)
        .orElseThrow(
            () -> wrong(node, "The proof's " + name + " is " + value + ", no xsd:dateTime."));
  }

  /** The signature, of {@code sec:proofValue}. */
  static byte[] value(Graph graph, Resource node) {
    String text = text(graph, node, Sec.PROOF_VALUE, Sec.MULTIBASE);
    if (!text.startsWith("z")) {
      throw wrong(node, "The proof's sec:proofValue doesn't begin with z, for base58btc.");
    }
    return Multibase.decode(text);
  }

  private static String text(Graph graph, Resource node, Iri predicate, Iri datatype) {
    String name = "sec:" + predicate.value().substring(Sec.NAMESPACE.length());
    Term value = only(graph, node, predicate, name);
    if (value instanceof Literal literal && literal.datatype().equals(datatype)) {
      return literal.lexical();
    }
    throw wrong(node, "The proof's " + name + " is " + value + ", no literal of " + datatype + ".");
  }

  private static Term only(Graph graph, Resource node, Iri predicate, String name) {
    Collection<Term> values = graph.objects(node, predicate);
    if (values.size() != 1) {
      throw wrong(
          node, "The proof has " + values.size() + " values of " + name + ", it needs one.");
    }
    return values.iterator().next();
  }

  /** The nodes of a subject's proofs. */
  static List<Resource> nodes(Graph graph, Resource subject) {
    return graph.objects(subject, Sec.PROOF).stream()
        .map(
            value -> {
              if (value instanceof Resource node && graph.describes(node)) {
                return node;
              }
              throw wrong(subject, "The sec:proof of " + subject + " isn't described.");
            })
        .toList();
  }

  static SmartApiException wrong(Resource node, String message) {
    return new SmartApiException(ErrorType.SECURITY_ERROR, message, node);
  }
}
