package io.mestral.verticles.http.reading;

import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.ingestion.IngestReport;
import io.mestral.verticles.ingestion.ReadingIngest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** {@code POST /v0/devices/:id/readings} (spec 2.7): answered once the batch is kept. */
public final class ReadingsInbox {
  private final DeviceLookup lookup;
  private final ReadingIngest ingest;

  /** Hands batches to ingestion. */
  public ReadingsInbox(DeviceLookup lookup, ReadingIngest ingest) {
    this.lookup = lookup;
    this.ingest = ingest;
  }

  /** Takes a batch from who may manage the device. */
  public Future<Answer> create(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(device -> ingest.ingest(device.id(), batch(exchange)))
        .map(ReadingsInbox::told);
  }

  /** A JSON body as it came, since it can be large; else {@code data} from wherever it stands. */
  private static Buffer batch(Exchange exchange) {
    if (exchange.bodyIsObject()) return exchange.body();
    Params params = exchange.params();
    params.require("data");
    return Buffer.buffer("{\"data\":" + params.text("data").orElseThrow() + "}");
  }

  private static Answer told(IngestReport report) {
    return switch (report.outcome()) {
      case KEPT -> says("ok", "Data successfully sent to queue");
      case NO_TIMESTAMP -> says("bad", "Timestamp cannot be empty!");
      case NO_DATA -> throw Problem.parameterMissing(List.of("data"));
    };
  }

  private static Answer says(String id, String message) {
    return Answer.ok(
        json ->
            json.object(
                () ->
                    json.field("id", id)
                        .field("message", message)
                        .field("url", "")
                        .field("errors", "")));
  }
}
