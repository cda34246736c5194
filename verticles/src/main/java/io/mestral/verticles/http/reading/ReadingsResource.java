package io.mestral.verticles.http.reading;

import io.mestral.model.SensorId;
import io.mestral.model.access.Principal;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Series;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** {@code GET /v0/devices/:id/readings} (spec 2.6). */
public final class ReadingsResource {
  private final DeviceRegistry registry;
  private final UserRegistry users;
  private final DeviceLookup lookup;
  private final ReadingStore readings;
  private final CatalogueCache catalogue;
  private final Clock clock;

  /** Reads what the stores hold. */
  public ReadingsResource(
      Metadata metadata, ReadingStore readings, CatalogueCache catalogue, Clock clock) {
    this.registry = metadata.devices();
    this.users = metadata.users();
    this.lookup = new DeviceLookup(registry);
    this.readings = readings;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** The readings of one sensor of a device, rolled up. */
  public Future<Answer> list(Exchange exchange) {
    ReadingsQuery query = ReadingsQuery.of(exchange.params(), clock.instant());
    return lookup
        .visible(exchange)
        .compose(
            device ->
                sensorsOf(device)
                    .compose(
                        sensors ->
                            sensors
                                .find(query.sensor())
                                .map(
                                    found ->
                                        zone(exchange, query)
                                            .compose(zone -> rollUp(exchange, query, found, zone)))
                                .orElseGet(() -> notOnDevice(exchange, query, device, sensors))));
  }

  private Future<DeviceSensors> sensorsOf(Device device) {
    return registry
        .components(List.of(device.id()))
        .compose(
            components ->
                catalogue
                    .now()
                    .map(
                        all ->
                            new DeviceSensors(
                                components.getOrDefault(device.id(), List.of()), all)));
  }

  /** The caller's, where local times are wanted. */
  private Future<ZoneId> zone(Exchange exchange, ReadingsQuery query) {
    Optional<Principal.User> caller = exchange.viewer().user();
    if (!query.offsets() || caller.isEmpty()) return Future.succeededFuture(ZoneOffset.UTC);
    return users
        .find(caller.get().id())
        .map(user -> user.map(found -> found.preferences().zone()).orElse(ZoneOffset.UTC));
  }

  private Future<Answer> rollUp(
      Exchange exchange, ReadingsQuery query, DeviceSensors.Found found, ZoneId zone) {
    RolledUp rolledUp = new RolledUp(query, found.component(), found.sensor(), zone);
    Series series = new Series(found.component().device(), found.component().sensor());
    RangeReader reader =
        new RangeReader(
            exchange.vertx(), readings, series, rolledUp.rollup(), exchange::holdForAnswer);
    return reader
        .read(SeriesRollup.inhabited(query.range(), clock), query.limit())
        .compose(
            done -> {
              exchange.holdForAnswer(rolledUp.size() * RangeReader.BYTES_PER_POINT);
              return reader.work(rolledUp.size(), rolledUp::body);
            })
        .map(body -> Answer.json(200, body));
  }

  /** Not an error: the device may get the sensor tomorrow. The id is a text here (spec 2.6). */
  private static Future<Answer> notOnDevice(
      Exchange exchange, ReadingsQuery query, Device device, DeviceSensors sensors) {
    Params params = exchange.params();
    return Future.succeededFuture(
        Answer.ok(
            json ->
                json.object(
                    () -> {
                      json.field("device_id", device.id().toString()).nothing("sensor_key");
                      sensors
                          .id(query.sensor())
                          .map(SensorId::value)
                          .ifPresentOrElse(
                              id -> json.field("sensor_id", id), () -> json.nothing("sensor_id"));
                      json.nothing("component_id")
                          .field("rollup", query.rollup())
                          .field("function", query.aggregate().label());
                      echo(json, "from", params);
                      echo(json, "to", params);
                      json.field("sample_size", 0).array("readings", () -> {});
                    })));
  }

  private static void echo(JsonWriter json, String name, Params params) {
    json.field(name, params.node(name));
  }
}
