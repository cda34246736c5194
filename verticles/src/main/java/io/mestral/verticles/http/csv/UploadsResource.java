package io.mestral.verticles.http.csv;

import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.storage.CsvUpload;
import io.mestral.storage.CsvUploads;
import io.mestral.storage.Metadata;
import io.mestral.verticles.csv.CardReader;
import io.mestral.verticles.http.catalogue.Catalogue;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v0/devices/:id/readings/upload} and {@code /v0/devices/:id/uploads}: files of SD cards,
 * and what became of them (docs/csv.md).
 */
public final class UploadsResource {
  private static final Logger LOG = LoggerFactory.getLogger(UploadsResource.class);

  private final DeviceLookup lookup;
  private final CsvUploads history;
  private final CatalogueCache catalogue;
  private final ReadingIngest ingest;
  private final Places places;
  private final Counter readings;
  private final Counter files;
  private final Clock clock;

  /** Takes files from who may manage a device; at most so many uploads at once. */
  public UploadsResource(
      Metadata metadata,
      CatalogueCache catalogue,
      ReadingIngest ingest,
      CsvParts parts,
      Clock clock) {
    this.lookup = new DeviceLookup(metadata.devices());
    this.history = metadata.csvUploads();
    this.catalogue = catalogue;
    this.ingest = ingest;
    this.places = new Places("uploads", parts.options().uploadsAtOnce());
    this.clock = clock;
    MeterRegistry meters = parts.meters();
    this.files = meters.counter("mestral.csv.files.read");
    this.readings = meters.counter("mestral.csv.readings.kept");
    Gauge.builder("mestral.csv.uploads", places, Places::taken).register(meters);
  }

  /** Takes files in; answered with what became of each when all is kept. */
  public Future<Answer> upload(Exchange exchange, IncomingFiles incoming) {
    return lookup
        .managed(exchange)
        .compose(
            device -> catalogue.now().compose(known -> take(exchange, incoming, device, known)));
  }

  /** What became of the last files, newest first. */
  public Future<Answer> list(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(device -> history.of(device.id(), CsvUploads.KEPT_PER_DEVICE))
        .map(found -> Answer.json(200, array(found).toBuffer()));
  }

  private Future<Answer> take(
      Exchange exchange, IncomingFiles incoming, Device device, Catalogue known) {
    Places.Place place = places.take(exchange);
    UserId user = exchange.viewer().signedIn().id();
    CardImport taking =
        new CardImport(
            exchange.vertx(),
            ingest,
            () -> new CardReader(id -> known.sensor(new SensorId(id)).isPresent(), clock.instant()),
            new CardImport.Errand(device.id(), user),
            clock);
    return incoming
        .handTo(taking)
        .recover(why -> taking.breakOff().transform(noted -> Future.failedFuture(why)))
        .transform(
            handed ->
                remember(taking.uploads())
                    .map(
                        kept ->
                            told(
                                taking.uploads(),
                                handed.failed() ? Optional.of(handed.cause()) : Optional.empty())))
        .onComplete(answered -> place.leave());
  }

  /** A history that can't be written is no reason to say that the readings weren't kept. */
  private Future<Void> remember(List<CsvUpload> uploads) {
    files.increment(uploads.size());
    for (CsvUpload upload : uploads) readings.increment(upload.readings());
    if (uploads.isEmpty()) return Future.succeededFuture();
    return history
        .add(uploads)
        .recover(
            failure -> {
              LOG.warn(
                  "uploads of device {} are not in its history", uploads.get(0).device(), failure);
              return Future.succeededFuture();
            });
  }

  private static Answer told(List<CsvUpload> uploads, Optional<Throwable> failure) {
    if (failure.isPresent() && uploads.isEmpty()) throw Problem.of(failure.get());
    if (uploads.isEmpty()) throw Problem.parameterMissing(List.of("data_files[]"));
    boolean kept = uploads.stream().anyMatch(one -> one.outcome() == CsvUpload.Outcome.KEPT);
    long readings = uploads.stream().mapToLong(CsvUpload::readings).sum();
    JsonObject body = new JsonObject();
    int status = 200;
    if (failure.isPresent()) {
      Problem problem = Problem.of(failure.get());
      if (Refusal.of(failure.get()) == Refusal.INTERNAL && !(failure.get() instanceof Problem))
        LOG.error("an upload of device {} ended early", uploads.get(0).device(), failure.get());
      status = problem.status();
      body.put("id", problem.body().path("id").asText("bad_request"))
          .put("message", "The upload ended early: " + problem.body().path("message").asText());
    } else if (!kept) {
      status = 422;
      body.put("id", "unprocessable_entity").put("message", "No file could be read");
    } else body.put("id", "ok").put("message", readings + " readings kept");
    return Answer.json(
        status, body.put("readings", readings).put("files", array(uploads)).toBuffer());
  }

  private static JsonArray array(List<CsvUpload> uploads) {
    JsonArray array = new JsonArray();
    for (CsvUpload upload : uploads) {
      JsonObject file =
          new JsonObject()
              .put("file", upload.file())
              .put("outcome", upload.outcome().name().toLowerCase(Locale.ROOT))
              .put("uploaded_at", JsonWriter.text(upload.uploadedAt()))
              .put("user_id", upload.user().value())
              .put("bytes", upload.bytes())
              .put("rows", upload.rows())
              .put("readings", upload.readings());
      array.add(file.mergeIn(new JsonObject(upload.report())));
    }
    return array;
  }
}
