package io.mestral.verticles.http.reading;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** {@code DELETE /v0/devices/:id/readings}: one sensor's readings between two times, for good. */
public final class ReadingsRemoval {
  private final DeviceRegistry registry;
  private final DeviceLookup lookup;
  private final ReadingStore readings;
  private final CatalogueCache catalogue;

  /** Removes from that store. */
  public ReadingsRemoval(DeviceRegistry registry, ReadingStore readings, CatalogueCache catalogue) {
    this.registry = registry;
    this.lookup = new DeviceLookup(registry);
    this.readings = readings;
    this.catalogue = catalogue;
  }

  /** Removes for who may manage the device; both ends of the range must be given. */
  public Future<Answer> delete(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(
            device -> {
              Params params = exchange.params();
              params.require("from", "to", "sensor_key||sensor_id");
              TimeRange range = ReadingsQuery.givenRange(params);
              return sensor(device, params)
                  .map(sensor -> new Series(device.id(), sensor))
                  .compose(series -> remove(series, range, exchange));
            })
        .map(removed -> Answer.done());
  }

  /** Told even if it failed: some may be gone. */
  private Future<Void> remove(Series series, TimeRange range, Exchange exchange) {
    return readings
        .delete(series, range)
        .onComplete(done -> LocalBus.of(exchange.vertx()).tell(Addresses.READINGS_REMOVED, series));
  }

  private Future<SensorId> sensor(Device device, Params params) {
    Optional<String> key = params.text("sensor_key");
    Optional<String> id = params.text("sensor_id");
    return registry
        .components(List.of(device.id()))
        .compose(
            components ->
                catalogue
                    .now()
                    .map(
                        all ->
                            new DeviceSensors(components.getOrDefault(device.id(), List.of()), all)
                                .id(new ReadingsQuery.SensorName(key, id))
                                .orElseThrow(() -> noSensor(key, id))));
  }

  private static Problem noSensor(Optional<String> key, Optional<String> id) {
    return key.map(text -> Problem.recordNotFound("Sensor", "key", text))
        .orElseGet(() -> Problem.recordNotFound("Sensor", "id", id.orElse("")));
  }
}
