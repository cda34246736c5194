package io.mestral.verticles.http.legacy;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.verticles.http.device.DeviceText;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /v0/add} and {@code /v0/datetime} (spec 2.7), by any method. Such a kit understands one
 * answer, the time it sets its clock by: it gets that whatever it sent, once what is usable of it
 * is kept. What isn't stands among the device's ingest errors.
 */
public final class LegacyResource {
  private static final Logger log = LoggerFactory.getLogger(LegacyResource.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'UTC:'yyyy,M,d,HH,mm,ss'#'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String TOPIC = "http/add";

  private final DeviceRegistry devices;
  private final IngestErrors errors;
  private final ReadingIngest ingest;
  private final Clock clock;

  /** Hands what kits of those devices say to ingestion. */
  public LegacyResource(
      DeviceRegistry devices, IngestErrors errors, ReadingIngest ingest, Clock clock) {
    this.devices = devices;
    this.errors = errors;
    this.ingest = ingest;
    this.clock = clock;
  }

  /** The time. */
  public Future<Answer> datetime(Exchange exchange) {
    return Future.succeededFuture(time());
  }

  /** Takes in what the headers say, and answers with the time. */
  public Future<Answer> add(Exchange exchange) {
    return Future.succeededFuture()
        .compose(begun -> keep(exchange))
        .onFailure(failure -> log.warn("an old kit's readings are not kept: {}", reason(failure)))
        .transform(done -> Future.succeededFuture(time()));
  }

  private Answer time() {
    return Answer.text(200, "text/plain; charset=utf-8", TIME.format(clock.instant()));
  }

  private static String reason(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private Future<Void> keep(Exchange exchange) {
    Optional<String> mac =
        exchange.header("X-SmartCitizenMacADDR").map(String::strip).flatMap(LegacyResource::mac);
    Optional<String> data = exchange.header("X-SmartCitizenData");
    if (mac.isEmpty() || data.isEmpty()) return Future.succeededFuture();
    LegacyKit kit = LegacyKit.of(exchange.header("X-SmartCitizenVersion").orElse(""));
    return devices
        .findByMac(mac.get())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture()
                    : keep(found.get(), new LegacyData(kit, data.get(), clock.instant())));
  }

  /** With separators or, as some wrote it, without. */
  private static Optional<String> mac(String text) {
    boolean bare = text.matches("[0-9a-fA-F]{12}");
    return DeviceText.mac(bare ? text.replaceAll("(..)(?=.)", "$1:") : text);
  }

  private Future<Void> keep(Device device, LegacyData data) {
    return devices
        .components(List.of(device.id()))
        .compose(
            found -> {
              List<Component> components = found.getOrDefault(device.id(), List.of());
              LegacyData.Contents contents = data.contents(components);
              return note(device.id(), data, contents.problem())
                  .compose(noted -> keep(device.id(), data, contents));
            });
  }

  private Future<Void> keep(DeviceId device, LegacyData data, LegacyData.Contents contents) {
    if (contents.batch().entries().isEmpty()) return Future.succeededFuture();
    return ingest.ingest(device, contents.batch(), Buffer.buffer(data.text())).mapEmpty();
  }

  private Future<Void> note(DeviceId device, LegacyData data, Optional<String> problem) {
    if (problem.isEmpty()) return Future.succeededFuture();
    Instant now = clock.instant();
    return errors
        .add(new IngestError(device, TOPIC, data.text(), "MalformedMessage", problem.get(), now))
        .otherwiseEmpty(); // the readings beside it are worth more
  }
}
