package io.mestral.verticles.http;

import io.mestral.config.HttpOptions;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.csv.ArchivesResource;
import io.mestral.verticles.http.csv.CsvResource;
import io.mestral.verticles.http.csv.UploadsResource;
import io.mestral.verticles.http.device.ComponentsResource;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.device.DevicesResource;
import io.mestral.verticles.http.device.IngestErrorsResource;
import io.mestral.verticles.http.device.QuarantineResource;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.device.VersionOneResource;
import io.mestral.verticles.http.door.AnswerBudget;
import io.mestral.verticles.http.door.BodyBudget;
import io.mestral.verticles.http.door.Bounds;
import io.mestral.verticles.http.door.CrossOrigin;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.door.LeastRate;
import io.mestral.verticles.http.door.Origins;
import io.mestral.verticles.http.door.PathForms;
import io.mestral.verticles.http.door.RateLimit;
import io.mestral.verticles.http.door.RequestId;
import io.mestral.verticles.http.exchange.DataLicence;
import io.mestral.verticles.http.exchange.Endpoint;
import io.mestral.verticles.http.forward.DestinationsResource;
import io.mestral.verticles.http.forward.ForwardResource;
import io.mestral.verticles.http.map.PointsResource;
import io.mestral.verticles.http.map.WorldResource;
import io.mestral.verticles.http.onboarding.OnboardingResource;
import io.mestral.verticles.http.ops.OpsDevices;
import io.mestral.verticles.http.ops.OpsMoves;
import io.mestral.verticles.http.ops.OpsSessions;
import io.mestral.verticles.http.ops.OpsUpkeep;
import io.mestral.verticles.http.ops.OpsUsers;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.reading.ReadingsInbox;
import io.mestral.verticles.http.reading.ReadingsRemoval;
import io.mestral.verticles.http.reading.ReadingsResource;
import io.mestral.verticles.http.service.ServiceResource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** The table of contents of the HTTP API. Made once; every HTTP verticle gets a router of it. */
public final class Routes {
  /** First segments of the platform's routes, which answer without {@code /v0} too. */
  private static final Set<String> COLLECTIONS =
      Set.of(
          "add",
          "applications",
          "components",
          "datetime",
          "devices",
          "experiments",
          "forward",
          "forwarding_destinations",
          "measurements",
          "me",
          "onboarding",
          "password_resets",
          "profile_pictures",
          "search",
          "sensors",
          "sessions",
          "tag_sensors",
          "tags",
          "users",
          "version");

  /** How many bodies of the largest size may be in memory together. */
  private static final int BODIES_AT_ONCE = 2;

  /** How long a client that sends or takes something long may do nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Room for one of the largest answers. */
  private static final long LEAST_FOR_ANSWERS = 64 << 20;

  private final Origins origins;
  private final HttpOptions options;
  private final DataLicence licence;
  private final Door door;
  private final PeopleRoutes people;
  private final DevicesResource devices;
  private final VersionOneResource versionOne;
  private final ComponentsResource components;
  private final IngestErrorsResource ingestErrors;
  private final QuarantineResource quarantine;
  private final OnboardingResource onboarding;
  private final ForwardResource forward;
  private final DestinationsResource destinations;
  private final ReadingsResource readings;
  private final ReadingsInbox inbox;
  private final CsvResource csv;
  private final ArchivesResource archives;
  private final UploadsResource uploads;
  private final long maxUpload;
  private final ReadingsRemoval removal;
  private final RecordRoutes records;
  private final PointsResource points;
  private final OAuthRoutes oauth;
  private final WorldResource world = new WorldResource();
  private final ServiceResource service;
  private final OpsUsers opsUsers;
  private final OpsDevices opsDevices;
  private final OpsSessions opsSessions;
  private final OpsUpkeep opsUpkeep;
  private final OpsMoves opsMoves;

  /** Sets the resources up over what the platform has. */
  public Routes(HttpOptions options, Platform platform) {
    Metadata metadata = platform.metadata();
    TokenVault vault = platform.access().vault();
    Clock clock = platform.clock();
    this.options = options;
    this.licence = new DataLicence(options.dataLicence());
    this.origins = new Origins(options.publicUrl(), options.origins());
    this.door = door(options, platform, origins);
    UserPicture pictures = new UserPicture(platform.people().base());
    CatalogueCache catalogue = new CatalogueCache(metadata.catalogue(), clock);
    DeviceLookup lookup = new DeviceLookup(metadata.devices());
    this.devices =
        new DevicesResource(
            new DevicesResource.Sources(metadata, platform.readings(), catalogue, pictures),
            platform.intake().changes(),
            vault,
            clock);
    this.ingestErrors = new IngestErrorsResource(lookup, metadata.ingestErrors());
    this.quarantine = new QuarantineResource(lookup, metadata.quarantine());
    this.onboarding =
        new OnboardingResource(metadata, devices, platform.intake().orphans(), vault, clock);
    this.forward = new ForwardResource(metadata, vault);
    this.destinations = new DestinationsResource(metadata.forwarding());
    this.readings = new ReadingsResource(metadata, platform.readings(), catalogue, clock);
    this.inbox = new ReadingsInbox(lookup, platform.intake().ingest());
    this.csv = new CsvResource(metadata.devices(), catalogue, platform.csv(), clock);
    this.archives = new ArchivesResource(metadata, platform.csv(), clock);
    this.uploads =
        new UploadsResource(metadata, catalogue, platform.intake().ingest(), platform.csv(), clock);
    this.maxUpload = platform.csv().options().maxUpload();
    this.removal = new ReadingsRemoval(metadata.devices(), platform.readings(), catalogue);
    SearchReader searches = new SearchReader(vault::hash);
    this.versionOne = devices.versionOne();
    this.components = new ComponentsResource(metadata.devices());
    this.records = new RecordRoutes(platform, catalogue, searches);
    this.points = new PointsResource(catalogue);
    this.people = new PeopleRoutes(options, platform, devices.ofUsers(), pictures);
    this.oauth = new OAuthRoutes(platform, people.accounts());
    Platform.Probes probes = platform.probes();
    this.service = new ServiceResource(probes.readiness(), probes.metrics(), probes.version());
    this.opsUsers = new OpsUsers(people.accounts(), people.presenter(), vault);
    this.opsDevices =
        new OpsDevices(
            metadata.devices(), metadata.users(), platform.intake().changes(), vault, clock);
    this.opsSessions = new OpsSessions(platform.mqtt());
    this.opsUpkeep = new OpsUpkeep(platform.upkeep());
    this.opsMoves = new OpsMoves(platform.moves());
  }

  private static Door door(HttpOptions options, Platform platform, Origins origins) {
    return new Door(
        platform.access().verifier(),
        new Bounds(
            new RateLimit(options.requestsPerMinute(), platform.clock()),
            new BodyBudget(BODIES_AT_ONCE * options.maxBody()),
            new AnswerBudget(Math.max(LEAST_FOR_ANSWERS, Runtime.getRuntime().maxMemory() / 8)),
            new LeastRate(platform.csv().options().leastRate(), PATIENCE)),
        platform.metadata().auditLog(),
        platform.clock(),
        origins);
  }

  /**
   * A router for one verticle.
   *
   * @param mqtt takes connections over that go on in MQTT
   */
  Router on(Vertx vertx, Upgrade mqtt) {
    Router router = Router.router(vertx);
    router.route().handler(new RequestId());
    router.route().handler(new CrossOrigin(origins));
    router.route().handler(new PathForms(COLLECTIONS));

    service(router, mqtt);
    people.on(router, door);
    onboard(router);
    devices(router);
    readings(router);
    records.on(router, door);
    forwarding(router);
    router.get("/v0/map/points").handler(door.to(points::list));
    oauth.on(router, door);
    operate(router);

    router.route().handler(door::noRoute);
    router.route().failureHandler(door::routerFailed);
    return router;
  }

  private void service(Router router, Upgrade mqtt) {
    router.get("/").handler(door.open(service::page));
    router.get("/health/live").handler(door.open(service::live));
    router.get("/health/ready").handler(door.open(service::ready));
    router.get("/metrics").handler(door.open(service::metrics));

    router.get("/mqtt").handler(door.handingOver(mqtt::take));

    router.get("/v0").handler(door.to(licence.on(service::welcome)));
    router.get("/v0/version").handler(door.to(service::version));
  }

  private void devices(Router router) {
    router.get("/v0/devices").handler(door.to(devices::list));
    router.post("/v0/devices").handler(door.to(devices::create));
    router.get("/v0/devices/world_map").handler(door.to(world::map));
    router.get("/v0/devices/fresh_world_map").handler(door.to(world::freshMap));
    router.get("/v0/devices/:id").handler(door.to(licence.on(devices::show)));
    change(router, "/v0/devices/:id", devices::update);
    router.delete("/v0/devices/:id").handler(door.to(devices::delete));
    router.get("/v1/devices").handler(door.to(versionOne::list));
    router.get("/v1/devices/:id").handler(door.to(versionOne::show));
    router.get("/v0/components").handler(door.to(components::list));
    router.get("/v0/components/:id").handler(door.to(components::show));
    router.get("/v0/devices/:id/ingest_errors").handler(door.to(ingestErrors::list));
    router.get("/v0/devices/:id/quarantine").handler(door.to(quarantine::list));
  }

  private void readings(Router router) {
    router.get("/v0/devices/:id/readings").handler(door.to(licence.on(readings::list)));
    router.get("/v0/devices/:id/readings.csv").handler(door.streaming(licence.on(csv::export)));
    router
        .post("/v0/devices/:id/readings/upload")
        .handler(door.receiving(uploads::upload, maxUpload));
    router.get("/v0/devices/:id/readings/csv_archive").handler(door.to(archives::request));
    router.get("/v0/devices/:id/exports").handler(door.to(archives::list));
    router.get("/v0/devices/:id/exports/:file").handler(door.streaming(archives::download));
    router.get("/v0/devices/:id/uploads").handler(door.to(uploads::list));
    router.delete("/v0/devices/:id/readings").handler(door.to(removal::delete));
    router.post("/v0/devices/:id/readings").handler(door.toUsers(inbox::create, options.maxBody()));
  }

  private void forwarding(Router router) {
    router.get("/v0/forward").handler(door.to(forward::ask));
    router.get("/v0/forwarding_destinations").handler(door.to(destinations::list));
    router.post("/v0/forwarding_destinations").handler(door.to(destinations::create));
  }

  private void operate(Router router) {
    router.post("/ops/v1/users").handler(door.to(opsUsers::create));
    router.post("/ops/v1/devices").handler(door.to(opsDevices::create));
    router.get("/ops/v1/sessions").handler(door.to(opsSessions::list));
    router.get("/ops/v1/sessions/slow").handler(door.to(opsSessions::slow));
    router.get("/ops/v1/sessions/:id").handler(door.to(opsSessions::show));
    router.delete("/ops/v1/sessions/:id").handler(door.to(opsSessions::end));
    router.get("/ops/v1/queues").handler(door.to(opsSessions::queues));
    router.post("/ops/v1/backup").handler(door.to(opsUpkeep::backup));
    router.get("/ops/v1/backup").handler(door.to(opsUpkeep::lastBackup));
    router.post("/ops/v1/check").handler(door.to(opsUpkeep::check));
    router.get("/ops/v1/check").handler(door.to(opsUpkeep::lastCheck));
    router.post("/ops/v1/move").handler(door.to(opsMoves::begin));
    router.get("/ops/v1/move").handler(door.to(opsMoves::last));
    router.delete("/ops/v1/move").handler(door.to(opsMoves::stop));
  }

  private void onboard(Router router) {
    router.post("/v0/onboarding/device").handler(door.to(onboarding::create));
    router.get("/v0/onboarding/device").handler(door.to(onboarding::show));
    router.patch("/v0/onboarding/device").handler(door.to(onboarding::update));
    router.post("/v0/onboarding/user").handler(door.to(onboarding::user));
    router.post("/v0/onboarding/register").handler(door.to(onboarding::register));
  }

  /** PUT and PATCH are one (spec 2.1). */
  private void change(Router router, String path, Endpoint endpoint) {
    router.route(path).method(HttpMethod.PATCH).method(HttpMethod.PUT).handler(door.to(endpoint));
  }
}
