package io.mestral.verticles.http.map;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Series;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Answers at {@link Addresses#MAP}: keeps the maps that are looked at. */
public final class MapVerticle extends VerticleBase {
  /** More than there are measurements, with and without a mean. */
  private static final int MOST_MAPS = 64;

  private static final long IDLE_MILLIS = 600_000;
  private static final long LOOK_AROUND_MILLIS = 60_000;

  private final Metadata metadata;
  private final ReadingStore readings;
  private final Clock clock;
  private final Map<View, MeasureMap> maps =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<View, MeasureMap> eldest) {
          return size() > MOST_MAPS;
        }
      };

  private record View(String measure, Mean mean) {}

  /** Shows the devices there with readings of that store. */
  public MapVerticle(Metadata metadata, ReadingStore readings, Clock clock) {
    this.metadata = metadata;
    this.readings = readings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Home home = new Home(context);
    Places places = new Places(metadata.devices(), metadata.deviceTags(), home);
    MeasureMap.Sources sources =
        new MeasureMap.Sources(
            vertx, home, places, readings, new AtomicReference<>(Optional.empty()), clock);
    WorldMap world = new WorldMap(sources);
    vertx.setPeriodic(LOOK_AROUND_MILLIS, tick -> forgetIdle());
    LocalBus bus = LocalBus.of(vertx);
    return bus.listen(Addresses.DEVICE_CHANGED, device -> places.changed(((Device) device).id()))
        .compose(
            ready -> bus.listen(Addresses.INFO_KEPT, device -> places.changed((DeviceId) device)))
        .compose(
            ready ->
                bus.listen(
                    Addresses.READINGS_REMOVED, series -> forget(((Series) series).device())))
        .compose(
            ready ->
                bus.answer(
                    Addresses.MAP,
                    question ->
                        question instanceof WorldQuestion whole
                            ? world.answer(whole)
                            : answer((PointsQuestion) question, sources)));
  }

  private Future<MapAnswer> answer(PointsQuestion question, MeasureMap.Sources sources) {
    return maps.computeIfAbsent(
            new View(question.measure().key(), question.mean()),
            none -> new MeasureMap(sources, question.mean()))
        .now(question.measure())
        .compose(picture -> vertx.executeBlocking(() -> picture.answer(question)));
  }

  private void forget(DeviceId device) {
    maps.values().forEach(map -> map.forget(device));
  }

  private void forgetIdle() {
    long now = clock.millis();
    maps.values().removeIf(map -> now - map.begunAt() > IDLE_MILLIS);
  }
}
