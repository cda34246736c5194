package io.mestral.verticles.watch;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.storage.DeviceNotices;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.mestral.storage.WatchedDevice;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.watch.Patrol.Finding;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over the devices whose owners asked for it, a page at a time, and says at {@link
 * Addresses#DEVICE_FINDING} what is wrong, in each round until somebody was told of it.
 */
public final class DeviceWatchVerticle extends VerticleBase {
  /** Between the end of one round and the next. */
  public static final Duration PAUSE = Duration.ofMinutes(10);

  private static final Logger log = LoggerFactory.getLogger(DeviceWatchVerticle.class);
  private static final int PAGE = 500;

  private final DeviceNotices notices;
  private final ReadingStore readings;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Duration pause;

  /**
   * @param pause between two rounds, {@link #PAUSE} but for tests
   */
  public DeviceWatchVerticle(
      DeviceNotices notices,
      ReadingStore readings,
      MeterRegistry meters,
      Clock clock,
      Duration pause) {
    this.notices = notices;
    this.readings = readings;
    this.meters = meters;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public Future<?> start() {
    LocalBus bus = LocalBus.of(vertx);
    vertx.setTimer(pause.toMillis(), timer -> round(bus));
    return bus.listen(Addresses.DEVICE_EVENT, event -> count((DeviceEvent) event));
  }

  private void round(LocalBus bus) {
    AtomicReference<DeviceId> last = new AtomicReference<>(new DeviceId(0));
    Steps.until(() -> page(bus, last))
        .onFailure(failure -> log.warn("devices could not be looked at: {}", failure.getMessage()))
        .onComplete(done -> vertx.setTimer(pause.toMillis(), timer -> round(bus)));
  }

  /** Succeeds with whether there was nothing more behind the last one. */
  private Future<Boolean> page(LocalBus bus, AtomicReference<DeviceId> last) {
    return notices
        .watched(last.get(), PAGE)
        .compose(
            devices -> {
              if (devices.isEmpty()) return Future.succeededFuture(true);
              last.set(devices.get(devices.size() - 1).device());
              return look(bus, devices).map(done -> false);
            });
  }

  private Future<Void> look(LocalBus bus, List<WatchedDevice> devices) {
    return readings
        .latest(devices.stream().map(WatchedDevice::device).toList())
        .compose(
            latest -> {
              Instant now = clock.instant();
              List<Future<Void>> acted = new ArrayList<>();
              for (WatchedDevice device : devices) {
                Map<SensorId, Latest> newest = latest.getOrDefault(device.device(), Map.of());
                for (Finding finding : Patrol.look(device, newest, now))
                  acted.add(act(bus, device, finding));
              }
              return Future.join(acted).mapEmpty();
            });
  }

  private Future<Void> act(LocalBus bus, WatchedDevice device, Finding finding) {
    if (finding instanceof Finding.Over over) return notices.reset(device.device(), over.kind());
    if (finding instanceof Finding.Tell tell) bus.tell(Addresses.DEVICE_FINDING, tell.event());
    return Future.succeededFuture();
  }

  private void count(DeviceEvent event) {
    String kind = event.getClass().getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1");
    meters.counter("mestral.device.events", "kind", kind.toLowerCase(Locale.ROOT)).increment();
  }
}
