package io.mestral.verticles.ingestion;

import io.mestral.storage.IngestError;
import io.mestral.storage.IngestErrors;
import io.mestral.storage.Metadata;
import io.mestral.verticles.watch.DeviceEvent;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.Consumer;

/** Writes down what could not be taken in, and tells of it now and then (spec 1.8). */
final class IngestNotes {
  private final IngestErrors errors;
  private final IngestMetrics metrics;
  private final Consumer<DeviceEvent> events;

  IngestNotes(Metadata metadata, IngestMetrics metrics, Consumer<DeviceEvent> events) {
    this.errors = metadata.ingestErrors();
    this.metrics = metrics;
    this.events = events;
  }

  /** An error that can't be kept is counted: it must not cost the readings beside it. */
  Future<Void> add(KnownDevice device, Arrival arrival, String errorClass, String problem) {
    tell(device, arrival.at(), problem);
    IngestError error =
        new IngestError(
            device.id(),
            arrival.topic(),
            AsciiText.beginning(arrival.payload(), IngestError.MAX_MESSAGE),
            errorClass,
            problem,
            arrival.at());
    return isNew(error, arrival)
        .compose(isNew -> isNew ? errors.add(error) : Future.succeededFuture())
        .recover(
            failure -> {
              metrics.errorsNotKept.increment();
              return Future.succeededFuture();
            });
  }

  private Future<Boolean> isNew(IngestError error, Arrival arrival) {
    if (!arrival.again()) return Future.succeededFuture(true);
    return errors
        .of(error.device(), IngestErrors.KEPT_PER_DEVICE)
        .map(known -> !known.contains(error));
  }

  /** Nobody waits for it: whoever sent the message is answered all the same. */
  private void tell(KnownDevice device, Instant now, String problem) {
    if (device.mayHaveErrorsToTell(now, DeviceEvent.HasErrors.BETWEEN))
      events.accept(new DeviceEvent.HasErrors(device.id(), now, problem));
  }
}
