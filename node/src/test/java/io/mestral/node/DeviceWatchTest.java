package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.ConfigReader;
import io.mestral.config.ConfigSources;
import io.mestral.config.MestralConfig;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Reading;
import io.mestral.storage.WatchedDevice;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.people.NoticeVerticle;
import io.mestral.verticles.watch.DeviceEvent;
import io.mestral.verticles.watch.DeviceWatchVerticle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watch over devices, on real stores. */
class DeviceWatchTest {
  private static final Duration PAUSE = Duration.ofMillis(20);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Instant now = Instant.now();
  private final BlockingQueue<DeviceEvent> told = new LinkedBlockingQueue<>();
  private Stores stores;
  private UserId ada;

  @BeforeEach
  void open() throws Exception {
    MestralConfig config =
        ConfigReader.read(ConfigSources.of(Map.of()).with("data.dir=" + folder)).toConfig();
    stores = Stores.open(vertx, config, meters, Clock.systemUTC());
    ada = await(stores.metadata().users().add(user(), "hash")).id();
    await(
        LocalBus.of(vertx).listen(Addresses.DEVICE_EVENT, event -> told.add((DeviceEvent) event)));
  }

  @AfterEach
  void close() throws Exception {
    await(stores.close());
    await(vertx.close());
  }

  @Test
  void whatIsWrongIsToldOnceAlsoAcrossRestarts() throws Exception {
    DeviceId silent = device("silent", false, true);
    DeviceId weak = device("weak", true, true);
    device("never published", true, true);
    DeviceId unwatched = device("unwatched", false, false);
    DeviceId fine = device("fine", true, true);
    measure(silent, 55, 90, 20);
    measure(unwatched, 55, 90, 20);
    measure(weak, 10, 5, 7);
    measure(fine, 10, 5, 80);
    String first = watch();
    await(
        vertx.deployVerticle(
            new NoticeVerticle(
                stores.metadata(),
                new Letters(
                    new TokenVault(new byte[32]), () -> "http://example.org", Clock.systemUTC()))));
    List<DeviceEvent> both = List.of(next(), next());
    assertThat(both).extracting(DeviceEvent::device).containsExactlyInAnyOrder(silent, weak);
    assertThat(both)
        .hasAtLeastOneElementOfType(DeviceEvent.LowBattery.class)
        .hasAtLeastOneElementOfType(DeviceEvent.StoppedPublishing.class);
    await(vertx.undeploy(first));
    watch();
    DeviceId late = device("late", false, true);
    measure(late, 55, 61, 1);
    assertThat(next().device()).as("and nobody else again").isEqualTo(late);
    assertThat(
            meters.get("mestral.device.events").tag("kind", "stopped_publishing").counter().count())
        .isGreaterThanOrEqualTo(1);
  }

  @Test
  void whereNothingIsMailedNothingCountsAsTold() throws Exception {
    DeviceId weak = device("weak", true, false);
    measure(weak, 10, 5, 7);
    BlockingQueue<DeviceEvent> found = new LinkedBlockingQueue<>();
    await(
        LocalBus.of(vertx)
            .listen(Addresses.DEVICE_FINDING, event -> found.add((DeviceEvent) event)));
    watch();
    for (int round = 0; round < 3; round++)
      assertThat(found.poll(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              DeviceEvent.LowBattery.class, low -> assertThat(low.device()).isEqualTo(weak));
    assertThat(told).isEmpty();
    assertThat(await(stores.metadata().notices().watched(new DeviceId(0), 10)))
        .extracting(WatchedDevice::lowBatteryTold)
        .containsExactly(Optional.empty());
  }

  private DeviceEvent next() throws InterruptedException {
    return Optional.ofNullable(told.poll(10, TimeUnit.SECONDS)).orElseThrow();
  }

  private String watch() throws Exception {
    return await(
        vertx.deployVerticle(
            new DeviceWatchVerticle(
                stores.metadata().notices(), stores.readings(), meters, Clock.systemUTC(), PAUSE)));
  }

  private void measure(DeviceId device, int sensor, int minutesAgo, double value) throws Exception {
    long second = now.minus(Duration.ofMinutes(minutesAgo)).getEpochSecond();
    await(
        stores
            .readings()
            .append(List.of(new Reading(device, new SensorId(sensor), second, value))));
  }

  private DeviceId device(String name, boolean battery, boolean silence) throws Exception {
    return await(
            stores
                .metadata()
                .devices()
                .add(
                    new Device(
                        new DeviceId(0),
                        UUID.randomUUID(),
                        ada,
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Location.UNKNOWN,
                        Hardware.UNKNOWN,
                        new DevicePolicy(false, true, false, false, battery, silence),
                        Optional.empty(),
                        now,
                        now)))
        .id();
  }

  private User user() {
    return new User(
        new UserId(0),
        UUID.randomUUID(),
        "ada",
        "ada@example.org",
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "key",
        now,
        now);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
