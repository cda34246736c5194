package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose word a Request is, and who can read it; Smart API, sections 7.2, 7.3 and 7.5. */
class SignedRequestsTest extends SmartApiHttpTest {
  private static final Iri NODE = new Iri("http://example.org/id/node");
  private static final Iri ALICE = new Iri("https://client.example/id/alice");
  private static final Iri KEY = new Iri("https://client.example/id/alice#key-1");
  private static final Iri AGREEMENT = new Iri("https://client.example/id/alice#key-2");
  private static final SecretMultikey SIGNING = secret(KeyType.ED25519);
  private static final SecretMultikey AGREEING = secret(KeyType.P_256);

  private static SecretMultikey secret(KeyType type) {
    return SecretMultikey.generate(type, new SecureRandom());
  }

  @BeforeEach
  void aliceMayWriteTheDoorAndHerKeyIsBelieved() {
    believe(KEY, ALICE, SIGNING);
    Received grant =
        request(
            new Iri("http://example.org/id/users/" + ada.user().uuid()),
            """
            smartapi:activity [ a smartapi:Activity ; smartapi:method sx:Create ; smartapi:entity fleet:door ] .
            fleet:door a ex:Door ; ex:code "4711" ;
              sx:authorization [ a sx:Authorization ; sx:grantee <%s> ;
                sx:grantedMethod smartapi:Read , smartapi:Write ]
            """
                .formatted(ALICE.value()));
    assertThat(errors(ask(ada, grant.original()))).isEmpty();
  }

  private static final String READ =
      """
      smartapi:activity <urn:uuid:00000000-0000-4000-8000-00000000000a> .
      <urn:uuid:00000000-0000-4000-8000-00000000000a> a smartapi:Activity ;
        smartapi:method smartapi:Read ; smartapi:entity fleet:door
      """;

  private static final String WRITE =
      """
      smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Write ; smartapi:entity fleet:door ] .
      fleet:door ex:level [ a smartapi:ValueObject ; rdf:value 5 ]
      """;

  private Graph signed(Received request) {
    return signed(request.original(), request, new Signer(KEY, SIGNING));
  }

  private Graph signed(Graph graph, Received request, Signer signer) {
    return new Proofs().sign(graph, request.message().node(), signer, node.clock.instant());
  }

  private static void assertRefused(Message answer, ErrorType type, String why) {
    assertThat(answer.errors()).singleElement().matches(one -> one.isA(type.type()));
    assertThat(errors(answer).get(0)).contains(why);
  }

  private static String text(Graph graph) {
    return new String(new NTriplesWriter().write(graph), StandardCharsets.UTF_8);
  }

  private Graph published() {
    return new TurtleReader(Limits.DEFAULT)
        .read(get("/smartapi/v1.0e1.0/key").send().body().getBytes());
  }

  private ProofVerifier ofTheNode() {
    Graph published = published();
    TrustStore store =
        new TrustStore() {
          @Override
          public Optional<TrustedKey> key(Iri id) {
            KeyNode key = KeyNode.read(published, id);
            return Optional.of(new TrustedKey(id, key.controller(), key.key()));
          }

          @Override
          public boolean maySpeakFor(Iri controller, Iri sender) {
            return false;
          }
        };
    CertificateTrust none =
        new CertificateTrust(
            List.of(), Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, node.clock);
    return new ProofVerifier(
        new Proofs(), new KeyResolver(store, none, KeyServer.NONE), node.clock);
  }

  @Test
  void whoeverSignsMayDoWhatWasGrantedToThemAndGetsASignedAnswer() {
    assertThat(errors(ask(null, request(ALICE, WRITE).original()))).isNotEmpty();
    Message answer = ask(null, signed(request(ALICE, WRITE)));
    assertThat(errors(answer)).isEmpty();
    ofTheNode().verifyFor(answer.graph(), answer.node(), NODE);
    Message read = ask(ada, request(ALICE, READ).original());
    assertThat(errors(read)).singleElement().asString().contains("Passing on messages of others");
    assertThat(text(ask(bob, signed(request(ALICE, READ))).graph())).contains("4711");
  }

  @Test
  void aRequestThatWasChangedOrSignedBySomebodyElseIsRefused() {
    Received request = request(ALICE, WRITE);
    Graph changed =
        Graph.builder()
            .addAll(signed(request))
            .add(
                request.message().node(),
                new Iri("https://example.org/vocab#more"),
                new Iri("https://example.org/vocab#thing"))
            .build();
    assertRefused(ask(null, changed), ErrorType.SECURITY_ERROR, "doesn't fit");
    Signer stranger = new Signer(new Iri("https://client.example/id/eve#key-1"), SIGNING);
    assertRefused(
        ask(null, signed(request.original(), request, stranger)),
        ErrorType.SECURITY_ERROR,
        "isn't known here");
    Received other = request(new Iri("https://client.example/id/bob"), WRITE);
    assertRefused(ask(null, signed(other)), ErrorType.SECURITY_ERROR, "may not speak for");
    assertRefused(ask(ada, signed(other)), ErrorType.SECURITY_ERROR, "may not speak for");
  }

  @Test
  void aSignedRequestIsTakenForFiveMinutes() {
    Received request = request(ALICE, READ);
    Graph signed = signed(request);
    node.clock.forward(Duration.ofSeconds(301));
    assertRefused(ask(null, signed), ErrorType.INVALID_REQUEST, "300 s");
    node.clock.forward(Duration.ofSeconds(-301));
    Message first = ask(null, signed);
    assertThat(errors(first)).isEmpty();
    assertThat(ask(null, signed).iri()).isEqualTo(first.iri());
  }

  @Test
  void anEntitysProofIsCheckedToo() {
    Received request = request(ALICE, WRITE);
    Iri door = new Iri("https://fleet.example/id/door");
    Graph onEntity =
        new Proofs().sign(request.original(), door, new Signer(KEY, SIGNING), node.clock.instant());
    assertThat(errors(ask(null, signed(onEntity, request, new Signer(KEY, SIGNING))))).isEmpty();
    Received again = request(ALICE, WRITE);
    Graph wrong =
        new Proofs()
            .sign(
                again.original(),
                door,
                new Signer(KEY, secret(KeyType.ED25519)),
                node.clock.instant());
    assertRefused(
        ask(null, signed(wrong, again, new Signer(KEY, SIGNING))),
        ErrorType.SECURITY_ERROR,
        "doesn't fit");
  }

  private Graph encrypted(Received request, SecretMultikey... carried) {
    KeyNode key = KeyNode.read(published(), new Iri(NODE.value() + "#key-2"));
    List<Recipient> node = List.of(new Recipient.Agreement(key.id(), NODE, key.key()));
    Graph.Builder graph = Graph.builder().addAll(request.original());
    for (SecretMultikey one : carried)
      new KeyNode(AGREEMENT, ALICE, one.publicKey(), List.of()).addTo(graph);
    return new Encryption(CryptoEngine.fastest(), false)
        .encrypt(
            graph.build(),
            request.message().activities().get(0).node(),
            request.message().generatedBy().orElseThrow(),
            node)
        .message();
  }

  private static String decrypted(Message answer) {
    return text(
        new Decryption(
                CryptoEngine.fastest(),
                id -> Optional.of(new DecryptionKey.Agreement(AGREEING)),
                Limits.DEFAULT)
            .decrypt(answer.graph(), Map.of()));
  }

  @Test
  void whatIsAskedEncryptedIsAnsweredEncrypted() {
    believe(AGREEMENT, ALICE, AGREEING);
    Received request = request(ALICE, READ);
    Graph sent = signed(encrypted(request), request, new Signer(KEY, SIGNING));
    Message answer = ask(null, sent);
    assertThat(errors(answer)).isEmpty();
    assertThat(text(answer.graph())).doesNotContain("4711");
    assertThat(decrypted(answer)).contains("4711");
    ofTheNode().verifyFor(answer.graph(), answer.node(), NODE);
    assertThat(text(ask(null, sent).graph())).doesNotContain("4711");
  }

  @Test
  void signingComesBeforeEncryptingOrAfterIt() {
    believe(AGREEMENT, ALICE, AGREEING);
    Received request = request(ALICE, READ);
    Graph first = signed(request);
    Received signed = new Received(request.message(), first, Syntax.TURTLE, request.jsonLd());
    Message answer = ask(null, encrypted(signed));
    assertThat(errors(answer)).isEmpty();
    assertThat(decrypted(answer)).contains("4711");
  }

  @Test
  void withoutAKeyToEncryptToNothingIsAnsweredInTheClear() {
    Received request = request(ALICE, READ);
    Graph sent = signed(encrypted(request), request, new Signer(KEY, SIGNING));
    assertRefused(ask(null, sent), ErrorType.SECURITY_ERROR, "no key on P-256");
    Graph carried = signed(encrypted(request, AGREEING), request, new Signer(KEY, SIGNING));
    assertRefused(ask(null, carried), ErrorType.SECURITY_ERROR, "no key on P-256");
  }

  @Test
  void whatIsEncryptedToNobodyKnownHereIsRefused() {
    Received request = request(ALICE, READ);
    List<Recipient> other =
        List.of(
            new Recipient.Agreement(
                new Iri("https://fleet.example/id/door#key"),
                new Iri("https://fleet.example/id/door"),
                AGREEING.publicKey()));
    Graph sent =
        new Encryption(CryptoEngine.fastest(), false)
            .encrypt(request.original(), request.message().activities().get(0).node(), ALICE, other)
            .message();
    Graph signed = signed(sent, request, new Signer(KEY, SIGNING));
    assertRefused(ask(null, signed), ErrorType.INVALID_REQUEST, "has no smartapi:target");
    Received again = request(ALICE, READ);
    Graph targeted =
        Graph.builder()
            .addAll(
                new Encryption(CryptoEngine.fastest(), false)
                    .encrypt(
                        again.original(), again.message().activities().get(0).node(), ALICE, other)
                    .message())
            .add(
                again.message().node(),
                new Iri("http://smart-api.io/ontology/1.0/smartapi#target"),
                new Iri("https://fleet.example/id/door"))
            .build();
    assertRefused(
        ask(null, signed(targeted, again, new Signer(KEY, SIGNING))),
        ErrorType.SECURITY_ERROR,
        "isn't encrypted to a key of this node");
  }
}
