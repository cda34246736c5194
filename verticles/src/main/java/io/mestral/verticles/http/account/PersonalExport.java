package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Experiment;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.MailTopic;
import io.mestral.model.platform.User;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.ApiToken;
import io.mestral.storage.AuditLog;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.storage.Metadata;
import io.mestral.storage.NamedToken;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.Paging;
import io.mestral.storage.Steps;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.ExperimentField;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Search;
import io.mestral.storage.search.Value;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.csv.CsvRows;
import io.mestral.verticles.http.csv.Places;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.mestral.verticles.http.exchange.StreamedAnswer.Outlet;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code GET /v0/me/export}: everything the platform holds of the caller, as a ZIP file that is
 * made while it is sent. Secrets are not in it: whoever finds the file is not to act with it.
 */
public final class PersonalExport {
  private static final int PAGE = 500;

  private final Metadata metadata;
  private final CsvArchive archive;
  private final Places places;
  private final Clock clock;

  /**
   * @param atOnce how many may be under way
   */
  public PersonalExport(Metadata metadata, CsvArchive archive, int atOnce, Clock clock) {
    this.metadata = metadata;
    this.archive = archive;
    this.places = new Places("personal exports", atOnce);
    this.clock = clock;
  }

  /** The caller's. */
  public Future<StreamedAnswer> export(Exchange exchange) {
    UserId caller = exchange.viewer().signedIn().id();
    exchange.deed().about("user " + caller, caller);
    exchange.deed().note();
    return metadata
        .users()
        .find(caller)
        .map(found -> found.orElseThrow(Problem::forbidden))
        .map(user -> answer(user, exchange));
  }

  private StreamedAnswer answer(User user, Exchange exchange) {
    Places.Place place = places.take(exchange);
    String name = user.id() + "_" + clock.instant().getEpochSecond() + ".zip";
    return new StreamedAnswer(
        200,
        "application/zip",
        OptionalLong.empty(),
        Map.of(
            "Content-Disposition",
            "attachment; filename=\"" + name + "\"",
            "Content-Encoding",
            "identity", // it is packed already
            "Cache-Control",
            "no-store"),
        new StreamedAnswer.Content() {
          @Override
          public Future<Void> sendTo(Outlet outlet) {
            return send(user, exchange.vertx(), outlet).onComplete(done -> place.leave());
          }

          @Override
          public void unwanted() {
            place.leave();
          }
        });
  }

  private Future<Void> send(User user, Vertx vertx, Outlet outlet) {
    Zip zip = new Zip(vertx, outlet, clock.instant());
    return zip.put("account.json", JsonWriter.write(json -> account(json, user)))
        .compose(done -> tokens(user, zip))
        .compose(done -> applications(user, zip))
        .compose(done -> authorizations(user, zip))
        .compose(done -> identities(user, zip))
        .compose(done -> experiments(user, zip))
        .compose(done -> picture(user, zip))
        .compose(done -> audit(user, zip))
        .compose(done -> metadata.devices().ownedBy(user.id()))
        .compose(devices -> devices(devices, zip).map(devices))
        .compose(devices -> Steps.forEach(devices, device -> readings(device, zip)))
        .compose(done -> zip.end())
        .onComplete(done -> zip.close());
  }

  private static void account(JsonWriter json, User user) {
    json.object(
        () ->
            json.field("id", user.id().value())
                .field("uuid", user.uuid().toString())
                .field("username", user.username())
                .field("email", user.email())
                .field("role", user.role().label())
                .field("city", user.city())
                .field("country_code", user.countryCode())
                .field("url", user.url())
                .field("language", user.preferences().language().code())
                .field("preferred_time_zone", user.preferences().timeZone())
                .array(
                    "mails",
                    () ->
                        user.preferences().mails().stream()
                            .map(MailTopic::label)
                            .sorted()
                            .forEach(json::element))
                .field("created_at", user.createdAt())
                .field("updated_at", user.updatedAt()));
  }

  private Future<Void> tokens(User user, Zip zip) {
    return metadata
        .tokens()
        .privateTokenOf(user.id())
        .compose(
            own ->
                metadata
                    .namedTokens()
                    .ofUser(user.id())
                    .compose(
                        named ->
                            zip.put(
                                "tokens.json",
                                JsonWriter.write(json -> tokens(json, own, named)))));
  }

  private static void tokens(JsonWriter json, Optional<ApiToken> own, List<NamedToken> named) {
    json.array(
        () -> {
          own.ifPresent(
              token ->
                  json.object(
                      () -> json.field("kind", "private").field("created_at", token.createdAt())));
          for (NamedToken token : named)
            json.object(
                () ->
                    json.field("kind", "named")
                        .field("name", token.name())
                        .array("scopes", () -> scopes(json, token.scopes()))
                        .field("created_at", token.createdAt()));
        });
  }

  private Future<Void> applications(User user, Zip zip) {
    return metadata
        .applications()
        .ownedBy(user.id())
        .compose(
            owned ->
                zip.put(
                    "applications.json",
                    JsonWriter.write(
                        json -> json.array(() -> owned.forEach(each -> application(json, each))))));
  }

  private static void application(JsonWriter json, OAuthApplication each) {
    json.object(
        () ->
            json.field("id", each.id())
                .field("uid", each.uid())
                .field("name", each.name())
                .array("redirect_uris", () -> each.redirectUris().forEach(json::element))
                .array("scopes", () -> scopes(json, each.scopes()))
                .field("created_at", each.createdAt()));
  }

  private Future<Void> authorizations(User user, Zip zip) {
    return metadata
        .grants()
        .ofUser(user.id())
        .compose(
            grants ->
                zip.put(
                    "authorizations.json",
                    JsonWriter.write(
                        json ->
                            json.array(() -> grants.forEach(each -> authorization(json, each))))));
  }

  private Future<Void> identities(User user, Zip zip) {
    return metadata
        .identities()
        .of(user.id())
        .compose(
            all ->
                zip.put(
                    "identities.json",
                    JsonWriter.write(
                        json -> json.array(() -> all.forEach(each -> identity(json, each))))));
  }

  private static void identity(JsonWriter json, Identity each) {
    json.object(() -> json.field("issuer", each.issuer()).field("subject", each.subject()));
  }

  private static void authorization(JsonWriter json, OAuthGrant each) {
    json.object(
        () ->
            json.field("id", each.id().toString())
                .field("application_id", each.application())
                .array("scopes", () -> scopes(json, each.scopes()))
                .field("created_at", each.createdAt())
                .field("expires_at", each.expiresAt()));
  }

  private Future<Void> experiments(User user, Zip zip) {
    Search own =
        Search.EVERYTHING.and(
            new Condition.Holds(
                Attribute.of(ExperimentField.OWNER_ID),
                new Match.Compared(Match.Relation.EQUAL, new Value.Whole(user.id().value())),
                true));
    List<Experiment> all = new ArrayList<>();
    AtomicInteger page = new AtomicInteger();
    return Steps.until(
            () ->
                metadata
                    .experiments()
                    .list(own, new Paging(page.incrementAndGet(), PAGE))
                    .map(found -> all.addAll(found.items()) && found.items().size() == PAGE)
                    .map(more -> !more))
        .compose(
            done ->
                zip.put(
                    "experiments.json",
                    JsonWriter.write(
                        json -> json.array(() -> all.forEach(each -> experiment(json, each))))));
  }

  private static void experiment(JsonWriter json, Experiment each) {
    json.object(
        () ->
            json.field("id", each.id())
                .field("name", each.name())
                .field("description", each.description())
                .field("is_test", each.isTest())
                .field("starts_at", each.startsAt().map(JsonWriter::text))
                .field("ends_at", each.endsAt().map(JsonWriter::text))
                .array("device_ids", () -> each.devices().forEach(id -> json.element(id.value())))
                .field("created_at", each.createdAt())
                .field("updated_at", each.updatedAt()));
  }

  private static void scopes(JsonWriter json, Set<Scope> scopes) {
    scopes.stream().map(Scope::label).sorted().forEach(json::element);
  }

  private Future<Void> picture(User user, Zip zip) {
    if (user.picture().isEmpty()) return Future.succeededFuture();
    return metadata
        .pictures()
        .find(user.picture().get())
        .compose(
            found ->
                found.isPresent()
                    ? zip.put("profile_picture.jpg", Buffer.buffer(found.get().bytes()))
                    : Future.succeededFuture());
  }

  /** One JSON object a line: there may be very many. */
  private Future<Void> audit(User user, Zip zip) {
    AtomicInteger page = new AtomicInteger();
    AuditLog.Filter soFar = AuditLog.Filter.concerning(user.id()).until(clock.instant());
    return zip.begin("audit.jsonl")
        .compose(
            begun ->
                Steps.until(
                    () ->
                        metadata
                            .auditLog()
                            .list(soFar, new Paging(page.incrementAndGet(), PAGE))
                            .compose(
                                found -> {
                                  Buffer lines = Buffer.buffer();
                                  found
                                      .items()
                                      .forEach(
                                          entry ->
                                              lines
                                                  .appendBuffer(
                                                      JsonWriter.write(
                                                          json ->
                                                              AuditResource.write(
                                                                  json, entry, id -> null)))
                                                  .appendByte((byte) '\n'));
                                  return zip.add(lines).map(added -> found.items().size() < PAGE);
                                })));
  }

  private Future<Void> devices(List<Device> devices, Zip zip) {
    return metadata
        .devices()
        .components(devices.stream().map(Device::id).toList())
        .compose(
            components ->
                zip.put(
                    "devices.json",
                    JsonWriter.write(
                        json ->
                            json.array(
                                () ->
                                    devices.forEach(
                                        device ->
                                            device(json, device, components.get(device.id())))))));
  }

  private static void device(JsonWriter json, Device device, List<Component> components) {
    json.object(
        () -> {
          json.field("id", device.id().value())
              .field("uuid", device.uuid().toString())
              .field("name", device.name())
              .field("description", device.description())
              .field("mac_address", device.macAddress())
              .field("meta", device.meta())
              .field("last_status_message", device.hardware().info());
          location(json, device.location());
          policy(json, device.policy());
          json.field("created_at", device.createdAt())
              .field("updated_at", device.updatedAt())
              .array(
                  "components",
                  () ->
                      components.forEach(
                          one ->
                              json.object(
                                  () ->
                                      json.field("sensor_id", one.sensor().value())
                                          .field("key", one.key())
                                          .field("created_at", one.createdAt()))));
        });
  }

  private static void location(JsonWriter json, Location location) {
    json.object(
        "location",
        () -> {
          location.latitude().ifPresent(value -> json.field("latitude", value));
          location.longitude().ifPresent(value -> json.field("longitude", value));
          location.elevation().ifPresent(value -> json.field("elevation", value));
          json.field("exposure", location.exposure());
        });
  }

  private static void policy(JsonWriter json, DevicePolicy policy) {
    json.field("is_private", policy.isPrivate())
        .field("precise_location", policy.preciseLocation())
        .field("enable_forwarding", policy.enableForwarding())
        .field("is_test", policy.isTest())
        .field("notify_low_battery", policy.notifyLowBattery())
        .field("notify_stopped_publishing", policy.notifyStoppedPublishing());
  }

  private Future<Void> readings(Device device, Zip zip) {
    Instant latest = clock.instant().plus(ReadingIngest.TOLERANCE);
    TimeRange all = new TimeRange(ReadingIngest.EARLIEST.getEpochSecond(), latest.getEpochSecond());
    return archive
        .open(device.id(), all)
        .compose(
            (CsvRows rows) ->
                zip.begin("readings/" + device.id() + ".csv")
                    .compose(begun -> rows.sendTo(zip::add))
                    .onComplete(done -> rows.close()));
  }
}
