package io.mestral.verticles.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.access.Authority;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.model.access.SubscribeRights;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.EntityTopic;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.storage.Metadata;
import io.mestral.storage.Settled;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with topics of Smart API messages (section 8.2). */
class EntityTopicRightsTest {
  private static final String BASE = "http://example.org";

  private final Vertx vertx = Vertx.vertx();
  private final Detours detours = new Detours();
  private final TestStores stores = TestStores.open(vertx, Clock.systemUTC());
  private final Metadata metadata = detours.to(Metadata.class, stores.metadata());
  private final TokenVault vault = new TokenVault(new byte[32]);
  private final PlatformAccess access =
      new PlatformAccess(
          new DeviceTopics(List.of()),
          new DeviceTokens(
              metadata.devices(), metadata.deviceTokenEnds(), vault, Clock.systemUTC()),
          new EntityTopicRights(
              metadata,
              new EntityTopicRights.Node("here", () -> BASE),
              new DeviceEntityRights(metadata.devices(), () -> BASE)));
  private User ada;
  private User grace;
  private Device roof;
  private Device cellar;
  private Principal.User adaHerself;
  private Principal gateway;
  private Principal device;

  @BeforeEach
  void adaHasAPublicAndGraceAPrivateDevice() {
    ada = Settled.value(metadata.users().find(stores.user("ada"))).orElseThrow();
    grace = Settled.value(metadata.users().find(stores.user("grace"))).orElseThrow();
    roof = add("ada001", ada.id(), DevicePolicy.DEFAULT);
    cellar = add("grace1", grace.id(), new DevicePolicy(true, true, false, false, false, false));
    adaHerself = new Principal.User(ada.id(), "ada", Role.CITIZEN);
    gateway = gateway("roof");
    device = new Principal.Device(roof.id(), Secret.of("ada001"));
  }

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  private Principal gateway(String name) {
    return new Principal.Gateway(
        new GatewayId(1), name, "https://example.org/id/" + name, ada.id());
  }

  @ParameterizedTest
  @CsvSource({
    "smartapi/1/roof/in, true",
    "smartapi/1/other/in, true",
    "smartapi/1/roof/ntf/urn%3Ax, true",
    "smartapi/1/roof/ntf, false",
    "smartapi/1/roof/ntf/a/b, false",
    "smartapi/1/roof/hb, true",
    "smartapi/1/roof/state, true",
    "smartapi/1/roof/out/anybody, true",
    "smartapi/1/roof/up, true",
    "smartapi/1/roof/down, false",
    "smartapi/1/roof/other, false",
    "smartapi/1/other/hb, false",
    "smartapi/1/other/state, false",
    "smartapi/1/other/out/anybody, false",
    "smartapi/1/other/ntf/urn%3Ax, false",
    "smartapi/1/other/up, false",
    "smartapi/1/Roof/hb, false",
    "smartapi/2/roof/hb, false",
    "device/sck/ada001/readings, false",
    "device/inventory, false",
    "home/light, false"
  })
  void aGatewayPublishesBelowItsNameAndToEverybodysIn(String topic, boolean may) {
    assertThat(mayPublish(gateway, topic)).isEqualTo(may);
  }

  @ParameterizedTest
  @CsvSource({
    "smartapi/1/roof/in, true",
    "smartapi/1/roof/down, true",
    "smartapi/1/+/out/https%3A%2F%2Fexample.org%2Fid%2Froof, true",
    "smartapi/1/roof/ntf/urn%3Ax, false",
    "smartapi/1/roof/state, false",
    "smartapi/1/roof/up, false",
    "smartapi/1/roof/+, false",
    "smartapi/1/roof/#, false",
    "smartapi/1/+/in, false",
    "smartapi/1/other/in, false",
    "smartapi/1/+/out/roof, false",
    "smartapi/1/+/out/+, false",
    "smartapi/1/#, false",
    "$share/g/smartapi/1/roof/in, false",
    "device/sck/ada001/#, false",
    "#, false"
  })
  void aGatewayHearsWhatIsSentToIt(String filter, boolean may) {
    assertThat(maySubscribe(gateway, filter)).isEqualTo(may);
  }

  @Test
  void aGatewayCalledLikeTheNodeIsNotTheNode() {
    assertThat(mayPublish(gateway("here"), "smartapi/1/here/out/urn%3Ax")).isFalse();
    assertThat(maySubscribe(gateway("here"), "smartapi/1/here/in")).isFalse();
    assertThat(mayPublish(gateway("here"), "smartapi/1/here/in")).isTrue();
  }

  @Test
  void aDeviceIsToItsIriWhatAGatewayIsToItsName() {
    String own = "smartapi/1/" + EntityTopic.encoded(iri(roof)) + "/";
    for (String below : List.of("in", "hb", "state", "up", "out/x", "ntf/urn%3Ax"))
      assertThat(mayPublish(device, own + below)).as(below).isTrue();
    assertThat(maySubscribe(device, own + "in")).isTrue();
    assertThat(mayPublish(device, "smartapi/1/roof/in")).isTrue();
    assertThat(maySubscribe(device, EntityTopic.out("+", iri(roof)))).isTrue();
    String other = "smartapi/1/" + EntityTopic.encoded(iri(cellar)) + "/";
    assertThat(mayPublish(device, other + "hb")).isFalse();
    assertThat(maySubscribe(device, other + "in")).isFalse();
    assertThat(maySubscribe(device, EntityTopic.out("+", iri(cellar)))).isFalse();
    assertThat(mayPublish(device, "smartapi/1/" + roof.id() + "/hb")).isFalse();
    assertThat(maySubscribe(device, EntityTopic.notifications("+", iri(roof)))).isFalse();
  }

  @Test
  void aUserSendsToNodesAndHearsTheirAnswers() {
    assertThat(mayPublish(adaHerself, "smartapi/1/roof/in")).isTrue();
    for (String other : List.of("hb", "state", "up", "out/x", "ntf/x"))
      assertThat(mayPublish(adaHerself, "smartapi/1/roof/" + other)).as(other).isFalse();
    assertThat(maySubscribe(adaHerself, EntityTopic.out("roof", iri(ada)))).isTrue();
    assertThat(maySubscribe(adaHerself, EntityTopic.out("+", iri(ada)))).isTrue();
    assertThat(maySubscribe(adaHerself, EntityTopic.out("+", iri(grace)))).isFalse();
    assertThat(maySubscribe(adaHerself, "smartapi/1/+/out/+")).isFalse();
    assertThat(maySubscribe(adaHerself, "smartapi/1/roof/in")).isFalse();
  }

  @Test
  void aUserHearsOfDevicesThatTheyMaySee() {
    Principal graceHerself = new Principal.User(grace.id(), "grace", Role.RESEARCHER);
    assertThat(maySubscribe(adaHerself, EntityTopic.notifications("+", iri(roof)))).isTrue();
    assertThat(maySubscribe(graceHerself, EntityTopic.notifications("here", iri(roof)))).isTrue();
    assertThat(maySubscribe(graceHerself, EntityTopic.notifications("+", iri(cellar)))).isTrue();
    assertThat(maySubscribe(adaHerself, EntityTopic.notifications("+", iri(cellar)))).isFalse();
    String nobodys = BASE + "/id/devices/" + UUID.randomUUID();
    for (String iri :
        List.of(nobodys, iri(ada), "urn:x", iri(roof) + "#55", iri(roof).toUpperCase(Locale.ROOT)))
      assertThat(maySubscribe(adaHerself, EntityTopic.notifications("+", iri))).as(iri).isFalse();
    assertThat(maySubscribe(adaHerself, "smartapi/1/+/ntf/+")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in", "hb", "state", "out/x", "ntf/x", "up", "down"})
  void strangersAndPartnersHaveNothingThere(String below) {
    Principal partner = new Principal.Partner(ada.id(), Secret.of("f0rward"));
    for (Principal nobody : List.of(Principal.ANONYMOUS, partner)) {
      assertThat(mayPublish(nobody, "smartapi/1/roof/" + below)).isFalse();
      assertThat(maySubscribe(nobody, "smartapi/1/roof/" + below)).isFalse();
    }
    assertThat(maySubscribe(Principal.ANONYMOUS, EntityTopic.notifications("+", iri(roof))))
        .isFalse();
  }

  @Test
  void anAdministratorMayDoEverything() {
    Principal admin = new Principal.User(new UserId(9), "admin", Role.ADMIN);
    for (String below : List.of("in", "hb", "state", "out/x", "ntf/x", "up", "down")) {
      assertThat(mayPublish(admin, "smartapi/1/roof/" + below)).isTrue();
      assertThat(maySubscribe(admin, "smartapi/1/roof/" + below)).isTrue();
    }
    assertThat(maySubscribe(admin, "smartapi/1/#")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void whoActsForAUserNeedsAScopeOfTheSmartApi(Scope scope) {
    Principal delegate = adaHerself.with(Authority.delegated(Set.of(scope), Set.of()));
    assertThat(mayPublish(delegate, "smartapi/1/roof/in"))
        .isEqualTo(scope.label().startsWith("smartapi."));
    assertThat(maySubscribe(delegate, EntityTopic.out("+", iri(ada))))
        .isEqualTo(scope == Scope.SMARTAPI_READ);
    assertThat(maySubscribe(delegate, EntityTopic.notifications("+", iri(roof))))
        .isEqualTo(scope == Scope.SMARTAPI_READ);
  }

  @Test
  void onlyAStateIsRetained() {
    assertThat(mayRetain(gateway, "smartapi/1/roof/state")).isTrue();
    for (String below : List.of("in", "out/x", "ntf/x", "hb", "up"))
      assertThat(mayRetain(gateway, "smartapi/1/roof/" + below)).as(below).isFalse();
    assertThat(mayRetain(adaHerself, "smartapi/1/roof/in")).isFalse();
    assertThat(mayRetain(adaHerself, "device/sck/ada001/readings")).isTrue();
    assertThat(mayRetain(Principal.ANONYMOUS, "device/sck/ada001/readings")).isFalse();
  }

  @Test
  void whoSubscribesIsLookedUpOnceForAllFilters() {
    long before = detours.count(UserRegistry.class);
    SubscribeRights asked = access.subscriptionsOf(adaHerself);
    for (String node : List.of("a", "b", "c"))
      assertThat(
              Settled.value(asked.maySubscribe(new TopicFilter(EntityTopic.out(node, iri(ada))))))
          .isTrue();
    assertThat(detours.count(UserRegistry.class) - before).isEqualTo(1);
  }

  private boolean mayPublish(Principal principal, String topic) {
    return Settled.value(access.rightsOf(principal).mayPublish(new Topic(topic)));
  }

  private boolean mayRetain(Principal principal, String topic) {
    return access.rightsOf(principal).mayRetain(new Topic(topic));
  }

  private boolean maySubscribe(Principal principal, String filter) {
    return Settled.value(access.maySubscribe(principal, new TopicFilter(filter)));
  }

  private static String iri(User user) {
    return BASE + "/id/users/" + user.uuid();
  }

  private static String iri(Device device) {
    return BASE + "/id/devices/" + device.uuid();
  }

  private Device add(String token, UserId owner, DevicePolicy policy) {
    return Settled.value(
        metadata
            .devices()
            .add(
                new Device(
                    new DeviceId(0),
                    UUID.randomUUID(),
                    owner,
                    token,
                    Optional.empty(),
                    Optional.of(vault.seal(Secret.of(token))),
                    Optional.empty(),
                    Location.UNKNOWN,
                    Hardware.UNKNOWN,
                    policy,
                    Optional.empty(),
                    Instant.EPOCH,
                    Instant.EPOCH)));
  }
}
