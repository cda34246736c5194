package io.mestral.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.ApiToken.Kind;
import io.mestral.storage.Metadata;
import io.mestral.storage.MetadataContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes on one database, and what else is PostgreSQL's own. */
class PostgresMetadataTest extends MetadataContract {
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
    for (String condition :
        List.of(
            "devices WHERE token_hash = 'x' AND workflow_state = 'active'",
            "users WHERE username_folded = 'x' AND workflow_state = 'active'",
            "users WHERE email_folded = 'x' AND workflow_state = 'active'",
            "user_tokens WHERE hash = 'x'",
            "components WHERE device_id = 1 AND sensor_id = 1",
            "orphans WHERE token_hash = 'x'",
            "held_messages WHERE orphan_id = 1 AND id > 1"))
      assertThat(plan("SELECT * FROM " + condition)).as(condition).contains("Index");
  }

  private String plan(String sql) {
    fresh
        .database()
        .execute("ALTER DATABASE %s SET enable_seqscan = off".formatted(fresh.database().name()));
    return fresh
        .database()
        .value("EXPLAIN (FORMAT JSON) " + sql)
        .lines()
        .collect(Collectors.joining());
  }

  private static ApiToken key(User user, String hash) {
    return new ApiToken(token(hash), user.id(), Kind.PRIVATE, NOON, Optional.empty());
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
