package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
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
import io.mestral.verticles.http.InMemoryDevices;
import io.mestral.verticles.http.InMemoryTokenTerms;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  private final InMemoryDevices devices = new InMemoryDevices();
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final PlatformAccess access =
      new PlatformAccess(
          new DeviceTopics(List.of("bridge", "bridge/sc")),
          new DeviceTokens(devices, new InMemoryTokenTerms.Ends(), vault::hash, Clock.systemUTC()));
  private Principal roof;

  @BeforeEach
  void adaHasADeviceAndSoHasGrace() {
    roof = new Principal.Device(add("ada001", 1).id(), Secret.of("ada001"));
    add("grace1", 2);
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
    int before = devices.questions.get();
    for (int i = 0; i < 100; i++)
      assertThat(rights.mayPublish(new Topic("device/sck/ada001/readings")).result()).isTrue();
    assertThat(devices.questions.get() - before).isEqualTo(1);

    replaceToken("ada002");
    assertThat(rights.mayPublish(new Topic("device/sck/ada001/readings")).result()).isFalse();
    assertThat(rights.mayPublish(new Topic("device/sck/ada002/readings")).result()).isTrue();
  }

  @Test
  void whoseDeviceItIsIsLookedUpOnceForAllFiltersOfOneReview() {
    SubscribeRights rights = access.subscriptionsOf(ADA);
    int before = devices.questions.get();
    for (String kind : List.of("readings", "info", "#"))
      assertThat(rights.maySubscribe(new TopicFilter("device/sck/ada001/" + kind)).result())
          .isTrue();
    assertThat(rights.maySubscribe(new TopicFilter("device/sck/grace1/#")).result()).isFalse();
    assertThat(devices.questions.get() - before).isEqualTo(2);
  }

  @Test
  void manyTopicsOfOneClientDoNotMixUp() {
    PublishRights rights = access.rightsOf(ADA);
    for (int round = 0; round < 2; round++)
      for (int i = 0; i < 100; i++) {
        assertThat(rights.mayPublish(new Topic("device/sck/ada001/x" + i)).result()).isTrue();
        assertThat(rights.mayPublish(new Topic("device/sck/grace1/x" + i)).result()).isFalse();
      }
  }

  @Test
  void openAccessLetsEverybodyDoEverythingButSpeakForTheNode() {
    OpenAccess open = new OpenAccess();
    for (Principal anybody : List.of(Principal.ANONYMOUS, ADA, ADMIN, roof)) {
      assertThat(open.rightsOf(anybody).mayPublish(new Topic("a/b")).result()).isTrue();
      assertThat(open.rightsOf(anybody).mayPublish(new Topic("$SYS/x")).result()).isFalse();
      assertThat(open.maySubscribe(anybody, new TopicFilter("$SYS/#")).result()).isTrue();
      assertThat(open.maySubscribe(anybody, new TopicFilter("#")).result()).isTrue();
    }
  }

  private boolean may(Principal principal, String topic) {
    return access.rightsOf(principal).mayPublish(new Topic(topic)).result();
  }

  private boolean maySubscribe(Principal principal, String filter) {
    return access.maySubscribe(principal, new TopicFilter(filter)).result();
  }

  private void replaceToken(String token) {
    DeviceId id = ((Principal.Device) roof).id();
    devices.update(id, device -> device(id, device.owner(), token)).result();
    access.deviceChanged();
  }

  private Device add(String token, long owner) {
    return devices.add(device(new DeviceId(0), new UserId(owner), token)).result();
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
