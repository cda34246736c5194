package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.PublishRights;
import io.mestral.model.access.Role;
import io.mestral.model.access.Secret;
import io.mestral.model.access.SubscribeRights;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Settled;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what when {@code mqtt.access=platform}. */
class PlatformAccessTest {
  private static final Principal ADA = new Principal.User(new UserId(1), "ada", Role.CITIZEN);
  private static final Principal GRACE =
      new Principal.User(new UserId(2), "grace", Role.RESEARCHER);
  private static final Principal PARTNER =
      new Principal.Partner(new UserId(1), Secret.of("f0rward"));
  private static final Principal ADMIN = new Principal.User(new UserId(9), "admin", Role.ADMIN);

  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final Detours detours = new Detours();
  private final DeviceRegistry devices =
      detours.to(DeviceRegistry.class, stores.metadata().devices());
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final PlatformAccess access =
      new PlatformAccess(
          new DeviceTopics(List.of("bridge", "bridge/sc")),
          new DeviceTokens(devices, stores.metadata().deviceTokenEnds(), vault, Clock.systemUTC()),
          new EntityTopicRights(
              stores.metadata(),
              new EntityTopicRights.Node("here", () -> "http://example.org"),
              (principal, iri) -> Future.succeededFuture(false)));
  private Principal roof;

  @BeforeEach
  void adaHasADeviceAndSoHasGrace() {
    roof = new Principal.Device(add("ada001", stores.user("ada")).id(), Secret.of("ada001"));
    add("grace1", stores.user("grace"));
  }

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "device/sck/ada001/readings",
        "device/sck/unknown/readings/raw",
        "device/sck/ada001/anything/below",
        "device/inventory",
        "device/sck/inventory",
        "bridge/device/sck/ada001/info",
        "bridge/sc/device/sck/ada001/hello",
        "bridge/sc/device/inventory"
      })
  void anonymousClientsPublishBelowTheTokenTheyKnow(String topic) {
    assertThat(may(Principal.ANONYMOUS, topic)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"device/inventory", "device/sck/ada001/readings", "/forward/f0rward/device/1"})
  void partnersPublishNothing(String topic) {
    assertThat(may(PARTNER, topic)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "home/light", "device/sck/ada001", "other/device/sck/ada001/readings", "$SYS/broker/uptime",
        "/forward/x/device/1", "smartapi/1/x/in", "device", "$share/g/device/sck/ada001/readings"
      })
  void anonymousClientsPublishNowhereElse(String topic) {
    assertThat(may(Principal.ANONYMOUS, topic)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "device/sck/ada001/readings", "$SYS/#", "device/sck/+/readings"})
  void anonymousClientsSubscribeToNothing(String filter) {
    assertThat(maySubscribe(Principal.ANONYMOUS, filter)).isFalse();
  }

  @Test
  void aDeviceThatLogsInHasItsOwnTopicsOnly() {
    assertThat(may(roof, "device/sck/ada001/readings")).isTrue();
    assertThat(may(roof, "bridge/device/sck/ada001/info")).isTrue();
    assertThat(may(roof, "device/sck/grace1/readings")).isFalse();
    assertThat(may(roof, "device/inventory")).isFalse();
    assertThat(maySubscribe(roof, "device/sck/ada001/#")).isTrue();
    assertThat(maySubscribe(roof, "device/sck/grace1/#")).isFalse();
    assertThat(maySubscribe(roof, "$SYS/#")).isFalse();
  }

  @Test
  void anEdgeBringsWhatIsItsOwn() {
    Principal hill =
        new Principal.Gateway(new GatewayId(1), "hill", "urn:x:hill", stores.user("hills"));
    assertThat(may(hill, "$mestral/1/edge/hill/up/readings")).isTrue();
    assertThat(may(hill, "$mestral/1/edge/hill/down/readings")).isFalse();
    assertThat(may(hill, "$mestral/1/edge/other/up/readings")).isFalse();
    assertThat(may(ADMIN, "$mestral/1/edge/hill/up/readings")).isFalse();
    assertThat(may(Principal.ANONYMOUS, "$mestral/1/edge/hill/up/readings")).isFalse();
    assertThat(maySubscribe(hill, "$mestral/1/edge/hill/up/readings")).isFalse();
  }

  @Test
  void aUserPublishesForOwnDevices() {
    assertThat(may(ADA, "device/sck/ada001/readings")).isTrue();
    assertThat(may(GRACE, "device/sck/grace1/readings/raw")).isTrue();
    assertThat(may(ADA, "home/light")).isFalse();
    assertThat(may(ADA, "$SYS/broker/uptime")).isFalse();
  }

  @Test
  void aUserIsNotToldWhetherAForeignTokenExists() {
    assertThat(may(ADA, "device/sck/grace1/readings")).isFalse();
    assertThat(may(ADA, "device/sck/nobody/readings")).isFalse();
    assertThat(maySubscribe(ADA, "device/sck/grace1/readings")).isFalse();
    assertThat(maySubscribe(ADA, "device/sck/nobody/readings")).isFalse();
  }

  @Test
  void aUserSubscribesBelowOwnDevices() {
    assertThat(maySubscribe(ADA, "device/sck/ada001/#")).isTrue();
    assertThat(maySubscribe(ADA, "device/sck/+/readings")).isFalse();
    assertThat(maySubscribe(ADA, "#")).isFalse();
    assertThat(maySubscribe(ADA, "$SYS/#")).isFalse();
  }

  @Test
  void anAdministratorMayDoEverythingButSpeakForTheNode() {
    assertThat(may(ADMIN, "home/light")).isTrue();
    assertThat(may(ADMIN, "device/sck/grace1/readings")).isTrue();
    assertThat(may(ADMIN, "$SYS/broker/uptime")).isFalse();
    assertThat(maySubscribe(ADMIN, "$SYS/#")).isTrue();
    assertThat(maySubscribe(ADMIN, "#")).isTrue();
  }

  @Test
  void whoseDeviceItIsIsLookedUpOnceUntilADeviceChanges() {
    PublishRights rights = access.rightsOf(ADA);
    long before = detours.count(DeviceRegistry.class);
    for (int i = 0; i < 100; i++)
      assertThat(Settled.value(rights.mayPublish(new Topic("device/sck/ada001/readings"))))
          .isTrue();
    assertThat(detours.count(DeviceRegistry.class) - before).isEqualTo(1);

    replaceToken("ada002");
    assertThat(Settled.value(rights.mayPublish(new Topic("device/sck/ada001/readings")))).isFalse();
    assertThat(Settled.value(rights.mayPublish(new Topic("device/sck/ada002/readings")))).isTrue();
  }

  @Test
  void whoseDeviceItIsIsLookedUpOnceForAllFiltersOfOneReview() {
    SubscribeRights rights = access.subscriptionsOf(ADA);
    long before = detours.count(DeviceRegistry.class);
    for (String kind : List.of("readings", "info", "#"))
      assertThat(Settled.value(rights.maySubscribe(new TopicFilter("device/sck/ada001/" + kind))))
          .isTrue();
    assertThat(Settled.value(rights.maySubscribe(new TopicFilter("device/sck/grace1/#"))))
        .isFalse();
    assertThat(detours.count(DeviceRegistry.class) - before).isEqualTo(2);
  }

  @Test
  void manyTopicsOfOneClientDoNotMixUp() {
    PublishRights rights = access.rightsOf(ADA);
    for (int round = 0; round < 2; round++)
      for (int i = 0; i < 100; i++) {
        assertThat(Settled.value(rights.mayPublish(new Topic("device/sck/ada001/x" + i)))).isTrue();
        assertThat(Settled.value(rights.mayPublish(new Topic("device/sck/grace1/x" + i))))
            .isFalse();
      }
  }

  @Test
  void openAccessLetsEverybodyDoEverythingButSpeakForTheNode() {
    OpenAccess open = new OpenAccess();
    for (Principal anybody : List.of(Principal.ANONYMOUS, ADA, ADMIN, roof)) {
      assertThat(Settled.value(open.rightsOf(anybody).mayPublish(new Topic("a/b")))).isTrue();
      assertThat(Settled.value(open.rightsOf(anybody).mayPublish(new Topic("$SYS/x")))).isFalse();
      assertThat(Settled.value(open.maySubscribe(anybody, new TopicFilter("$SYS/#")))).isTrue();
      assertThat(Settled.value(open.maySubscribe(anybody, new TopicFilter("#")))).isTrue();
    }
  }

  private boolean may(Principal principal, String topic) {
    return Settled.value(access.rightsOf(principal).mayPublish(new Topic(topic)));
  }

  private boolean maySubscribe(Principal principal, String filter) {
    return Settled.value(access.maySubscribe(principal, new TopicFilter(filter)));
  }

  private void replaceToken(String token) {
    DeviceId id = ((Principal.Device) roof).id();
    Settled.value(devices.update(id, device -> device(id, device.owner(), token)));
    access.deviceChanged();
  }

  private Device add(String token, UserId owner) {
    return Settled.value(devices.add(device(new DeviceId(0), owner, token)));
  }

  private Device device(DeviceId id, UserId owner, String token) {
    return new Device(
        id,
        UUID.randomUUID(),
        owner,
        token,
        Optional.empty(),
        Optional.of(vault.seal(Secret.of(token))),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
