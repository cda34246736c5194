package io.mestral.smartapi.security.encryption;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Encrypts a part of a message for some recipients (Smart API, section 7.5). The part is a node and
 * its secured graph with all proofs, so what is signed is signed first; a stub stays in its place.
 *
 * @param engine computes agreements
 * @param parts whether a JWE over 64 KiB goes beside the message; over HTTP it may, over MQTT not
 */
public record Encryption(CryptoEngine engine, boolean parts) {
  private static final int LONGEST_INSIDE = 64 << 10;

  /**
   * Encrypts a part.
   *
   * @param message the message
   * @param node the part's node; one without an IRI gets one
   * @param sender who encrypts, told to the recipients in {@code apu}
   * @param recipients who can decrypt it, at least one
   * @return the message with a stub
   * @throws SmartApiException of type SecurityError if nothing is stated about the node, if a node
   *     without an IRI is signed already, or if a blank node is used both inside and outside of the
   *     part
   */
  public Encrypted encrypt(Graph message, Resource node, Iri sender, List<Recipient> recipients) {
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a part is encrypted for at least one recipient");
    }
    if (node instanceof Blank blank) {
      Iri minted = new Iri("urn:uuid:" + UUID.randomUUID());
      return encrypt(named(message, blank, minted), minted, sender, recipients);
    }
    Iri reference = (Iri) node;
    Graph plain = SecuredGraph.withProofs(message, reference);
    Graph.Builder rest = Graph.builder();
    message.triples().filter(triple -> !isIn(plain, triple)).forEach(rest::add);
    Graph outside = rest.build();
    refuseShared(plain, outside);
    byte[] form = Canonical.form(plain);
    String jwe = new Jwe(engine).encrypt(form, sender, recipients);
    boolean beside = parts && jwe.length() > LONGEST_INSIDE;
    Graph.Builder stubbed = Graph.builder().addAll(outside);
    addStub(stubbed, plain, reference);
    stubbed.add(reference, SmartApi.HASH_CODE, Literal.of(Multihash.of(form)));
    if (beside) {
      stubbed.add(reference, Rdf.TYPE, Types.MULTIPART_REFERENCE);
    } else {
      stubbed.add(reference, Sx.JWE, Literal.of(jwe));
    }
    return new Encrypted(
        stubbed.build(),
        reference,
        beside ? Optional.of(jwe.getBytes(StandardCharsets.UTF_8)) : Optional.empty());
  }

  private static boolean isIn(Graph plain, Triple triple) {
    return plain.contains(triple.subject(), triple.predicate(), triple.object());
  }

  private static void addStub(Graph.Builder stubbed, Graph plain, Iri reference) {
    plain.objects(reference, Rdf.TYPE).forEach(type -> stubbed.add(reference, Rdf.TYPE, type));
    stubbed
        .add(reference, Rdf.TYPE, Types.REFERENCE)
        .add(reference, Rdf.TYPE, Types.ENCRYPTED_REFERENCE)
        .add(reference, SmartApi.ENCRYPTION_KEY_TYPE, Types.PUBLIC_KEY);
  }

  /** The message with an IRI in place of a blank node. */
  private static Graph named(Graph message, Blank blank, Iri name) {
    boolean signed = message.triples().anyMatch(t -> t.predicate().equals(Sec.PROOF));
    if (signed) {
      throw new SmartApiException(
          ErrorType.SECURITY_ERROR,
          "The node to encrypt needs an IRI before anything is signed: it would change with it.",
          blank);
    }
    Graph.Builder named = Graph.builder();
    message
        .triples()
        .forEach(
            t ->
                named.add(
                    t.subject().equals(blank) ? name : t.subject(),
                    t.predicate(),
                    t.object().equals(blank) ? name : t.object()));
    return named.build();
  }

  /** A blank node inside would be another one than the same outside, once it is decrypted. */
  private static void refuseShared(Graph plain, Graph outside) {
    Set<Term> inside = new HashSet<>();
    plain
        .triples()
        .forEach(
            t -> {
              inside.add(t.subject());
              inside.add(t.object());
            });
    outside
        .triples()
        .flatMap(t -> Stream.of(t.subject(), t.object()))
        .filter(term -> term instanceof Blank && inside.contains(term))
        .findFirst()
        .ifPresent(
            shared -> {
              throw new SmartApiException(
                  ErrorType.SECURITY_ERROR,
                  "A blank node is used both inside and outside of what is to be encrypted; give it"
                      + " an IRI.",
                  (Resource) shared);
            });
  }
}
