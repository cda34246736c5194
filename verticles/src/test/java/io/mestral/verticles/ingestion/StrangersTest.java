package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.Metadata;
import io.mestral.storage.OrphanRegistry;
import io.mestral.storage.Settled;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.MovableClock;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens that nobody had. */
class StrangersTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
  private static final Secret TOKEN = Secret.of("abc123");

  private final Vertx vertx = Vertx.vertx();
  private final MovableClock clock = new MovableClock(NOON);
  private final TestStores stores = TestStores.open(vertx, clock);
  private final TokenVault vault = new TokenVault(new byte[32]);

  @AfterEach
  void close() {
    stores.close();
    Settled.value(vertx.close());
  }

  @Test
  void aTokenIsNobodysForAMinuteThoughNobodyTellsWhoGotIt() {
    Metadata metadata = stores.metadata();
    DeviceDirectory directory =
        new DeviceDirectory(metadata, vault, (device, token) -> Future.succeededFuture(), clock);
    assertThat(Settled.value(directory.byToken(TOKEN))).isEmpty();
    Settled.value(metadata.devices().add(device()));
    clock.forward(Duration.ofSeconds(59));
    assertThat(Settled.value(directory.byToken(TOKEN))).isEmpty();
    clock.forward(Duration.ofSeconds(1));
    assertThat(Settled.value(directory.byToken(TOKEN))).isPresent();
  }

  @Test
  void aTokenIsNoOrphansForAMinute() {
    Detours detours = new Detours();
    OrphanRegistry none = detours.to(OrphanRegistry.class, stores.metadata().orphans());
    OrphanMessages messages =
        new OrphanMessages(none, vault::hash, new IngestMetrics(new SimpleMeterRegistry()), clock);
    Settled.value(messages.greet(TOKEN));
    clock.forward(Duration.ofSeconds(59));
    Settled.value(messages.greet(TOKEN));
    assertThat(detours.count(OrphanRegistry.class, "handshake")).isEqualTo(1);
    clock.forward(Duration.ofSeconds(1));
    Settled.value(messages.greet(TOKEN));
    assertThat(detours.count(OrphanRegistry.class, "handshake")).isEqualTo(2);
  }

  private Device device() {
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        stores.user("ada"),
        "Roof",
        Optional.empty(),
        Optional.of(vault.seal(TOKEN)),
        Optional.empty(),
        Location.UNKNOWN,
        Hardware.UNKNOWN,
        DevicePolicy.DEFAULT,
        Optional.empty(),
        NOON,
        NOON);
  }
}
