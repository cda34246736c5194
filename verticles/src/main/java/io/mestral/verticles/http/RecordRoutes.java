package io.mestral.verticles.http;

import io.mestral.storage.Metadata;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.catalogue.CatalogueWrites;
import io.mestral.verticles.http.catalogue.MeasurementsResource;
import io.mestral.verticles.http.catalogue.SensorsResource;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.exchange.Endpoint;
import io.mestral.verticles.http.experiment.ExperimentsResource;
import io.mestral.verticles.http.legacy.LegacyResource;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.search.SearchResource;
import io.mestral.verticles.http.service.PlatformFigures;
import io.mestral.verticles.http.tag.TagSensorsResource;
import io.mestral.verticles.http.tag.TagsResource;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Clock;

/** The routes of what describes devices: catalogue, tags, experiments, and what is found by it. */
final class RecordRoutes {
  private final SensorsResource sensors;
  private final MeasurementsResource measurements;
  private final TagSensorsResource tagSensors;
  private final TagsResource tags;
  private final ExperimentsResource experiments;
  private final SearchResource search;
  private final PlatformFigures figures;
  private final LegacyResource legacy;

  RecordRoutes(Platform platform, CatalogueCache catalogue, SearchReader searches) {
    Metadata metadata = platform.metadata();
    Platform.Intake intake = platform.intake();
    Clock clock = platform.clock();
    CatalogueWrites writes =
        new CatalogueWrites(metadata.catalogue(), catalogue, intake.catalogue(), clock);
    this.sensors = new SensorsResource(writes, searches);
    this.measurements = new MeasurementsResource(writes);
    this.tagSensors = new TagSensorsResource(metadata.catalogue(), clock);
    this.tags = new TagsResource(metadata, intake.changes(), clock);
    this.experiments =
        new ExperimentsResource(metadata.experiments(), metadata.devices(), searches, clock);
    this.search =
        new SearchResource(
            metadata.deviceTags(),
            metadata.search(),
            Geography::shipped,
            new UserPicture(platform.people().base()));
    this.figures =
        new PlatformFigures(metadata.devices(), metadata.users(), platform.readings(), clock);
    this.legacy =
        new LegacyResource(metadata.devices(), metadata.ingestErrors(), intake.ingest(), clock);
  }

  void on(Router router, Door door) {
    catalogue(router, door);
    tags(router, door);
    experiments(router, door);
    router.get("/v0/search").handler(door.to(search::list));
    router.get("/v0/metrics").handler(door.to(figures::show));
    router.route("/v0/add").handler(door.to(legacy::add));
    router.route("/v0/datetime").handler(door.to(legacy::datetime));
  }

  private void catalogue(Router router, Door door) {
    router.get("/v0/sensors").handler(door.to(sensors::list));
    router.post("/v0/sensors").handler(door.to(sensors::create));
    router.get("/v0/sensors/:id").handler(door.to(sensors::show));
    change(router, door, "/v0/sensors/:id", sensors::update);
    router.get("/v0/measurements").handler(door.to(measurements::list));
    router.post("/v0/measurements").handler(door.to(measurements::create));
    router.get("/v0/measurements/:id").handler(door.to(measurements::show));
    change(router, door, "/v0/measurements/:id", measurements::update);
    router.get("/v0/tag_sensors").handler(door.to(tagSensors::list));
    router.post("/v0/tag_sensors").handler(door.to(tagSensors::create));
    router.get("/v0/tag_sensors/:id").handler(door.to(tagSensors::show));
  }

  private void tags(Router router, Door door) {
    router.get("/v0/tags").handler(door.to(tags::list));
    router.post("/v0/tags").handler(door.to(tags::create));
    router.get("/v0/tags/:id").handler(door.to(tags::show));
    change(router, door, "/v0/tags/:id", tags::update);
    router.delete("/v0/tags/:id").handler(door.to(tags::delete));
  }

  private void experiments(Router router, Door door) {
    router.get("/v0/experiments").handler(door.to(experiments::list));
    router.post("/v0/experiments").handler(door.to(experiments::create));
    router.get("/v0/experiments/:id").handler(door.to(experiments::show));
    change(router, door, "/v0/experiments/:id", experiments::update);
    router.delete("/v0/experiments/:id").handler(door.to(experiments::delete));
  }

  private static void change(Router router, Door door, String path, Endpoint endpoint) {
    router.route(path).method(HttpMethod.PATCH).method(HttpMethod.PUT).handler(door.to(endpoint));
  }
}
