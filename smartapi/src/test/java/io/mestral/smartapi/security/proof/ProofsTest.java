package io.mestral.smartapi.security.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.canonical.Canonical;
import io.mestral.smartapi.canonical.HashAlgorithm;
import io.mestral.smartapi.canonical.RandomGraphs;
import io.mestral.smartapi.canonical.SecuredGraph;
import io.mestral.smartapi.canonical.WorkBudget;
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
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.security.TestGraphs;
import io.mestral.smartapi.security.key.BouncyCastleEngine;
import io.mestral.smartapi.security.key.CorrettoEngine;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.Revocation;
import io.mestral.smartapi.security.trust.TrustStore;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProofsTest {
  private static final Iri THERMO = new Iri("https://fleet.example/id/thermo-12");
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/gateway-2");
  private static final Iri KEY = new Iri("https://fleet.example/id/gateway-2#key-1");
  private static final Iri OTHER_KEY = new Iri("https://client.example/id/app#key-1");
  private static final Iri APP = new Iri("https://client.example/id/app");
  private static final Instant CREATED = Instant.parse("2026-03-01T08:05:00Z");
  private static final SecretMultikey SECRET = SecretMultikey.of(KeyType.ED25519, seed());
  private static final Signer SIGNER = new Signer(KEY, SECRET);
  private static final Proofs PROOFS = new Proofs(new BouncyCastleEngine(), WorkBudget.DEFAULT);
  private static final String NO_FIT =
      "The proof made with "
          + KEY
          + " doesn't fit: the message was changed, or signed with another"
          + " key.";

  private static byte[] seed() {
    byte[] seed = new byte[32];
    for (int i = 0; i < seed.length; i++) {
      seed[i] = (byte) i;
    }
    return seed;
  }

  /** Knows keys, and that the gateway may speak for the thermometer. */
  private static final class KnownKeys implements TrustStore {
    private final Map<Iri, TrustedKey> keys = new HashMap<>();

    KnownKeys add(Iri id, Iri controller, SecretMultikey key) {
      keys.put(id, new TrustedKey(id, controller, key.publicKey()));
      return this;
    }

    @Override
    public Optional<TrustedKey> key(Iri id) {
      return Optional.ofNullable(keys.get(id));
    }

    @Override
    public boolean maySpeakFor(Iri controller, Iri sender) {
      return controller.equals(GATEWAY) && sender.equals(THERMO);
    }
  }

  private static ProofVerifier verifier(KnownKeys keys, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    CertificateTrust noRoots =
        new CertificateTrust(
            List.of(), Revocation.NEVER, CertificateTrust.DEFAULT_STATE_AGE, clock);
    return new ProofVerifier(PROOFS, new KeyResolver(keys, noRoots, KeyServer.NONE), clock);
  }

  private static ProofVerifier verifier() {
    return verifier(new KnownKeys().add(KEY, GATEWAY, SECRET), CREATED);
  }

  private static Graph signed() {
    return PROOFS.sign(TestGraphs.turtle("05-notify"), THERMO, SIGNER, CREATED);
  }

  private static Resource proof(Graph graph, Resource subject) {
    return (Resource) graph.object(subject, Sec.PROOF).orElseThrow();
  }

  @Test
  void theTestVectorOfTheSpecificationComesOut() {
    assertThat(SECRET.publicKey().multibase())
        .isEqualTo("z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd");
    Graph signed = signed();
    byte[] form = Canonical.form(SecuredGraph.of(signed, THERMO));
    assertThat(new String(form, StandardCharsets.UTF_8).lines())
        .hasSize(7)
        .anyMatch(line -> line.startsWith("_:c14n0 "));
    assertThat(HexFormat.of().formatHex(HashAlgorithm.SHA_256.of(form)))
        .isEqualTo("9ed88695ebc1816264fc1313b55f6c66e7e1da1eb0b9ccf4b9c61fdfc34986fe");
    assertThat(Multihash.of(form)).isEqualTo("uEiCe2IaV68GBYmT8ExO1X2xm5-HaHrC5zPS5xh_fw0mG_g");

    Resource proof = proof(signed, THERMO);
    Graph.Builder options = Graph.builder();
    signed
        .triplesOf(proof)
        .filter(t -> !t.predicate().equals(Sec.PROOF_VALUE))
        .forEach(options::add);
    assertThat(HexFormat.of().formatHex(HashAlgorithm.SHA_256.of(Canonical.form(options.build()))))
        .isEqualTo("0df461ea28f0c97c103c5aa73b2ac72bcc71cde91dd53ae0156947b5874cd82a");
    assertThat(HexFormat.of().formatHex(Proof.value(signed, proof)))
        .isEqualTo(
            "d1bf004086061c483263443a4c796e492dd1a0980bae88d75dc9b3aadd315560"
                + "85464694629713f42fed94a9a6f42d96826854c151905c81ef2edcf3cca00d00");
    assertThat(signed.object(proof, Sec.PROOF_VALUE))
        .contains(
            Literal.of(
                "z5CDvT6FzTUp7Bmpwu8cBYcfdn3sKqaD5i9Y9mjWgk2zJSBPZ6cA44efCGbxF27wZJRjMhqzf8BTb7GuYX"
                    + "UKuJ6sH",
                Sec.MULTIBASE));
  }

  @Test
  void aProofHoldsAndTellsWhatWasSigned() {
    Graph signed = signed();
    VerifiedProof proof = verifier().verifyFor(signed, THERMO, GATEWAY);
    assertThat(proof.key().controller()).isEqualTo(GATEWAY);
    assertThat(proof.proof().created()).isEqualTo(CREATED);
    assertThat(proof.secured()).isEqualTo(SecuredGraph.of(signed, THERMO));
    assertThat(verifier().verify(signed, THERMO)).containsExactly(proof);
  }

  @Test
  void aChangeOfSyntaxDoesNotMatter() {
    Graph jsonLd = TestGraphs.jsonLd("05-notify");
    Graph fromJson = PROOFS.sign(jsonLd, THERMO, SIGNER, CREATED);
    Graph fromTurtle = signed();
    assertThat(fromJson.object(proof(fromJson, THERMO), Sec.PROOF_VALUE))
        .isEqualTo(fromTurtle.object(proof(fromTurtle, THERMO), Sec.PROOF_VALUE));
  }

  @ParameterizedTest
  @MethodSource("enginesAndTypes")
  void everySuiteSignsAndVerifiesWithEveryEngine(CryptoEngine engine, KeyType type) {
    SecretMultikey key = SecretMultikey.generate(type, new SecureRandom());
    Graph signed =
        new Proofs(engine, WorkBudget.DEFAULT)
            .sign(TestGraphs.turtle("05-notify"), THERMO, new Signer(KEY, key), CREATED);
    ProofVerifier verifier = verifier(new KnownKeys().add(KEY, GATEWAY, key), CREATED);
    assertThat(verifier.verifyFor(signed, THERMO, GATEWAY).proof().suite())
        .isEqualTo(Cryptosuite.of(type));
    ProofVerifier other =
        new ProofVerifier(
            new Proofs(engine, WorkBudget.DEFAULT), verifier.keys(), verifier.clock());
    assertThat(other.verify(signed, THERMO)).hasSize(1);
    Graph changed = TestGraphs.with(signed, THERMO, Rdf.TYPE, Types.GATEWAY);
    assertSecurityError(() -> other.verify(changed, THERMO), NO_FIT);
  }

  static Stream<Arguments> enginesAndTypes() {
    List<CryptoEngine> engines = new ArrayList<>(List.of(new BouncyCastleEngine()));
    CorrettoEngine.AVAILABLE.ifPresent(engines::add);
    return engines.stream()
        .flatMap(engine -> Stream.of(KeyType.values()).map(type -> Arguments.of(engine, type)));
  }

  @Test
  void severalProofsAreASetEachWithoutTheOthers() {
    SecretMultikey second = SecretMultikey.generate(KeyType.P_256, new SecureRandom());
    Graph both = PROOFS.sign(signed(), THERMO, new Signer(OTHER_KEY, second), CREATED);
    KnownKeys keys = new KnownKeys().add(KEY, GATEWAY, SECRET).add(OTHER_KEY, APP, second);
    ProofVerifier verifier = verifier(keys, CREATED);
    assertThat(verifier.verify(both, THERMO))
        .extracting(p -> p.key().id())
        .containsExactlyInAnyOrder(KEY, OTHER_KEY);
    assertThat(verifier.verifyFor(both, THERMO, APP).key().id()).isEqualTo(OTHER_KEY);
    // who doesn't know the second key still sees the first
    assertThat(verifier().verifyFor(both, THERMO, GATEWAY).key().id()).isEqualTo(KEY);
    assertSecurityError(
        () -> verifier().verify(both, THERMO),
        "The key " + OTHER_KEY + " isn't known here, and the message has no certificate for it.");
  }

  @Test
  void anInnerProofIsPartOfWhatAnOuterOneSecures() {
    Iri message = new Iri("urn:uuid:00000000-0000-4000-8000-000000000009");
    Graph both = PROOFS.sign(signed(), message, SIGNER, CREATED);
    assertThat(verifier().verify(both, message)).hasSize(1);
    Resource inner = proof(both, THERMO);
    Graph without = TestGraphs.without(both, new Triple(THERMO, Sec.PROOF, inner));
    assertSecurityError(() -> verifier().verify(without, message), NO_FIT);
  }

  @Test
  void whatGatewaysAddIsOutsideOfTheProof() {
    Iri message = new Iri("urn:uuid:00000000-0000-4000-8000-000000000009");
    Graph signed = PROOFS.sign(TestGraphs.turtle("05-notify"), message, SIGNER, CREATED);
    Graph passedOn =
        Graph.builder()
            .addAll(signed)
            .add(message, Sx.VIA, GATEWAY)
            .add(message, Sx.HOP_LIMIT, Literal.of(7))
            .build();
    assertThat(verifier().verify(passedOn, message)).hasSize(1);
    Graph onEntity = Graph.builder().addAll(signed).add(THERMO, Sx.VIA, GATEWAY).build();
    assertSecurityError(() -> verifier().verify(onEntity, message), NO_FIT);
  }

  @Test
  void whatLiesBehindAReferenceIsNotSecuredButTheReferenceIs() {
    Graph managed =
        Graph.builder()
            .addAll(TestGraphs.turtle("05-notify"))
            .add(THERMO, SmartApi.IS_MANAGED_BY, GATEWAY)
            .add(GATEWAY, Rdf.TYPE, Types.GATEWAY)
            .build();
    Graph signed = PROOFS.sign(managed, THERMO, SIGNER, CREATED);
    Graph behind = TestGraphs.with(signed, GATEWAY, Rdf.TYPE, Types.DEVICE);
    assertThat(verifier().verify(behind, THERMO)).hasSize(1);
    Graph redirected = TestGraphs.with(signed, THERMO, SmartApi.IS_MANAGED_BY, APP);
    assertSecurityError(() -> verifier().verify(redirected, THERMO), NO_FIT);
  }

  @Provide
  Arbitrary<Graph> graphs() {
    return RandomGraphs.all();
  }

  @Property(tries = 200)
  void aProofHoldsInAnyGuiseAndAnyChangedTripleIsSeen(
      @ForAll("graphs") Graph graph, @ForAll Random random) {
    Graph signed = PROOFS.sign(graph, RandomGraphs.ROOT, SIGNER, CREATED);
    Graph disguised = RandomGraphs.disguised(signed, random);
    ProofVerifier verifier = verifier();
    Graph secured = verifier.verifyFor(disguised, RandomGraphs.ROOT, GATEWAY).secured();

    List<Triple> triples = secured.triples().toList();
    Triple chosen = triples.get(random.nextInt(triples.size()));
    // taking away what leads on to a node takes away what is stated about it, too
    assertSecurityError(
        () -> verifier.verify(TestGraphs.without(disguised, chosen), RandomGraphs.ROOT), NO_FIT);
    Graph added =
        Graph.builder()
            .addAll(disguised)
            .add(chosen.subject(), chosen.predicate(), new Iri("urn:added"))
            .build();
    assertSecurityError(() -> verifier.verify(added, RandomGraphs.ROOT), NO_FIT);
    Graph.Builder replaced = Graph.builder();
    disguised
        .triples()
        .map(t -> t.equals(chosen) ? new Triple(t.subject(), new Iri("urn:x"), t.object()) : t)
        .forEach(replaced::add);
    assertSecurityError(() -> verifier.verify(replaced.build(), RandomGraphs.ROOT), NO_FIT);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(
            change(Rdf.TYPE, new Iri("urn:other")),
            "A proof isn't of type sec:DataIntegrityProof, others aren't known here."),
        Arguments.of(
            change(Sec.PROOF_PURPOSE, new Iri(Sec.NAMESPACE + "authentication")),
            "The proof's purpose is <https://w3id.org/security#authentication>, only"
                + " sec:assertionMethod is allowed."),
        Arguments.of(
            change(Sec.PROOF_PURPOSE), "The proof has 0 values of sec:proofPurpose, it needs one."),
        Arguments.of(
            change(Sec.VERIFICATION_METHOD, Literal.of("key")),
            "The proof's sec:verificationMethod isn't an IRI."),
        Arguments.of(
            change(Sec.VERIFICATION_METHOD, KEY, OTHER_KEY),
            "The proof has 2 values of sec:verificationMethod, it needs one."),
        Arguments.of(
            change(Sec.CRYPTOSUITE, Literal.of("bbs-2023", Sec.CRYPTOSUITE_STRING)),
            "The proof's suite is \"bbs-2023\", known here are eddsa-rdfc-2022 and"
                + " ecdsa-rdfc-2019."),
        Arguments.of(
            change(Sec.CRYPTOSUITE, Literal.of("eddsa-rdfc-2022")),
            "The proof's sec:cryptosuite is \"eddsa-rdfc-2022\", no literal of"
                + " <https://w3id.org/security#cryptosuiteString>."),
        Arguments.of(
            change(Sec.CRYPTOSUITE, Literal.of("ecdsa-rdfc-2019", Sec.CRYPTOSUITE_STRING)),
            "The proof's suite is ecdsa-rdfc-2019, its key "
                + KEY
                + " is of Ed25519 and signs with eddsa-rdfc-2022."),
        Arguments.of(
            change(Dct.CREATED, Literal.of("yesterday", Xsd.DATE_TIME)),
            "The proof's dct:created is \"yesterday\"^^<http://www.w3.org/2001/XMLSchema#dateTime>,"
                + " no xsd:dateTime."),
        Arguments.of(
            change(Dct.CREATED, Literal.of("2026-03-01T08:05:00Z")),
            "The proof's dct:created is \"2026-03-01T08:05:00Z\", no xsd:dateTime."),
        Arguments.of(
            change(Sec.PROOF_VALUE, Literal.of("uAAAA", Sec.MULTIBASE)),
            "The proof's sec:proofValue doesn't begin with z, for base58btc."),
        Arguments.of(
            change(Sec.PROOF_VALUE, Literal.of("z0OIl", Sec.MULTIBASE)),
            "The multibase text \"z0OIl\" has '0', which is no digit of base58btc."),
        Arguments.of(
            change(Sec.PROOF_VALUE, Literal.of("z2g")),
            "The proof's sec:proofValue is \"z2g\", no literal of"
                + " <https://w3id.org/security#multibase>."),
        Arguments.of(change(Sec.PROOF_VALUE, Literal.of("z2g", Sec.MULTIBASE)), NO_FIT),
        Arguments.of(change(Dct.CREATED, Literal.of(CREATED.plusSeconds(1))), NO_FIT),
        Arguments.of(change(Sx.NONCE, Literal.of("added")), NO_FIT),
        Arguments.of(
            (UnaryOperator<Graph>) g -> TestGraphs.with(g, THERMO, Sec.PROOF),
            "There is no proof on " + THERMO + "."),
        Arguments.of(
            (UnaryOperator<Graph>) g -> TestGraphs.with(g, THERMO, Sec.PROOF, new Blank()),
            "The sec:proof of " + THERMO + " isn't described."),
        Arguments.of(
            (UnaryOperator<Graph>) g -> withProofs(g, 17),
            THERMO + " has 17 proofs, at most 16 are taken."));
  }

  private static Graph withProofs(Graph graph, int proofs) {
    Graph.Builder more = Graph.builder().addAll(graph);
    for (int i = 1; i < proofs; i++) {
      Blank node = new Blank();
      more.add(THERMO, Sec.PROOF, node).add(node, Rdf.TYPE, Sec.DATA_INTEGRITY_PROOF);
    }
    return more.build();
  }

  private static UnaryOperator<Graph> change(Iri predicate, Term... values) {
    return graph -> TestGraphs.with(graph, proof(graph, THERMO), predicate, values);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aProofThatDoesNotHoldIsRefusedWithTheReason(UnaryOperator<Graph> change, String message) {
    assertSecurityError(() -> verifier().verify(change.apply(signed()), THERMO), message);
  }

  @Test
  void nothingIsSignedWhereNothingIsStated() {
    assertSecurityError(
        () -> PROOFS.sign(signed(), APP, SIGNER, CREATED), "Nothing is stated about " + APP + ".");
  }

  @Test
  void clocksMayDifferByTwoMinutes() {
    KnownKeys keys = new KnownKeys().add(KEY, GATEWAY, SECRET);
    assertThat(verifier(keys, CREATED.minusSeconds(120)).verify(signed(), THERMO)).hasSize(1);
    assertSecurityError(
        () -> verifier(keys, CREATED.minusSeconds(121)).verify(signed(), THERMO),
        "The proof was created at 2026-03-01T08:05:00Z, it is 2026-03-01T08:02:59Z now.");

    Graph ending =
        PROOFS.sign(
            TestGraphs.turtle("05-notify"),
            THERMO,
            SIGNER,
            CREATED,
            Optional.of(CREATED.plusSeconds(60)));
    assertThat(verifier(keys, CREATED.plusSeconds(180)).verify(ending, THERMO)).hasSize(1);
    assertSecurityError(
        () -> verifier(keys, CREATED.plusSeconds(181)).verify(ending, THERMO),
        "The proof expired at 2026-03-01T08:06:00Z, it is 2026-03-01T08:08:01Z now.");
  }

  @Test
  void aProofCountsForItsControllerAndForWhomItMaySpeakAlone() {
    assertThat(verifier().verifyFor(signed(), THERMO, GATEWAY)).isNotNull();
    assertThat(verifier().verifyFor(signed(), THERMO, THERMO)).isNotNull();
    assertSecurityError(
        () -> verifier().verifyFor(signed(), THERMO, APP),
        "The proof on "
            + THERMO
            + " was made by "
            + GATEWAY
            + ", who may not speak for "
            + APP
            + ".");
    assertSecurityError(
        () -> verifier(new KnownKeys(), CREATED).verifyFor(signed(), THERMO, GATEWAY),
        "The key " + KEY + " isn't known here, and the message has no certificate for it.");
  }

  @Test
  @Timeout(3)
  void aPoisonGraphIsRefusedInTime() {
    Graph signed = signed();
    Graph.Builder poisoned = Graph.builder().addAll(signed);
    List<Blank> nodes = Stream.generate(Blank::new).limit(12).toList();
    Iri any = new Iri("urn:p");
    nodes.forEach(one -> poisoned.add(THERMO, any, one));
    nodes.forEach(one -> nodes.forEach(other -> poisoned.add(one, any, other)));
    assertThatThrownBy(() -> verifier().verify(poisoned.build(), THERMO))
        .isInstanceOf(SmartApiException.class)
        .hasMessageStartingWith("The blank nodes of the graph are too alike");
  }

  private static void assertSecurityError(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(SmartApiException.class)
        .hasMessage(message)
        .extracting(e -> ((SmartApiException) e).type())
        .isEqualTo(ErrorType.SECURITY_ERROR);
  }
}
