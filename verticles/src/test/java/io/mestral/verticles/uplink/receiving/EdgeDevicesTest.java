package io.mestral.verticles.uplink.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.storage.embedded.metadata.EmbeddedMetadata;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.uplink.state.DeviceNews;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of devices that an edge tells of. */
class EdgeDevicesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedMetadata metadata;
  private EdgeDevices devices;
  private User ada;
  private long first;

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @BeforeEach
  void open() {
    metadata = EmbeddedMetadata.open(vertx, folder, Clock.systemUTC());
    devices =
        new EdgeDevices(
            metadata,
            new DeviceChanges() {
              @Override
              public void changed(Device device) {}

              @Override
              public void tokenLost(Device device) {}
            },
            Clock.systemUTC());
    ada = user("ada");
    Gateway hill = new Gateway(new GatewayId(0), "hill", "urn:x:hill", ada.id(), NOON, NOON);
    await(metadata.gateways().add(hill, "hash"));
    first = await(metadata.replica().give("hill", 10)).get(0).first();
  }

  private User user(String name) {
    User draft =
        new User(
            new UserId(0),
            UUID.randomUUID(),
            name,
            name + "@example.org",
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "0123456789abcdef0123456789abcdef01234567",
            NOON,
            NOON);
    return await(metadata.users().add(draft, "hash"));
  }

  @AfterEach
  void close() {
    await(metadata.close());
    await(vertx.close());
  }

  private Device told(UUID uuid, long id, String name, Instant changed) {
    return new Device(
        new DeviceId(id),
        uuid,
        ada.id(),
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        NOON,
        changed);
  }

  private void tell(Device... told) {
    await(devices.take("hill", new DeviceNews(List.of(told), List.of())));
  }

  private Optional<Device> here(UUID uuid) {
    return await(metadata.devices().findByUuid(uuid));
  }

  @Test
  void aDeviceIsMadeUnderItsNumberIfThatIsTheEdges() {
    UUID own = UUID.randomUUID();
    UUID others = UUID.randomUUID();
    tell(told(own, first + 3, "Own", NOON), told(others, first + 5_000, "Other", NOON));
    assertThat(here(own).orElseThrow().id().value()).isEqualTo(first + 3);
    assertThat(here(others).orElseThrow().id().value()).isNotEqualTo(first + 5_000);
    assertThat(here(own).orElseThrow().owner()).isEqualTo(ada.id());
  }

  @Test
  void aNumberThatAnArchivedDeviceHasIsGivenToNobodyElse() {
    UUID former = UUID.randomUUID();
    tell(told(former, first, "Former", NOON));
    await(devices.take("hill", new DeviceNews(List.of(), List.of(former))));
    assertThat(here(former)).isEmpty();
    UUID next = UUID.randomUUID();
    tell(told(next, first, "Next", NOON));
    assertThat(here(next).orElseThrow().id().value()).isNotEqualTo(first);
  }

  @Test
  void theLaterChangeCounts() {
    UUID roof = UUID.randomUUID();
    tell(told(roof, first, "Roof", NOON));
    tell(told(roof, first, "Loft", NOON.plusSeconds(2)));
    tell(told(roof, first, "Attic", NOON.plusSeconds(1)));
    assertThat(here(roof).orElseThrow().name()).isEqualTo("Loft");
  }

  @Test
  void whatBelongsToOthersIsLeftAlone() {
    User eva = user("eva");
    Device hers =
        await(
            metadata
                .devices()
                .add(
                    new Device(
                        new DeviceId(0),
                        UUID.randomUUID(),
                        eva.id(),
                        "Hers",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Location.UNKNOWN,
                        Hardware.UNKNOWN,
                        DevicePolicy.DEFAULT,
                        Optional.empty(),
                        NOON,
                        NOON)));
    UUID mine = UUID.randomUUID();
    tell(
        told(hers.uuid(), first, "Mine now", NOON.plusSeconds(9)),
        told(mine, first + 1, "Mine", NOON));
    await(devices.take("hill", new DeviceNews(List.of(), List.of(hers.uuid()))));
    assertThat(here(hers.uuid())).contains(hers);
    assertThat(here(mine)).isPresent();
  }
}
