package io.mestral.verticles.http.csv;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.csv.CsvArchive;
import io.mestral.verticles.csv.CsvRows;
import io.mestral.verticles.http.catalogue.Catalogue;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.mestral.verticles.http.exchange.TimeParameter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code GET /v0/devices/:id/readings.csv}: the readings of a device as one CSV text, made while it
 * is sent (docs/csv.md).
 */
public final class CsvResource {
  static final String TYPE = "text/csv; charset=utf-8";

  private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final Duration AHEAD = Duration.ofHours(24);

  private final DeviceLookup lookup;
  private final CatalogueCache catalogue;
  private final CsvArchive archive;
  private final Places places;
  private final Counter rows;
  private final Clock clock;

  /** Shows devices to who may see them; at most so many exports at once. */
  public CsvResource(
      DeviceRegistry devices, CatalogueCache catalogue, CsvParts parts, Clock clock) {
    this.lookup = new DeviceLookup(devices);
    this.catalogue = catalogue;
    this.archive = parts.archive();
    this.places = new Places("exports", parts.options().exportsAtOnce());
    this.clock = clock;
    MeterRegistry meters = parts.meters();
    this.rows = meters.counter("mestral.csv.rows.sent");
    Gauge.builder("mestral.csv.exports", places, Places::taken).register(meters);
  }

  /** What the query names, of a device the viewer may see. */
  public Future<StreamedAnswer> export(Exchange exchange) {
    TimeRange range = range(exchange.params());
    Places.Place place = places.take(exchange); // before there is any work
    return lookup
        .visible(exchange)
        .compose(
            device ->
                catalogue
                    .now()
                    .map(known -> wanted(exchange, known))
                    .compose(wanted -> open(device.id(), range, wanted))
                    .map(found -> answer(exchange, device, packedFor(exchange, found), place)))
        .onFailure(failure -> place.leave());
  }

  private Future<CsvRows> open(DeviceId device, TimeRange range, Set<SensorId> wanted) {
    return wanted.isEmpty() ? archive.open(device, range) : archive.open(device, range, wanted);
  }

  /** Without a beginning or an end, everything there can be on that side. */
  private TimeRange range(Params params) {
    long latest = clock.instant().plus(AHEAD).getEpochSecond();
    return new TimeRange(
        TimeParameter.of(params, "from").orElse(EARLIEST),
        TimeParameter.of(params, "to").orElse(latest));
  }

  /** {@code sensor_id[]=55&sensor_id[]=56} or {@code sensor_id=55,56}; nothing is all. */
  private static Set<SensorId> wanted(Exchange exchange, Catalogue catalogue) {
    Set<SensorId> wanted = new LinkedHashSet<>();
    for (Map.Entry<String, String> each : exchange.query())
      if (each.getKey().equals("sensor_id") || each.getKey().equals("sensor_id[]"))
        for (String text : each.getValue().split(","))
          if (!text.isBlank()) wanted.add(sensor(text.strip(), catalogue));
    return wanted;
  }

  private static SensorId sensor(String text, Catalogue catalogue) {
    return RecordId.parse(text)
        .filter(id -> id <= Integer.MAX_VALUE)
        .map(id -> new SensorId(id.intValue()))
        .filter(id -> catalogue.sensor(id).isPresent())
        .orElseThrow(() -> Problem.short400("There is no sensor " + text));
  }

  /** Packed here, off the event loop, where that is all the work there is. */
  private static CsvRows packedFor(Exchange exchange, CsvRows rows) {
    try {
      return exchange.takesGzip() ? rows.packed() : rows;
    } catch (IOException never) {
      throw new UncheckedIOException(never); // it is written to memory
    }
  }

  private StreamedAnswer answer(
      Exchange exchange, Device device, CsvRows found, Places.Place place) {
    String name = device.id().value() + "_" + clock.millis() + ".csv";
    return new StreamedAnswer(
        200,
        TYPE,
        OptionalLong.empty(),
        Map.of(
            "Content-Disposition",
            "attachment; filename=\"" + name + "\"",
            "Content-Encoding",
            exchange.takesGzip() ? "gzip" : "identity",
            "Vary",
            "Accept-Encoding"),
        new StreamedAnswer.Content() {
          @Override
          public Future<Void> sendTo(StreamedAnswer.Outlet outlet) {
            return found
                .sendTo(outlet::write)
                .onComplete(
                    done -> {
                      unwanted();
                      rows.increment(found.rows());
                    });
          }

          @Override
          public void unwanted() {
            found.close();
            place.leave();
          }
        });
  }
}
