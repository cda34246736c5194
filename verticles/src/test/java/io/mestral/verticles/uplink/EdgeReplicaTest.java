package io.mestral.verticles.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.Hidden;
import io.mestral.config.UplinkOptions;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.storage.replica.ReplicaStanding;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.uplink.state.RecordBodies;
import io.mestral.verticles.uplink.state.StateFormat;
import io.mestral.verticles.uplink.state.StateMessage;
import io.mestral.verticles.uplink.state.StateRecord;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which messages of the node above an edge takes, and which it doesn't. */
class EdgeReplicaTest {
  private static final byte[] KEY = new byte[32];

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final SecretMultikey above = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
  private EmbeddedMetadata metadata;
  private EdgeReplica replica;

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @BeforeEach
  void open() {
    metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
    replica =
        new EdgeReplica(
            new EdgeReplica.Ground(vertx, metadata.replica(), vault, Clock.systemUTC()),
            new EdgeReplica.News(
                new DeviceChanges() {
                  @Override
                  public void changed(Device device) {}

                  @Override
                  public void tokenLost(Device device) {}
                },
                Future::succeededFuture,
                user -> {}));
    Context home = vertx.getOrCreateContext();
    UplinkOptions options =
        new UplinkOptions(
            "127.0.0.1", 9, false, "hill", new Hidden("none"), Optional.empty(), Optional.empty());
    UplinkConnection closed =
        new UplinkConnection(
            vertx,
            options,
            new UplinkConnection.Ends("edge", List.of(), message -> {}, () -> {}, () -> null));
    await(replica.open(new EdgeLink(home, "hill", closed)));
  }

  @AfterEach
  void close() {
    await(metadata.close());
    await(vertx.close());
  }

  private static StateRecord user(String name) {
    User user =
        new User(
            new UserId(0),
            new UUID(1, name.hashCode()),
            name,
            name + "@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "0123456789abcdef0123456789abcdef01234567",
            Instant.EPOCH,
            Instant.EPOCH);
    RecordBodies.Written written =
        RecordBodies.write(
            new ReplicaContent.OfUser(
                user,
                "hash",
                Optional.of(TokenVault.sharedHash(KEY, Secret.of("token of " + name))),
                Optional.empty()));
    return StateRecord.of(written.name(), written.body().toString());
  }

  private static String digest(StateRecord... records) {
    Map<ReplicaName, String> tags = new java.util.HashMap<>();
    for (StateRecord one : records) tags.put(one.name(), one.tag());
    return StateRecord.digest(tags);
  }

  private static StateMessage whole(long number, StateRecord... records) {
    return new StateMessage(
        "hill", number, Optional.empty(), digest(records), KEY, List.of(records), List.of());
  }

  private void tell(StateMessage message, SecretMultikey by) {
    await(replica.take(StateFormat.write(message, by)));
  }

  private boolean isKnown(String name) {
    return await(metadata.users().findByNameOrEmail(name)).isPresent();
  }

  private long number() {
    return await(metadata.replica().standing()).map(ReplicaStanding::number).orElse(0L);
  }

  @Test
  void whatIsToldIsSoAndItsTokensAreKnown() {
    tell(whole(1, user("ada")), above);
    assertThat(isKnown("ada")).isTrue();
    String hash = vault.sharedHash(Secret.of("token of ada")).orElseThrow();
    assertThat(await(metadata.replica().holderOf(hash))).isPresent();
    TokenVault after = new TokenVault(new byte[32]);
    EdgeReplica next =
        new EdgeReplica(
            new EdgeReplica.Ground(vertx, metadata.replica(), after, Clock.systemUTC()),
            new EdgeReplica.News(null, null, null));
    await(next.load());
    assertThat(after.sharedHash(Secret.of("token of ada"))).contains(hash);
  }

  @Test
  void aDifferenceCountsForWhatItIsTheDifferenceTo() {
    StateRecord ada = user("ada");
    StateRecord eva = user("eva");
    StateRecord ida = user("ida");
    tell(whole(1, ada, eva), above);
    tell(
        new StateMessage(
            "hill", 2, Optional.of(digest(ada)), digest(ada, ida), KEY, List.of(ida), List.of()),
        above);
    assertThat(isKnown("ida")).as("it has something else").isFalse();
    tell(
        new StateMessage(
            "hill",
            2,
            Optional.of(digest(ada, eva)),
            digest(ada, ida),
            KEY,
            List.of(ida),
            List.of(eva.name())),
        above);
    assertThat(isKnown("ida")).isTrue();
    assertThat(isKnown("eva")).isFalse();
    assertThat(isKnown("ada")).isTrue();
    assertThat(StateRecord.digest(await(metadata.replica().tags()))).isEqualTo(digest(ada, ida));
  }

  @Test
  void nobodyElseIsBelieved() {
    tell(whole(1, user("ada")), above);
    SecretMultikey stranger = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
    tell(whole(2, user("eve")), stranger);
    StateMessage others = whole(3, user("eve"));
    tell(
        new StateMessage("dale", 3, others.from(), others.to(), KEY, others.records(), List.of()),
        above);
    assertThat(isKnown("eve")).isFalse();
    assertThat(isKnown("ada")).isTrue();
    assertThat(number()).isEqualTo(1);
  }

  @Test
  void whatIsOldOrWrongIsNotTaken() {
    tell(whole(7, user("ada")), above);
    tell(whole(7, user("eve")), above);
    tell(whole(6, user("eve")), above);
    StateMessage wrong = whole(8, user("eve"));
    tell(
        new StateMessage("hill", 8, Optional.empty(), "0000", KEY, wrong.records(), List.of()),
        above);
    assertThat(isKnown("eve")).isFalse();
    assertThat(number()).isEqualTo(7);
    tell(whole(8, user("eve")), above);
    assertThat(isKnown("eve")).isTrue();
    assertThat(isKnown("ada")).isFalse();
  }
}
