package io.mestral.verticles.http.device;

import io.mestral.storage.IngestErrors;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.vertx.core.Future;

/** {@code /v0/devices/:id/ingest_errors}: what of a device's messages could not be taken in. */
public final class IngestErrorsResource {
  private final DeviceLookup lookup;
  private final IngestErrors errors;

  /** Shows those errors to who may manage the device. */
  public IngestErrorsResource(DeviceLookup lookup, IngestErrors errors) {
    this.lookup = lookup;
    this.errors = errors;
  }

  /** All that are kept, newest first. */
  public Future<Answer> list(Exchange exchange) {
    return lookup
        .managed(exchange)
        .compose(device -> errors.of(device.id(), IngestErrors.KEPT_PER_DEVICE))
        .map(
            found ->
                Answer.ok(
                    json ->
                        json.array(
                            () ->
                                found.forEach(
                                    error ->
                                        json.object(
                                            () ->
                                                json.field("device_id", error.device().value())
                                                    .field("topic", error.topic())
                                                    .field("message", error.message())
                                                    .field("error_class", error.errorClass())
                                                    .field("error_message", error.errorMessage())
                                                    .field("created_at", error.createdAt()))))));
  }
}
