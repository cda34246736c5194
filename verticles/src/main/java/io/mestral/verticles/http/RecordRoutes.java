package io.mestral.verticles.http;

import io.mestral.storage.Metadata;
import io.mestral.verticles.geography.Geography;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.catalogue.CatalogueWrites;
import io.mestral.verticles.http.catalogue.MeasurementsResource;
import io.mestral.verticles.http.catalogue.SensorsResource;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.experiment.ExperimentsResource;
import io.mestral.verticles.http.legacy.LegacyResource;
import io.mestral.verticles.http.openapi.Operations;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.search.SearchResource;
import io.mestral.verticles.http.service.PlatformFigures;
import io.mestral.verticles.http.tag.TagSensorsResource;
import io.mestral.verticles.http.tag.TagsResource;
import java.time.Clock;
import java.util.List;

/** The routes of what describes devices: catalogue, tags, experiments, and what is found by it. */
final class RecordRoutes {
  /** Kits of the first generation ask by whatever method they were made with. */
  private static final List<String> ANY_METHOD = List.of("Get", "Post", "Put", "Patch", "Delete");

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

  void on(Operations operations, Door door) {
    catalogue(operations, door);
    tags(operations, door);
    experiments(operations, door);
    operations.on("search", door.to(search::list)).on("showFigures", door.to(figures::show));
    for (String method : ANY_METHOD) {
      operations.on("addBy" + method, door.to(legacy::add));
      operations.on("tellTimeBy" + method, door.to(legacy::datetime));
    }
  }

  private void catalogue(Operations operations, Door door) {
    operations
        .on("listSensors", door.to(sensors::list))
        .on("createSensor", door.to(sensors::create))
        .on("showSensor", door.to(sensors::show))
        .on("updateSensor", door.to(sensors::update))
        .on("listMeasurements", door.to(measurements::list))
        .on("createMeasurement", door.to(measurements::create))
        .on("showMeasurement", door.to(measurements::show))
        .on("updateMeasurement", door.to(measurements::update))
        .on("listSensorTags", door.to(tagSensors::list))
        .on("createSensorTag", door.to(tagSensors::create))
        .on("showSensorTag", door.to(tagSensors::show));
  }

  private void tags(Operations operations, Door door) {
    operations
        .on("listTags", door.to(tags::list))
        .on("createTag", door.to(tags::create))
        .on("showTag", door.to(tags::show))
        .on("updateTag", door.to(tags::update))
        .on("deleteTag", door.to(tags::delete));
  }

  private void experiments(Operations operations, Door door) {
    operations
        .on("listExperiments", door.to(experiments::list))
        .on("createExperiment", door.to(experiments::create))
        .on("showExperiment", door.to(experiments::show))
        .on("updateExperiment", door.to(experiments::update))
        .on("deleteExperiment", door.to(experiments::delete));
  }
}
