package io.mestral.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.HeldMessage.Kind;
import io.mestral.storage.Metadata;
import io.mestral.storage.MetadataContract;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes on one database, and what else is PostgreSQL's own. */
class PostgresMetadataTest extends MetadataContract {
  /** So many rows that the planner has a choice to make. */
  private static final String FILLED =
      """
      INSERT INTO users (uuid, username, username_folded, email, email_folded, password_hash,
        role_mask, legacy_api_key, created_at, updated_at)
      SELECT gen_random_uuid(), 'u' || n, 'u' || n, 'e' || n, 'e' || n, 'x', 0, 'x', now(), now()
      FROM generate_series(1, 2000) AS n;
      INSERT INTO user_tokens (hash, cipher, user_id, kind, created_at)
      SELECT 'h' || id, '', id, 'private', now() FROM users;
      INSERT INTO devices (uuid, owner_id, name, token_hash, token_cipher, is_private,
        precise_location, enable_forwarding, is_test, notify_low_battery,
        notify_stopped_publishing, created_at, updated_at)
      SELECT gen_random_uuid(), id, 'kit', 'h' || id, '', FALSE, FALSE, FALSE, FALSE, FALSE, FALSE,
        now(), now() FROM users;
      INSERT INTO components (uuid, device_id, sensor_id, key, created_at, updated_at)
      SELECT gen_random_uuid(), id, 55, 't', now(), now() FROM devices;
      INSERT INTO orphans (session, token_hash, token_cipher, handshake, created_at, updated_at)
      SELECT gen_random_uuid(), 'h' || id, '', FALSE, now(), now() FROM users;
      INSERT INTO held_messages (orphan_id, kind, payload, arrived_at)
      SELECT id, 'info', '', now() FROM orphans;
      ANALYZE;
      """;

  @RegisterExtension final FreshDatabase fresh = new FreshDatabase();
  private Metadata other;

  @Override
  protected Metadata open(Vertx vertx) {
    return fresh.open(vertx);
  }

  @BeforeEach
  void anotherNodeStarts() {
    other = fresh.open(vertx());
  }

  @AfterEach
  void theOtherNodeStops() {
    await(other.close());
  }

  @Test
  void changesThatTwoNodesMakeAtTheSameTimeAllSurvive() {
    Device roof = addDevice(addUser("ada"), "roof");
    List<Future<Device>> changes = new ArrayList<>();
    for (int i = 0; i < 40; i++)
      for (Metadata node : List.of(metadata(), other))
        changes.add(node.devices().update(roof.id(), now -> named(now, now.name() + "!")));
    for (Future<Device> change : changes) await(change);
    assertThat(await(other.devices().find(roof.id())).orElseThrow().name())
        .isEqualTo("roof" + "!".repeat(80));
  }

  @Test
  void aComponentThatTwoNodesNeedIsMadeOnceAndKeysStayApart() {
    Device roof = addDevice(addUser("ada"), "roof");
    List<Future<Component>> asked = new ArrayList<>();
    for (int sensor : new int[] {4, 12, 55, 79, 81})
      for (Metadata node : List.of(metadata(), other))
        asked.add(node.devices().component(roof.id(), new SensorId(sensor), "temp", NOON));
    List<Component> given = asked.stream().map(MetadataContract::await).distinct().toList();
    assertThat(given)
        .extracting(Component::key)
        .containsExactlyInAnyOrder("temp", "temp_1", "temp_2", "temp_3", "temp_4");
  }

  @Test
  void anAddressThatManyDevicesTakeAtTheSameTimeEndsWithOne() {
    User ada = addUser("ada");
    List<Future<Device>> added = new ArrayList<>();
    for (int i = 0; i < 20; i++)
      for (Metadata node : List.of(metadata(), other))
        added.add(node.devices().add(withMac(device(ada, "kit " + added.size()))));
    for (Future<Device> one : added) await(one);
    assertThat(await(other.devices().ownedBy(ada.id())))
        .hasSize(40)
        .filteredOn(device -> device.macAddress().isPresent())
        .hasSize(1);
  }

  @Test
  void ofPrivateTokensThatTwoNodesGiveOneStays() {
    User ada = addUser("ada");
    List<Future<Void>> given = new ArrayList<>();
    for (int i = 0; i < 20; i++)
      for (Metadata node : List.of(metadata(), other))
        given.add(node.tokens().add(key(ada, "key " + given.size())));
    await(Future.all(given));
    assertThat(fresh.database().value("SELECT count(*) FROM user_tokens")).isEqualTo("1");
    assertThat(await(other.tokens().privateTokenOf(ada.id()))).isPresent();
  }

  @Test
  void whatTwoNodesHoldAndForgetAtTheSameTimeIsWeighedRight() {
    Orphan draft =
        new Orphan(0, UUID.randomUUID(), token("o"), Orphan.Details.NONE, false, NOON, NOON);
    long orphan = await(metadata().orphans().add(draft, new Network("here"))).id();
    HeldMessage message = new HeldMessage(0, Kind.INFO, Buffer.buffer(new byte[20_000]), NOON);
    List<Future<Void>> asked = new ArrayList<>();
    for (int i = 1; i <= 40; i++)
      for (Metadata node : List.of(metadata(), other)) {
        asked.add(node.orphans().hold(orphan, message));
        if (i % 10 == 0) asked.add(node.orphans().forget(orphan, i));
      }
    await(Future.all(asked));
    String held = fresh.database().value("SELECT held_bytes FROM orphans");
    assertThat(Long.parseLong(held)).isBetween(20_000L, (long) OrphanRegistry.HELD_BYTES);
    assertThat(fresh.database().value("SELECT sum(length(payload)) FROM held_messages"))
        .isEqualTo(held);
  }

  @Test
  void whatOneNodeKeptTheOtherFindsAtOnce() {
    User ada = addUser("ada");
    assertThat(await(other.users().findByNameOrEmail("ada"))).contains(ada);
    assertConflict(other.users().add(user("ADA"), HASH), "username");
  }

  @Test
  void textThatPostgresCannotHoldIsRefusedAndNamed() {
    Throwable refused = failureOf(metadata().users().add(user("a\0da"), HASH));
    assertThat(Refusal.of(refused)).isEqualTo(Refusal.PAYLOAD_INVALID);
    assertThat(refused).hasMessageContaining("U+0000");
  }

  @Test
  void aServerThatTakesNoWritesIsNotReady() throws Exception {
    await(metadata().check());
    fresh
        .database()
        .execute(
            "ALTER DATABASE %s SET default_transaction_read_only = on"
                .formatted(fresh.database().name()));
    PostgresMetadata later =
        PostgresMetadata.connected(vertx(), fresh.database().options()); // settings of a new login
    assertThat(Refusal.of(failureOf(later.check()))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(Refusal.of(failureOf(later.users().add(user("ada"), HASH))))
        .isEqualTo(Refusal.UNAVAILABLE);
    assertThat(await(later.catalogue().sensors())).hasSize(188);
    await(later.close());
  }

  @Test
  void archivedUsersAndTheirTokensAreInvisibleAndTheirNamesFree() {
    User ada = addUser("ada");
    await(metadata().tokens().add(key(ada, "key")));
    fresh.database().execute("UPDATE users SET workflow_state = 'archived', archived_at = now()");
    assertThat(await(metadata().users().find(ada.id()))).isEmpty();
    assertThat(await(metadata().users().findAll(List.of(ada.id())))).isEmpty();
    assertThat(await(metadata().users().findByNameOrEmail("ada"))).isEmpty();
    assertThat(await(metadata().users().passwordHash(ada.id()))).isEmpty();
    assertThat(Refusal.of(failureOf(metadata().users().update(ada.id(), same -> same))))
        .isEqualTo(Refusal.PROTOCOL_ERROR);
    assertThat(await(metadata().tokens().find("key"))).isEmpty();
    assertThat(await(metadata().tokens().privateTokenOf(ada.id()))).isEmpty();
    assertThat(addUser("ADA").id()).isNotEqualTo(ada.id());
  }

  @Test
  void whatEveryKitAndLogInAsksIsFoundByAnIndex() {
    fresh.database().execute(FILLED);
    Map<String, String> indexes =
        Map.of(
            "devices WHERE token_hash = 'h7' AND workflow_state = 'active'",
            "devices_token_hash_key",
            "users WHERE username_folded = 'u7' AND workflow_state = 'active'",
            "users_by_username",
            "users WHERE email_folded = 'e7' AND workflow_state = 'active'",
            "users_by_email",
            "user_tokens WHERE hash = 'h7'",
            "user_tokens_pkey",
            "components WHERE device_id = 7",
            "components_device_id_",
            "orphans WHERE token_hash = 'h7'",
            "orphans_token_hash_key",
            "held_messages WHERE orphan_id = 7 AND id > 1",
            "held_messages_by_orphan");
    indexes.forEach(
        (condition, index) ->
            assertThat(plan("SELECT * FROM " + condition))
                .as(condition)
                .contains("\"Index Name\": \"" + index)
                .contains("\"Index Cond\""));
  }

  @Test
  void ofNodesThatSealADatabaseAtTheSameTimeOneDoes() {
    DatabaseSeal seal = ((PostgresMetadata) metadata()).seal();
    DatabaseSeal others = ((PostgresMetadata) other).seal();
    assertThat(await(seal.look()).seal()).isEmpty();
    List<Future<SealedToken>> kept = new ArrayList<>();
    for (int i = 0; i < 5; i++)
      for (DatabaseSeal node : List.of(seal, others))
        kept.add(node.keep(token("seal " + kept.size())));
    assertThat(kept.stream().map(MetadataContract::await).distinct()).hasSize(1);
    assertThat(await(others.look()).seal()).contains(await(kept.get(0)));
  }

  @Test
  void numbersJumpOnlyBehindTheHighestThatIsKnown() {
    DatabaseSeal seal = ((PostgresMetadata) metadata()).seal();
    User ada = addUser("ada");
    Device roof = addDevice(ada, "roof");
    assertThat(await(seal.skipNumbers(roof.id().value()))).isFalse();
    assertThat(await(seal.skipNumbers(700))).isTrue();
    assertThat(await(seal.skipNumbers(700))).isFalse();
    assertThat(addDevice(ada, "wall").id().value()).isEqualTo(700 + DatabaseSeal.NUMBER_GAP + 1);
    assertThat(addUser("grace").id().value())
        .isEqualTo(ada.id().value() + DatabaseSeal.NUMBER_GAP + 1);
  }

  private String plan(String sql) {
    return fresh
        .database()
        .value("EXPLAIN (FORMAT JSON) " + sql)
        .lines()
        .collect(Collectors.joining());
  }

  private static ApiToken key(User user, String hash) {
    return new ApiToken(token(hash), user.id(), ApiToken.Kind.PRIVATE, NOON, Optional.empty());
  }

  private static Device named(Device device, String name) {
    return copy(device, name, device.macAddress());
  }

  private static Device withMac(Device device) {
    return copy(device, device.name(), Optional.of("a0:b1:c2:d3:e4:f5"));
  }

  private static Device copy(Device device, String name, Optional<String> mac) {
    return new Device(
        device.id(),
        device.uuid(),
        device.owner(),
        name,
        device.description(),
        device.token(),
        mac,
        device.location(),
        device.hardware(),
        device.policy(),
        device.meta(),
        device.createdAt(),
        device.updatedAt());
  }
}
