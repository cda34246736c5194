package io.mestral.verticles.http;

import io.mestral.config.HttpOptions;
import io.mestral.routing.request.Answers;
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
import io.mestral.verticles.http.door.AuditTrail;
import io.mestral.verticles.http.door.BodyBudget;
import io.mestral.verticles.http.door.Bounds;
import io.mestral.verticles.http.door.CrossOrigin;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.door.LeastRate;
import io.mestral.verticles.http.door.Origins;
import io.mestral.verticles.http.door.PathForms;
import io.mestral.verticles.http.door.RateLimit;
import io.mestral.verticles.http.door.RequestId;
import io.mestral.verticles.http.door.TrustedProxies;
import io.mestral.verticles.http.exchange.DataLicence;
import io.mestral.verticles.http.forward.DestinationsResource;
import io.mestral.verticles.http.forward.ForwardResource;
import io.mestral.verticles.http.map.PointsResource;
import io.mestral.verticles.http.map.WorldResource;
import io.mestral.verticles.http.onboarding.OnboardingResource;
import io.mestral.verticles.http.openapi.ApiContract;
import io.mestral.verticles.http.openapi.MqttContract;
import io.mestral.verticles.http.openapi.Operations;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.http.reading.ReadingsInbox;
import io.mestral.verticles.http.reading.ReadingsRemoval;
import io.mestral.verticles.http.reading.ReadingsResource;
import io.mestral.verticles.http.service.DescriptionResource;
import io.mestral.verticles.http.service.ServiceResource;
import io.mestral.verticles.http.smartapi.NodeKeysResource;
import io.mestral.verticles.http.smartapi.Senders;
import io.mestral.verticles.http.smartapi.SmartApiResource;
import io.mestral.verticles.http.smartapi.websocket.SmartSockets;
import io.mestral.verticles.smartrequest.Askers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;

/**
 * The table of contents of the HTTP API: who answers which operation of the contract. Made once;
 * every HTTP verticle gets a router of it.
 */
public final class Routes {
  /** How many bodies of the largest size may be in memory together. */
  private static final int BODIES_AT_ONCE = 2;

  /** How long a client that sends or takes something long may do nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Room for one of the largest answers. */
  private static final long LEAST_FOR_ANSWERS = 64 << 20;

  private final Origins origins;
  private final TrustedProxies proxies;
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
  private final SmartApiResource smartApi;
  private final SmartSockets sockets;
  private final NodeKeysResource nodeKeys;
  private final OAuthRoutes oauth;
  private final WorldResource world = new WorldResource();
  private final ServiceResource service;
  private final ApiContract contract;
  private final DescriptionResource httpDescription;
  private final DescriptionResource mqttDescription;
  private final OpsRoutes ops;

  /** Sets the resources up over what the platform has. */
  public Routes(HttpOptions options, Platform platform) {
    Metadata metadata = platform.metadata();
    TokenVault vault = platform.access().vault();
    Clock clock = platform.clock();
    this.options = options;
    this.licence = new DataLicence(options.dataLicence());
    this.origins = new Origins(options.publicUrl(), options.origins());
    this.proxies = new TrustedProxies(options.trustedProxies());
    this.contract = ApiContract.load();
    AuditTrail trail = new AuditTrail(metadata.auditLog(), contract.changeFields(), clock);
    this.door = door(options, platform, trail, origins);
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
    Platform.SmartApi smart = platform.smartApi();
    Senders senders = new Senders(new Askers(metadata, smart.iris()));
    this.smartApi =
        new SmartApiResource(
            smart.requests(), senders, smart.iris(), smart.units(), options.maxBody());
    this.sockets = sockets(smart, senders, options.maxBody(), clock);
    this.nodeKeys = new NodeKeysResource(smart.keys().own());
    this.people = new PeopleRoutes(options, platform, devices.ofUsers(), pictures);
    this.oauth = new OAuthRoutes(platform, people.accounts());
    Platform.Probes probes = platform.probes();
    this.service = new ServiceResource(probes.readiness(), probes.metrics(), probes.version());
    this.httpDescription = new DescriptionResource(contract.document(options.publicUrl()));
    this.mqttDescription = new DescriptionResource(MqttContract.document(options.publicUrl()));
    this.ops = new OpsRoutes(platform, people);
  }

  private static SmartSockets sockets(
      Platform.SmartApi smart, Senders senders, long maxMessage, Clock clock) {
    return new SmartSockets(
        new SmartSockets.Shared(
            smart.requests(),
            senders,
            smart.clients(),
            new Answers(smart.iris()::node, clock),
            smart.units(),
            maxMessage));
  }

  private static Door door(
      HttpOptions options, Platform platform, AuditTrail trail, Origins origins) {
    return new Door(
        platform.access().verifier(),
        new Bounds(
            new RateLimit(options.requestsPerMinute(), platform.clock()),
            new BodyBudget(BODIES_AT_ONCE * options.maxBody()),
            new AnswerBudget(Math.max(LEAST_FOR_ANSWERS, Runtime.getRuntime().maxMemory() / 8)),
            new LeastRate(platform.csv().options().leastRate(), PATIENCE)),
        trail,
        origins);
  }

  /** The node stops: succeeds when those are gone who keep connections open. */
  Future<Void> seeOut() {
    return sockets.seeOut();
  }

  /**
   * A router for one verticle.
   *
   * @param mqtt takes connections over that go on in MQTT
   */
  Router on(Vertx vertx, Upgrade mqtt) {
    Router router = Router.router(vertx);
    router.route().handler(new RequestId());
    router.route().handler(proxies);
    router.route().handler(new CrossOrigin(origins));
    router.route().handler(new PathForms(contract.collections("/v0")));

    Operations operations = new Operations();
    service(operations, mqtt);
    people.on(operations, door);
    onboard(operations);
    devices(operations);
    readings(operations);
    records.on(operations, door);
    forwarding(operations);
    operations.on("listMapPoints", door.to(points::list));
    smartApi(operations);
    oauth.on(operations, door);
    ops.on(operations, door);
    operations.mount(contract, router);

    router.route().handler(door::noRoute);
    router.route().failureHandler(door::routerFailed);
    return router;
  }

  private void service(Operations operations, Upgrade mqtt) {
    operations
        .on("showPage", door.open(service::page))
        .on("describeHttp", door.open(httpDescription::show))
        .on("describeMqtt", door.open(mqttDescription::show))
        .on("probeLive", door.open(service::live))
        .on("probeReady", door.open(service::ready))
        .on("scrapeMetrics", door.open(service::metrics))
        .on("upgradeToMqtt", door.handingOver(mqtt::take))
        .on("welcome", door.to(licence.on(service::welcome)))
        .on("showVersion", door.to(service::version));
  }

  private void devices(Operations operations) {
    operations
        .on("listDevices", door.to(devices::list))
        .on("createDevice", door.to(devices::create))
        .on("showWorldMap", door.to(world::map))
        .on("showFreshWorldMap", door.to(world::freshMap))
        .on("showDevice", door.to(licence.on(devices::show)))
        .on("updateDevice", door.to(devices::update))
        .on("deleteDevice", door.to(devices::delete))
        .on("listDevicesInVersion1", door.to(versionOne::list))
        .on("showDeviceInVersion1", door.to(versionOne::show))
        .on("listComponents", door.to(components::list))
        .on("showComponent", door.to(components::show))
        .on("listIngestErrors", door.to(ingestErrors::list))
        .on("listQuarantine", door.to(quarantine::list));
  }

  private void readings(Operations operations) {
    operations
        .on("queryReadings", door.to(licence.on(readings::list)))
        .on("postReadings", door.toUsers(inbox::create, options.maxBody()))
        .on("deleteReadings", door.to(removal::delete))
        .on("exportReadings", door.streaming(licence.on(csv::export)))
        .on("uploadReadings", door.receiving(uploads::upload, maxUpload))
        .on("listUploads", door.to(uploads::list))
        .on("requestArchive", door.to(archives::request))
        .on("listArchives", door.to(archives::list))
        .on("downloadArchive", door.streaming(archives::download));
  }

  private void forwarding(Operations operations) {
    operations
        .on("askForward", door.to(forward::ask))
        .on("listForwardingDestinations", door.to(destinations::list))
        .on("createForwardingDestination", door.to(destinations::create));
  }

  private void smartApi(Operations operations) {
    operations
        .on("accessSmartApi", door.messages(smartApi::access, smartApi::worded, options.maxBody()))
        .on(
            "registerAtSmartApi",
            door.messages(smartApi::register, smartApi::worded, options.maxBody()))
        .on("searchSmartApi", door.messages(smartApi::search, smartApi::worded, options.maxBody()))
        .on("upgradeToSmartApi", door.handingOver(smartApi::worded, sockets::take))
        .on("showNodeKeys", door.to(nodeKeys::show));
  }

  private void onboard(Operations operations) {
    operations
        .on("beginOnboarding", door.to(onboarding::create))
        .on("showOnboarding", door.to(onboarding::show))
        .on("updateOnboarding", door.to(onboarding::update))
        .on("findOnboardingUser", door.to(onboarding::user))
        .on("registerDevice", door.to(onboarding::register));
  }
}
