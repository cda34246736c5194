package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.Orphan;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.InMemoryMetadata;
import io.mestral.verticles.http.InMemoryOrphans;
import io.mestral.verticles.http.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens that nobody had. */
class StrangersTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
  private static final Secret TOKEN = Secret.of("abc123");

  private final MovableClock clock = new MovableClock(NOON);
  private final TokenVault vault = new TokenVault(new byte[32]);

  @Test
  void aTokenIsNobodysForAMinuteThoughNobodyTellsWhoGotIt() {
    InMemoryMetadata metadata = new InMemoryMetadata();
    DeviceDirectory directory =
        new DeviceDirectory(
            metadata, vault::hash, (device, token) -> Future.succeededFuture(), clock);
    assertThat(directory.byToken(TOKEN).result()).isEmpty();
    metadata.devices().add(device());
    clock.forward(Duration.ofSeconds(59));
    assertThat(directory.byToken(TOKEN).result()).isEmpty();
    clock.forward(Duration.ofSeconds(1));
    assertThat(directory.byToken(TOKEN).result()).isPresent();
  }

  @Test
  void aTokenIsNoOrphansForAMinute() {
    AtomicInteger questions = new AtomicInteger();
    InMemoryOrphans none =
        new InMemoryOrphans() {
          @Override
          public Future<Optional<Orphan>> handshake(String tokenHash, Instant now) {
            questions.incrementAndGet();
            return Future.succeededFuture(Optional.empty());
          }
        };
    OrphanMessages messages =
        new OrphanMessages(none, vault::hash, new IngestMetrics(new SimpleMeterRegistry()), clock);
    messages.greet(TOKEN);
    clock.forward(Duration.ofSeconds(59));
    messages.greet(TOKEN);
    assertThat(questions).hasValue(1);
    clock.forward(Duration.ofSeconds(1));
    messages.greet(TOKEN);
    assertThat(questions).hasValue(2);
  }

  private Device device() {
    return new Device(
        new DeviceId(0),
        UUID.randomUUID(),
        new UserId(1),
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
