package io.mestral.verticles.smartrequest.keys;

import io.mestral.model.access.Secret;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.Multikey;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.security.trust.TrustedKey;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.storage.NodeKey;
import io.mestral.storage.NodeKeyRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's own keys (Smart API, sections 7.2, 7.3, 7.5): one that proofs are made with, Ed25519,
 * one that others encrypt to, P-256, and their predecessors for as long as these are good. The
 * secret halves are kept sealed with the node key.
 */
public final class NodeKeys {
  /** How long keys that were replaced go on unless it is said. */
  public static final Duration OVERLAP = Duration.ofDays(30);

  /** The most keys that are good at once. */
  public static final int MOST = 100;

  private static final Logger log = LoggerFactory.getLogger(NodeKeys.class);
  private static final String NAME = "key-";

  private final NodeKeyRegistry registry;
  private final TokenVault vault;
  private final Supplier<Iri> node;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Latest<List<Kept>> kept = new Latest<>(List.of());

  private record Kept(NodeKey record, Multikey key, Optional<SecretMultikey> secret) {}

  /**
   * Keeps them in that registry.
   *
   * @param vault seals them
   * @param node the node's IRI, once it is known
   */
  public NodeKeys(NodeKeyRegistry registry, TokenVault vault, Supplier<Iri> node, Clock clock) {
    this.registry = registry;
    this.vault = vault;
    this.node = node;
    this.clock = clock;
  }

  /**
   * Reads what is kept, and makes what is missing. When that can't be done the node has no keys;
   * that is logged, and no failure.
   */
  public Future<Void> open() {
    return registry
        .removeEnded(clock.instant())
        .compose(done -> load())
        .compose(
            read ->
                read.stream().anyMatch(key -> isInUse(key, true))
                        && read.stream().anyMatch(key -> isInUse(key, false))
                    ? Future.succeededFuture()
                    : replace(OVERLAP).<Void>mapEmpty())
        .recover(
            failure -> {
              log.error("the node's keys for Smart API messages can't be read or made", failure);
              return Future.succeededFuture();
            });
  }

  /**
   * Makes both keys anew.
   *
   * @param overlap how long those that were there go on
   * @return the new ones; empty when they were made anew by somebody else just then
   */
  public Future<List<OwnKey>> rotate(Duration overlap) {
    return replace(overlap).map(fresh -> fresh.stream().map(this::shown).toList());
  }

  private Future<List<Kept>> replace(Duration overlap) {
    Instant now = clock.instant();
    return registry
        .removeEnded(now)
        .compose(done -> load())
        .compose(
            former -> {
              int number = former.stream().mapToInt(NodeKeys::number).max().orElse(0);
              List<NodeKey> fresh =
                  List.of(
                      made(NAME + (number + 1), KeyType.ED25519, now),
                      made(NAME + (number + 2), KeyType.P_256, now));
              return registry
                  .replace(fresh, now.plus(overlap))
                  .compose(done -> load().map(known -> done ? fresh : List.<NodeKey>of()));
            })
        .map(fresh -> fresh.stream().map(this::opened).toList());
  }

  private static int number(Kept key) {
    return Integer.parseInt(key.record.name().substring(NAME.length()));
  }

  private NodeKey made(String name, KeyType type, Instant now) {
    SecretMultikey secret = SecretMultikey.generate(type, random);
    return new NodeKey(
        name,
        secret.publicKey().multibase(),
        vault.seal(Secret.of(HexFormat.of().formatHex(secret.secretBytes()))),
        now,
        Optional.empty());
  }

  private Future<List<Kept>> load() {
    return kept.renew(() -> registry.list().map(all -> all.stream().map(this::opened).toList()));
  }

  private Kept opened(NodeKey record) {
    Multikey key = Multikey.parse(record.publicKey());
    Optional<SecretMultikey> secret =
        vault
            .open(record.sealed())
            .map(hex -> SecretMultikey.of(key.type(), HexFormat.of().parseHex(hex.reveal())));
    if (secret.isEmpty())
      log.warn("the node's {} was sealed with another node key, and is of no use", record.name());
    return new Kept(record, key, secret);
  }

  /** Those that are good now, the oldest first. */
  public List<OwnKey> current() {
    Instant now = clock.instant();
    return kept.get().stream().map(this::shown).filter(key -> key.isGoodAt(now)).toList();
  }

  private OwnKey shown(Kept key) {
    return new OwnKey(
        new Iri(node.get().value() + "#" + key.record.name()),
        key.key,
        key.secret,
        key.record.createdAt(),
        key.record.endsAt());
  }

  /** What proofs are made with; empty when the node has no keys. */
  public Optional<Signer> signer() {
    return kept.get().stream()
        .filter(key -> isInUse(key, true))
        .reduce((older, newer) -> newer)
        .map(key -> new Signer(shown(key).id(), key.secret.orElseThrow()));
  }

  /** The key of this IRI that proofs of this node are checked with; empty when it has none such. */
  public Optional<TrustedKey> key(Iri id) {
    return current().stream()
        .filter(key -> key.id().equals(id) && key.isForSigning())
        .map(key -> new TrustedKey(key.id(), node.get(), key.key()))
        .findFirst();
  }

  /** The key of this IRI that something was encrypted to; empty when it isn't this node's. */
  public Optional<DecryptionKey> decryption(Iri id) {
    return current().stream()
        .filter(key -> key.id().equals(id) && !key.isForSigning())
        .flatMap(key -> key.secret().stream())
        .<DecryptionKey>map(DecryptionKey.Agreement::new)
        .findFirst();
  }

  private static boolean isInUse(Kept key, boolean signing) {
    return key.secret.isPresent()
        && key.record.endsAt().isEmpty()
        && (key.key.type() == KeyType.ED25519) == signing;
  }

  /**
   * What others are told: those that are good now, when they were made, and of those that were
   * replaced until when they are good.
   */
  public Graph published() {
    Graph.Builder graph = Graph.builder();
    for (OwnKey key : current()) {
      new KeyNode(key.id(), node.get(), key.key(), List.of()).addTo(graph);
      graph.add(key.id(), Dct.CREATED, Literal.of(key.createdAt()));
      key.endsAt().ifPresent(end -> graph.add(key.id(), Sec.EXPIRATION, Literal.of(end)));
    }
    return graph.build();
  }
}
