package io.mestral.verticles.smartrequest.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.DeviceTopics;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.Sensor;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Settled;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.ingestion.DeviceHomes;
import io.mestral.verticles.ingestion.IngestClient;
import io.mestral.verticles.ingestion.IngestMetrics;
import io.mestral.verticles.ingestion.IngestionVerticle;
import io.mestral.verticles.ingestion.ReadingNews;
import io.mestral.verticles.stores.Detours;
import io.mestral.verticles.stores.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** What devices as Entities stand on: the stores of a node, and its ingestion. */
final class PlatformNode implements AutoCloseable {
  static final String URL = "https://mestral.example.org";

  final Detours detours = new Detours();
  final PlatformDevices devices;
  final UserId ada;
  private final Clock clock = Clock.fixed(Asking.MADE_AT, ZoneOffset.UTC);
  private final Vertx vertx = Vertx.vertx();
  private final TestStores stores = TestStores.open(vertx, clock);
  private final Metadata metadata = stores.metadata();
  private final IngestClient ingest;

  PlatformNode() {
    ada = stores.user("ada");
    ingest =
        new IngestClient(
            vertx,
            new DeviceTopics(List.of()),
            new DeviceHomes(metadata.devices(), token -> Optional.empty()),
            1);
    IngestionVerticle.Parts parts =
        new IngestionVerticle.Parts(
            metadata,
            stores.readings(),
            (device, forwarded) -> Future.failedFuture("nobody forwards here"),
            new TokenVault(new byte[32]),
            new IngestMetrics(new SimpleMeterRegistry()),
            new ReadingNews(),
            clock);
    Settled.value(vertx.deployVerticle(new IngestionVerticle(0, parts)));
    devices =
        new PlatformDevices(
            vertx,
            new PlatformDevices.Stores(
                detours.to(Metadata.class, metadata),
                detours.to(ReadingStore.class, stores.readings())),
            () -> new PlatformDevices.Reach(URL, URI.create(URL + "/smartapi/v1.0e1.0/access/")),
            Ontology.core(),
            clock);
  }

  /** Has all devices read. */
  void start() {
    Settled.value(vertx.deployVerticle(new PlatformDevicesVerticle(devices)));
    Settled.value(devices.ready());
  }

  Device device(String name, double latitude, double longitude, boolean isPrivate) {
    Device made =
        Settled.value(
            metadata
                .devices()
                .add(
                    new Device(
                        new DeviceId(0),
                        UUID.randomUUID(),
                        ada,
                        name,
                        Optional.of("where it is high"),
                        Optional.empty(),
                        Optional.empty(),
                        place(latitude, longitude),
                        Hardware.UNKNOWN,
                        new DevicePolicy(isPrivate, true, false, false, false, false),
                        Optional.empty(),
                        clock.instant(),
                        clock.instant())));
    ingest.changed(made);
    return made;
  }

  private static Location place(double latitude, double longitude) {
    if (Double.isNaN(latitude)) return Location.UNKNOWN;
    return new Location(
        OptionalDouble.of(latitude),
        OptionalDouble.of(longitude),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of("sp3e3v8nd0"));
  }

  void rename(Device device, String name) {
    ingest.changed(
        Settled.value(
            metadata
                .devices()
                .update(
                    device.id(),
                    before ->
                        new Device(
                            before.id(),
                            before.uuid(),
                            before.owner(),
                            name,
                            before.description(),
                            before.token(),
                            before.macAddress(),
                            before.location(),
                            before.hardware(),
                            before.policy(),
                            before.meta(),
                            before.createdAt(),
                            before.updatedAt()))));
  }

  void archive(Device device) {
    Settled.value(metadata.devices().archive(device.id(), clock.instant()));
    ingest.changed(device);
  }

  void reading(Device device, Instant when, int sensor, double value) {
    JsonObject entry =
        new JsonObject()
            .put("recorded_at", when.toString())
            .put(
                "sensors",
                new JsonArray().add(new JsonObject().put("id", sensor).put("value", value)));
    JsonObject batch = new JsonObject().put("data", new JsonArray().add(entry));
    assertThat(Settled.value(ingest.ingest(device.id(), batch.toBuffer())).kept()).isEqualTo(1);
  }

  void equation(int sensor, Calibration equation) {
    Settled.value(
        metadata.catalogue().updateSensor(new SensorId(sensor), before -> with(before, equation)));
    Settled.value(ingest.catalogueChanged());
  }

  private static Sensor with(Sensor before, Calibration equation) {
    return new Sensor(
        before.id(),
        before.uuid(),
        before.parent(),
        before.name(),
        before.description(),
        before.defaultKey(),
        before.unit(),
        before.measurement(),
        equation,
        before.reverseEquation(),
        before.datasheet(),
        before.unitDefinition(),
        before.createdAt(),
        before.updatedAt());
  }

  UUID uuid(UserId user) {
    return Settled.value(metadata.users().find(user)).orElseThrow().uuid();
  }

  Iri iri(Device device) {
    return new PlatformIris(URL).device(device.uuid());
  }

  /** Waits for what is told on the bus to be heard. */
  void until(BooleanSupplier heard) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (!heard.getAsBoolean()) assertThat(System.nanoTime()).isLessThan(end);
  }

  @Override
  public void close() {
    stores.close();
    Settled.value(vertx.close());
  }
}
