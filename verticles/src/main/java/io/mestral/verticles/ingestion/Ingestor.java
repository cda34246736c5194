package io.mestral.verticles.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.platform.DeviceTopic.Kind;
import io.mestral.storage.IngestError;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.mestral.verticles.ingestion.IngestReport.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes device messages in. A message is parsed before anybody asks whose it is, so that an unknown
 * token is answered like a known one. Belongs to one context.
 */
final class Ingestor {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Metadata metadata;
  private final ReadingStore readings;
  private final DeviceDirectory directory;
  private final SensorIndex catalogue;
  private final IngestMetrics metrics;
  private final Clock clock;

  Ingestor(
      Metadata metadata,
      ReadingStore readings,
      DeviceDirectory directory,
      SensorIndex catalogue,
      IngestMetrics metrics,
      Clock clock) {
    this.metadata = metadata;
    this.readings = readings;
    this.directory = directory;
    this.catalogue = catalogue;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Succeeds with what the publisher is told, once everything usable is kept. */
  Future<Delivery> deliver(Published message) {
    metrics.messages.increment();
    return switch (message.topic().kind()) {
      case READINGS, READINGS_RAW -> onReadings(message);
      case INFO -> onInfo(message);
      case INVENTORY -> onInventory(message.payload());
      case HELLO -> sender(message).map(Delivery.DONE);
      case OTHER -> Future.succeededFuture(Delivery.DONE);
    };
  }

  /** Succeeds with what the poster is told, once everything usable is kept. */
  Future<IngestReport> ingest(Posted message) {
    metrics.messages.increment();
    try {
      Batch batch = JsonBatchReader.read(AsciiText.bytesOf(message.payload()));
      if (batch.entries().isEmpty()) return answer(Outcome.NO_DATA);
      if (batch.entries().get(0).time() instanceof Time.Missing)
        return answer(Outcome.NO_TIMESTAMP);
      return poster(message.device())
          .compose(device -> keep(device, batch, "http", message.payload()));
    } catch (MalformedMessage e) {
      metrics.malformed.increment();
      return note(message.device(), "http", message.payload(), "MalformedMessage", notParsed(e))
          .transform(
              noted ->
                  Future.failedFuture(new RefusedException(Refusal.PAYLOAD_INVALID, notParsed(e))));
    }
  }

  /** The same for what was parsed where it came in. */
  Future<IngestReport> ingest(Parsed message) {
    metrics.messages.increment();
    return poster(message.device())
        .compose(device -> keep(device, message.batch(), "csv", message.payload()));
  }

  private Future<KnownDevice> poster(DeviceId id) {
    return directory
        .byId(id)
        .map(
            device ->
                device.orElseThrow(
                    () -> new RefusedException(Refusal.NOT_AUTHORIZED, "no such device")));
  }

  /** Forgets what is remembered of a device. */
  void forget(DeviceId device) {
    directory.forget(device);
  }

  private Future<Delivery> onReadings(Published message) {
    try {
      Batch batch = parse(message);
      if (batch.entries().isEmpty()) return Future.succeededFuture(Delivery.DONE);
      return sender(message)
          .compose(
              device ->
                  device.isPresent()
                      ? keep(device.get(), batch, label(message.topic()), message.payload())
                          .map(Delivery.DONE)
                      : Future.succeededFuture(Delivery.DONE));
    } catch (MalformedMessage e) {
      return refuse(message, e);
    }
  }

  private static Batch parse(Published message) throws MalformedMessage {
    return message.topic().kind() == Kind.READINGS_RAW
        ? RawReader.read(AsciiText.of(message.payload()))
        : JsonBatchReader.read(AsciiText.bytesOf(message.payload()));
  }

  private Future<IngestReport> keep(KnownDevice device, Batch batch, String topic, Buffer payload) {
    BatchReadings found = new BatchReadings(device, catalogue, clock.instant());
    found.addAll(batch);
    metrics.entriesSkipped.increment(found.entriesSkipped);
    metrics.unknownSensors.increment(found.unknownSensors);
    metrics.valuesSkipped.increment(found.valuesSkipped);
    Future<Void> noted = Future.succeededFuture();
    for (String problem : found.problems)
      noted = noted.compose(done -> note(device.id(), topic, payload, "Timestamp", problem));
    if (found.readings.isEmpty())
      return noteNothingUsable(device, found, topic, payload)
          .map(new IngestReport(Outcome.KEPT, 0, found.entriesSkipped));
    return Future.join(append(device, found), noted)
        .onSuccess(kept -> metrics.readings.increment(found.readings.size()))
        .map(new IngestReport(Outcome.KEPT, found.readings.size(), found.entriesSkipped));
  }

  private Future<Void> append(KnownDevice device, BatchReadings found) {
    Future<Future<Void>> appending =
        device.inOrder(
            () ->
                device
                    .ensureComponents(found.sensors, metadata.devices(), clock)
                    .map(ready -> readings.append(found.readings)));
    return appending.compose(kept -> kept);
  }

  private Future<Void> noteNothingUsable(
      KnownDevice device, BatchReadings found, String topic, Buffer payload) {
    if (!found.problems.isEmpty() || found.valuesSkipped + found.unknownSensors == 0)
      return Future.succeededFuture(); // said already, or there was nothing to say
    return note(device.id(), topic, payload, "NothingUsable", "No usable value of a known sensor");
  }

  private Future<Delivery> onInfo(Published message) {
    String json = AsciiText.of(message.payload()).strip();
    Optional<MalformedMessage> malformed = checkJson(json);
    if (malformed.isPresent()) return refuse(message, malformed.get());
    return sender(message)
        .compose(
            device ->
                device.isPresent()
                    ? metadata.devices().keepInfo(device.get().id(), json).map(Delivery.DONE)
                    : Future.succeededFuture(Delivery.DONE));
  }

  private Future<Delivery> onInventory(Buffer payload) {
    String json = AsciiText.of(payload).strip();
    Optional<String> report = checkJson(json).isPresent() ? Optional.empty() : Optional.of(json);
    return metadata.inventory().add(report, clock.instant()).map(Delivery.DONE);
  }

  private Future<Delivery> refuse(Published message, MalformedMessage cause) {
    metrics.malformed.increment();
    Delivery answer = new Delivery.Refused(Refusal.PAYLOAD_INVALID, notParsed(cause));
    return sender(message)
        .compose(
            device ->
                device.isPresent()
                    ? note(
                        device.get().id(),
                        label(message.topic()),
                        message.payload(),
                        "MalformedMessage",
                        notParsed(cause))
                    : Future.succeededFuture())
        .map(answer);
  }

  private Future<Optional<KnownDevice>> sender(Published message) {
    return directory
        .byToken(message.topic().token().orElseThrow())
        .onSuccess(
            device -> {
              if (device.isEmpty()) metrics.unknownTokens.increment();
            });
  }

  /** An error that can't be kept is counted: it must not cost the readings beside it. */
  private Future<Void> note(
      DeviceId device, String topic, Buffer payload, String errorClass, String problem) {
    return metadata
        .ingestErrors()
        .add(
            new IngestError(
                device, topic, AsciiText.of(payload), errorClass, problem, clock.instant()))
        .recover(
            failure -> {
              metrics.errorsNotKept.increment();
              return Future.succeededFuture();
            });
  }

  private static Optional<MalformedMessage> checkJson(String text) {
    try {
      boolean empty = text.isEmpty() || JSON.readTree(text).isMissingNode();
      return empty ? Optional.of(new MalformedMessage("empty")) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(new MalformedMessage("no JSON"));
    }
  }

  private static Future<IngestReport> answer(Outcome outcome) {
    return Future.succeededFuture(new IngestReport(outcome, 0, 0));
  }

  private static String notParsed(MalformedMessage cause) {
    return "Message not parsed: " + cause.getMessage();
  }

  /** The topic without its token. */
  private static String label(DeviceTopic topic) {
    return switch (topic.kind()) {
      case READINGS -> "device/sck/…/readings";
      case READINGS_RAW -> "device/sck/…/readings/raw";
      case INFO -> "device/sck/…/info";
      default -> "device/sck/…";
    };
  }
}
