package io.mestral.verticles.http.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.storage.CsvExport;
import io.mestral.storage.CsvExports;
import io.mestral.storage.Metadata;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.exporting.ExportFolder;
import io.mestral.verticles.http.csv.ByteRange.Asked;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code /v0/devices/:id/readings/csv_archive} (spec 2.7) and {@code /v0/devices/:id/exports}:
 * archives that are made in their own time and are there for a day.
 */
public final class ArchivesResource {
  private static final Duration BETWEEN_REQUESTS = Duration.ofMinutes(15);

  /** What was not made by then won't be. */
  private static final Duration WAITS = Duration.ofDays(2);

  /** A file that is there takes far less memory than one in the making. */
  private static final int PER_EXPORT = 4;

  private static final int LISTED = 100;
  private static final int NAME_BYTES = 32;

  private final DeviceLookup lookup;
  private final CsvExports exports;
  private final ExportFolder folder;
  private final Places places;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Serves what lies in that folder. */
  public ArchivesResource(Metadata metadata, CsvParts parts, Clock clock) {
    this.lookup = new DeviceLookup(metadata.devices());
    this.exports = metadata.csvExports();
    this.folder = parts.folder();
    this.places = new Places("downloads", PER_EXPORT * parts.options().exportsAtOnce());
    this.clock = clock;
  }

  /** Has an archive made, unless one was asked for a moment ago. */
  public Future<Answer> request(Exchange exchange) {
    Instant now = clock.instant();
    return lookup
        .managed(exchange)
        .compose(
            device -> exports.request(draft(exchange, device, now), now.minus(BETWEEN_REQUESTS)))
        .map(
            asked -> {
              if (asked.isEmpty())
                return says(
                    420,
                    "enhance_your_calm",
                    "You can only make this request once every 6 hours, (this is rate-limited)");
              LocalBus.of(exchange.vertx()).tell(Addresses.EXPORT_WAITS, "asked");
              return says(200, "ok", "CSV Archive job added to queue");
            });
  }

  private CsvExport draft(Exchange exchange, Device device, Instant now) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    UserId user = exchange.viewer().signedIn().id();
    return new CsvExport(
        0,
        device.id(),
        user,
        Base64.getUrlEncoder().withoutPadding().encodeToString(name),
        now,
        Optional.empty(),
        now.plus(WAITS));
  }

  /** The archives of a device, newest first. */
  public Future<Answer> list(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(device -> exports.of(device.id(), LISTED))
        .map(
            found ->
                Answer.ok(
                    json -> json.array(() -> found.forEach(each -> write(json, each, exchange)))));
  }

  private static void write(JsonWriter json, CsvExport export, Exchange exchange) {
    Optional<CsvExport.Outcome> outcome = export.outcome();
    boolean ready = outcome.filter(one -> one.failure().isEmpty()).isPresent();
    String state = ready ? "ready" : outcome.isPresent() ? "failed" : "waiting";
    String base = exchange.address().replaceAll("/+$", "");
    json.object(
        () -> {
          json.field("id", export.id())
              .field("device_id", export.device().value())
              .field("user_id", export.user().value())
              .field("state", state)
              .field("requested_at", export.requestedAt());
          if (outcome.isEmpty()) return;
          json.field("finished_at", outcome.get().finishedAt())
              .field("expires_at", export.expiresAt());
          if (ready)
            json.field("bytes", outcome.get().bytes())
                .field("url", base + "/" + export.name() + ".csv");
          else json.field("message", outcome.get().failure().orElseThrow());
        });
  }

  /** An archive, whole or in part, for whoever knows its name. */
  public Future<StreamedAnswer> download(Exchange exchange) {
    String file = exchange.path("file");
    Problem none = Problem.recordNotFound("Export", "name", file);
    Optional<Long> device = RecordId.parse(exchange.path("id"));
    if (device.isEmpty() || !file.endsWith(".csv")) return Future.failedFuture(none);
    return exports
        .find(new DeviceId(device.get()), file.substring(0, file.length() - ".csv".length()))
        .map(found -> found.filter(this::isThere).orElseThrow(() -> none))
        .compose(export -> open(exchange, export, none));
  }

  private boolean isThere(CsvExport export) {
    return export.outcome().filter(one -> one.failure().isEmpty()).isPresent()
        && clock.instant().isBefore(export.expiresAt());
  }

  private Future<StreamedAnswer> open(Exchange exchange, CsvExport export, Problem none) {
    Vertx vertx = exchange.vertx();
    Places.Place place = places.take(exchange);
    return vertx
        .executeBlocking(
            () -> FileChannel.open(folder.fileOf(export.name()), StandardOpenOption.READ), false)
        .map(file -> answer(exchange, export, file, place))
        .onFailure(failure -> place.leave())
        .recover(failure -> Future.failedFuture(said(failure, export, none)));
  }

  /** Failures name their file, and who reads the log is not to read the archive. */
  private static Throwable said(Throwable failure, CsvExport export, Problem none) {
    if (failure instanceof NoSuchFileException) return none;
    if (failure instanceof Problem) return failure;
    return new IOException("can't be opened: " + failure.toString().replace(export.name(), "…"));
  }

  private static StreamedAnswer answer(
      Exchange exchange, CsvExport export, FileChannel file, Places.Place place) {
    CsvExport.Outcome outcome = export.outcome().orElseThrow();
    long length = outcome.bytes();
    String tag = "\"" + export.id() + "-" + outcome.finishedAt().toEpochMilli() + "\"";
    boolean same = exchange.header("If-Range").map(tag::equals).orElse(true);
    Asked asked = ByteRange.of(exchange.header("Range").filter(range -> same), length);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ETag", tag);
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Encoding", "identity"); // bytes are counted, so they are sent as they are
    headers.put(
        "Content-Disposition",
        "attachment; filename=\""
            + export.device().value()
            + "_"
            + outcome.finishedAt().toEpochMilli()
            + ".csv\"");
    int status = 200;
    ByteRange range = new ByteRange(0, length - 1);
    if (asked instanceof Asked.Part part) {
      status = 206;
      range = part.range();
      headers.put("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + length);
    } else if (asked instanceof Asked.Beyond) {
      status = 416;
      range = new ByteRange(0, -1);
      headers.put("Content-Range", "bytes */" + length);
    }
    return new StreamedAnswer(
        status,
        CsvResource.TYPE,
        OptionalLong.of(range.length()),
        headers,
        new FileContent(exchange.vertx(), file, range, place));
  }

  private static Answer says(int status, String id, String message) {
    Buffer body =
        JsonWriter.write(
            json ->
                json.object(
                    () ->
                        json.field("id", id)
                            .field("message", message)
                            .field("url", "")
                            .field("errors", "")));
    return Answer.json(status, body);
  }
}
