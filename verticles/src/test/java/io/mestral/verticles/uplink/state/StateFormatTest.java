package io.mestral.verticles.uplink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.Preferences;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.verticles.uplink.wire.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateFormatTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123Z");
  private static final UUID ROOF = UUID.fromString("5f6f4f5e-6ba1-4a0c-8a0f-2f4f0f8a9c11");
  private static final UUID ADA = UUID.fromString("384e46a2-80dd-481e-a9fc-cfbd512f9f43");
  private final SecretMultikey key = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());

  static Stream<ReplicaContent> contents() {
    return Stream.of(
        new ReplicaContent.OfNumbers(new NumberRange(5001, 6000)),
        new ReplicaContent.OfMeasurement(
            new Measurement(7, ROOF, "Mood", "", Optional.of("%"), Optional.empty(), NOON, NOON)),
        new ReplicaContent.OfSensor(
            new Sensor(
                new SensorId(55),
                ROOF,
                OptionalInt.empty(),
                "Thermometer",
                "Warm or cold",
                "t",
                Optional.of("ºC"),
                OptionalInt.empty(),
                Calibration.parse("x/2"),
                Calibration.IDENTITY,
                Optional.of("https://example.org/sheet"),
                Optional.empty(),
                NOON,
                NOON),
            Optional.of(ADA),
            Optional.empty()),
        new ReplicaContent.OfUser(
            new User(
                new UserId(0),
                ADA,
                "ada",
                "ada@example.org",
                5,
                Optional.of("Barcelona"),
                Optional.empty(),
                Optional.of("https://example.org"),
                "0123456789abcdef0123456789abcdef01234567",
                NOON,
                NOON,
                Optional.empty(),
                new Preferences(Language.CA, "Europe/Madrid", Set.of())),
            "$argon2id$v=19$m=7168,t=5,p=1$c2FsdA$aGFzaA",
            Optional.of("shared-hash"),
            Optional.of(NOON)),
        new ReplicaContent.OfDevice(
            new Device(
                new DeviceId(4711),
                ROOF,
                new UserId(0),
                "Roof",
                Optional.of("Up there"),
                Optional.empty(),
                Optional.of("00:00:5e:00:53:01"),
                new Location(
                    OptionalDouble.of(41.39),
                    OptionalDouble.of(-2.18),
                    OptionalInt.of(12),
                    Optional.of("outdoor"),
                    Optional.of("sp3e"),
                    Optional.of("Barcelona"),
                    Optional.of("ES")),
                new Hardware(
                    Optional.empty(),
                    Optional.of("Kit"),
                    Optional.of("2.1"),
                    Optional.of("SCK"),
                    Optional.of("sck:2,1")),
                new DevicePolicy(true, false, true, false, true, true),
                Optional.of("{\"floor\":3}"),
                NOON,
                NOON),
            ADA,
            Optional.of("shared-hash"),
            Optional.of(NOON)));
  }

  private static StateRecord record(ReplicaContent content) {
    RecordBodies.Written written = RecordBodies.write(content);
    return StateRecord.of(written.name(), written.body().toString());
  }

  private static StateMessage message(StateRecord... records) {
    return new StateMessage(
        "hill",
        12,
        Optional.of("from"),
        "to",
        new byte[] {1, 2, 3},
        List.of(records),
        List.of(new ReplicaName("device", ROOF.toString())));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void whatIsWrittenIsReadAgain(ReplicaContent content) throws Exception {
    StateFormat.Signed read = StateFormat.read(StateFormat.write(message(record(content)), key));
    assertThat(read.key()).isEqualTo(key.publicKey().multibase());
    assertThat(read.message().records()).containsExactly(record(content));
    assertThat(read.message().gone()).isEqualTo(message().gone());
    assertThat(read.message().from()).contains("from");
    assertThat(read.message().tokenKey()).containsExactly(1, 2, 3);
    assertThat(RecordBodies.read(read.message().records().get(0)).content()).contains(content);
  }

  @Test
  void whatWasAlteredIsNotBelieved() {
    String text = StateFormat.write(message(), key).toString();
    String[] parts = text.split("\\.");
    String other =
        StateFormat.write(message(record(new ReplicaContent.OfNumbers(new NumberRange(1, 9)))), key)
            .toString()
            .split("\\.")[1];
    SecretMultikey stranger = SecretMultikey.generate(KeyType.ED25519, new SecureRandom());
    String strangers = StateFormat.write(message(), stranger).toString().split("\\.")[2];
    for (String forged :
        List.of(
            parts[0] + "." + other + "." + parts[2],
            parts[0] + "." + parts[1] + "." + strangers,
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "",
            "..",
            "\0"))
      assertThatThrownBy(() -> StateFormat.read(Buffer.buffer(forged)))
          .as(forged)
          .isInstanceOf(Unreadable.class);
  }

  @Test
  void whatIsLackingIsNamed() {
    StateRecord broken =
        StateRecord.of(new ReplicaName("user", ADA.toString()), "{\"username\":\"ada\"}");
    assertThatThrownBy(() -> RecordBodies.read(broken)).hasMessage("user " + ADA + ": no email");
    StateRecord nameless =
        StateRecord.of(new ReplicaName("device", "roof"), "{\"name\":\"Roof\",\"id\":1}");
    assertThatThrownBy(() -> RecordBodies.read(nameless)).hasMessageContaining("no UUID: roof");
  }

  @Test
  void whatIsNotKnownIsHandedOn() throws Exception {
    StateRecord moon = StateRecord.of(new ReplicaName("moon", "1"), "{\"phase\":\"new\"}");
    assertThat(RecordBodies.read(moon).content()).isEmpty();
    assertThat(StateFormat.read(StateFormat.write(message(moon), key)).message().records())
        .containsExactly(moon);
    ReplicaContent roof = contents().toList().get(4);
    String merged =
        RecordBodies.merged(
            RecordBodies.write(roof),
            Optional.of("{\"colour\":\"red\",\"name\":\"Cellar\",\"meta\":\"{}\"}"));
    assertThat(merged).contains("\"colour\":\"red\"", "\"name\":\"Roof\"").doesNotContain("Cellar");
  }

  @Test
  void theDigestFollowsFromAllTags() {
    ReplicaName first = new ReplicaName("device", "a");
    ReplicaName second = new ReplicaName("user", "a");
    String both = StateRecord.digest(Map.of(first, "1", second, "2"));
    assertThat(both).isEqualTo("1d5a4a08e45e620e9de754156b331003205ad9790683c572c053b342d36591aa");
    assertThat(StateRecord.digest(Map.of(first, "2", second, "1"))).isNotEqualTo(both);
    assertThat(StateRecord.digest(Map.of(first, "1"))).isNotEqualTo(both);
  }

  @Test
  void newsOfDevicesAreReadAgain() throws Exception {
    Device roof = ((ReplicaContent.OfDevice) contents().toList().get(4)).device();
    DeviceNews news = new DeviceNews(List.of(roof), List.of(ADA));
    assertThat(DeviceNews.read(news.written())).isEqualTo(news);
    assertThat(new DeviceNews(List.of(roof, roof, roof), List.of(ADA)).parts(2))
        .containsExactly(
            new DeviceNews(List.of(roof, roof), List.of()),
            new DeviceNews(List.of(roof), List.of()),
            new DeviceNews(List.of(), List.of(ADA)));
    assertThatThrownBy(() -> DeviceNews.read(Buffer.buffer("{}"))).isInstanceOf(Unreadable.class);
  }

  @Test
  void whatAnEdgeSaysItHasIsReadAgain() throws Exception {
    EdgeStanding standing = new EdgeStanding(7, "digest", Optional.of(999L));
    assertThat(EdgeStanding.read(standing.written())).isEqualTo(standing);
    EdgeStanding first = new EdgeStanding(0, "digest", Optional.empty());
    assertThat(EdgeStanding.read(first.written())).isEqualTo(first);
    assertThatThrownBy(() -> EdgeStanding.read(Buffer.buffer("[]"))).isInstanceOf(Unreadable.class);
  }
}
