package io.mestral.verticles.http.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mestral.storage.Quarantine;
import io.mestral.storage.QuarantinedEntry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.vertx.core.Future;

/** {@code /v0/devices/:id/quarantine}: entries that were not stored because of their time. */
public final class QuarantineResource {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeviceLookup lookup;
  private final Quarantine quarantine;

  /** Shows those entries to who may manage the device. */
  public QuarantineResource(DeviceLookup lookup, Quarantine quarantine) {
    this.lookup = lookup;
    this.quarantine = quarantine;
  }

  /** All that are kept, the last that came first. */
  public Future<Answer> list(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(device -> quarantine.of(device.id(), Quarantine.KEPT_PER_DEVICE))
        .map(
            found ->
                Answer.ok(json -> json.array(() -> found.forEach(entry -> write(json, entry)))));
  }

  private static void write(JsonWriter json, QuarantinedEntry entry) {
    json.object(
        () ->
            json.field("device_id", entry.device().value())
                .field("entry", shown(entry.entry()))
                .field("reason", entry.reason())
                .field("created_at", entry.arrivedAt()));
  }

  /** One that had to be cut is no JSON any more. */
  private static JsonNode shown(String entry) {
    try {
      return JSON.readTree(entry);
    } catch (JsonProcessingException cut) {
      return TextNode.valueOf(entry);
    }
  }
}
