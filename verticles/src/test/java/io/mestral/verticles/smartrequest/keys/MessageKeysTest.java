package io.mestral.verticles.smartrequest.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.trust.CachedCrls;
import io.mestral.smartapi.security.trust.CertificateTrust;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.security.trust.KeyResolver;
import io.mestral.smartapi.security.trust.KeyServer;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.Settled;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.MovableClock;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is proved and opened with which key, and whom a node believes. */
class MessageKeysTest {
  private static final Iri NODE = new Iri("https://example.org/id/node");
  private static final Iri MESSAGE = new Iri("urn:uuid:6f1c2a0e-7a31-4b0e-9d7e-0e4f5b1f2c3d");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, clock);
  private final TrustedKeys trusted = trusted();

  private NodeKeys opened(byte[] nodeKey) {
    TokenVault vault = new TokenVault(nodeKey);
    NodeKeys keys = new NodeKeys(stores.metadata().nodeKeys(), vault, () -> NODE, clock);
    Settled.value(keys.open());
    return keys;
  }

  private TrustedKeys trusted() {
    return new TrustedKeys(stores.metadata().trustedKeys(), clock);
  }

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  private static List<String> names(NodeKeys keys) {
    return keys.current().stream()
        .map(key -> key.id().value().replace(NODE.value() + "#", ""))
        .toList();
  }

  @Test
  void keysAreMadeOnceAndAreThereAfterARestart() {
    NodeKeys first = opened(new byte[32]);
    NodeKeys second = opened(new byte[32]);
    assertThat(names(second)).containsExactly("key-1", "key-2");
    assertThat(second.published()).isEqualTo(first.published());
    assertThat(second.signer().orElseThrow().key().secretBytes())
        .isEqualTo(first.signer().orElseThrow().key().secretBytes());
  }

  @Test
  void whatWasReplacedOpensMessagesUntilItsEndAndSignsNoMore() {
    NodeKeys keys = opened(new byte[32]);
    Iri former = new Iri(NODE.value() + "#key-2");
    Settled.value(keys.rotate(Duration.ofDays(1)));
    assertThat(keys.signer().orElseThrow().verificationMethod().value()).endsWith("#key-3");
    assertThat(keys.decryption(former)).isPresent();
    clock.forward(Duration.ofDays(1));
    assertThat(keys.decryption(former)).isEmpty();
    assertThat(names(keys)).containsExactly("key-3", "key-4");
    opened(new byte[32]);
    assertThat(Settled.value(stores.metadata().nodeKeys().list())).hasSize(2);
  }

  @Test
  void keysThatAnotherNodeKeySealedAreReplaced() {
    opened(new byte[32]);
    byte[] other = new byte[32];
    other[0] = 1;
    NodeKeys keys = opened(other);
    assertThat(names(keys)).containsExactly("key-1", "key-2", "key-3", "key-4");
    assertThat(keys.signer().orElseThrow().verificationMethod().value()).endsWith("#key-3");
    assertThat(keys.decryption(new Iri(NODE.value() + "#key-2"))).isEmpty();
  }

  private Graph signed(NodeKeys keys) {
    Graph message =
        Graph.builder()
            .add(MESSAGE, Rdf.TYPE, Types.NOTIFICATION)
            .add(MESSAGE, SmartApi.GENERATED_BY, NODE)
            .build();
    return new Proofs().sign(message, MESSAGE, keys.signer().orElseThrow(), clock.instant());
  }

  @Test
  void aProofHoldsForWhomTheKeyIsBelievedToBeFromThatMomentToThatMoment() {
    NodeKeys keys = opened(new byte[32]);
    Graph message = signed(keys);
    ProofVerifier verifier =
        new ProofVerifier(
            new Proofs(),
            new KeyResolver(
                trusted,
                new CertificateTrust(
                    List.of(), new CachedCrls(List.of()), Duration.ofHours(24), clock),
                KeyServer.NONE),
            clock);
    assertThatThrownBy(() -> verifier.verifyFor(message, MESSAGE, NODE))
        .isInstanceOf(SmartApiException.class)
        .hasMessageContaining("isn't known here");
    KeyNode node = KeyNode.read(keys.published(), new Iri(NODE.value() + "#key-1"));
    Settled.value(trusted.add(new TrustedKey(node.id(), node.controller(), node.key())));
    assertThat(verifier.verifyFor(message, MESSAGE, NODE).key().id()).isEqualTo(node.id());
    assertThatThrownBy(() -> verifier.verifyFor(message, MESSAGE, new Iri("urn:x:eve")))
        .isInstanceOf(SmartApiException.class);
    TrustedKeys restarted = trusted();
    Settled.value(restarted.open());
    assertThat(restarted.key(node.id())).contains(trusted.key(node.id()).orElseThrow());
    assertThat(Settled.value(trusted.remove(node.id().value()))).isTrue();
    assertThatThrownBy(() -> verifier.verifyFor(message, MESSAGE, NODE))
        .hasMessageContaining("isn't known here");
  }
}
