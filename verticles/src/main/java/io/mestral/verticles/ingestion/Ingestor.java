package io.mestral.verticles.ingestion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.DeviceTopic.Kind;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Metadata;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.DeviceMessage.Parsed;
import io.mestral.verticles.ingestion.DeviceMessage.Posted;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.mestral.verticles.ingestion.DeviceMessage.Registered;
import io.mestral.verticles.ingestion.DeviceMessage.Stored;
import io.mestral.verticles.ingestion.IngestReport.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes device messages in. A message is parsed before anybody asks whose it is, so that an unknown
 * token is answered like a known one. Belongs to one context.
 */
final class Ingestor {
  private static final Future<Delivery> DONE = Future.succeededFuture(Delivery.DONE);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Metadata metadata;
  private final DeviceDirectory directory;
  private final OrphanMessages orphans;
  private final BatchKeeper keeper;
  private final IngestNotes notes;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final Consumer<DeviceId> infoKept;

  /**
   * Who hears what devices brought.
   *
   * @param infoKept hears of devices whose {@code info} message was kept
   * @param componentMade hears of devices that have a component more
   */
  record News(Consumer<DeviceId> infoKept, Consumer<DeviceId> componentMade) {}

  Ingestor(IngestionVerticle.Parts parts, SensorIndex catalogue, IngestNotes notes, News news) {
    this.infoKept = news.infoKept();
    this.metadata = parts.metadata();
    this.metrics = parts.metrics();
    this.clock = parts.clock();
    this.notes = notes;
    this.orphans = new OrphanMessages(metadata.orphans(), parts.vault()::hash, metrics, clock);
    this.directory = new DeviceDirectory(metadata, parts.vault(), this::replay, clock);
    BatchKeeper.Stores stores =
        new BatchKeeper.Stores(
            new Components(metadata.devices(), news.componentMade(), clock),
            metadata.quarantine(),
            parts.readings(),
            parts.forward());
    this.keeper = new BatchKeeper(stores, catalogue, notes, metrics, parts.news());
  }

  /** Goes by another catalogue from the next message on. */
  void goBy(SensorIndex catalogue) {
    keeper.goBy(catalogue);
  }

  /** Succeeds with what the publisher is told, once everything usable is kept. */
  Future<Delivery> deliver(Published message) {
    metrics.messages.increment();
    return switch (message.topic().kind()) {
      case READINGS, READINGS_RAW -> onReadings(message);
      case INFO -> onInfo(message);
      case INVENTORY -> onInventory(message.payload());
      case HELLO -> onHello(message);
      case OTHER -> DONE;
    };
  }

  /** Succeeds with what the poster is told, once everything usable is kept. */
  Future<IngestReport> ingest(Posted message) {
    metrics.messages.increment();
    Arrival arrival = new Arrival("http", message.payload(), clock.instant());
    try {
      Batch batch = JsonBatchReader.read(AsciiText.bytesOf(message.payload()));
      if (batch.entries().isEmpty()) return answer(Outcome.NO_DATA);
      if (batch.entries().get(0).time() instanceof Time.Missing)
        return answer(Outcome.NO_TIMESTAMP);
      return poster(message.device()).compose(device -> keeper.keep(device, batch, arrival));
    } catch (MalformedMessage e) {
      metrics.malformed.increment();
      return poster(message.device())
          .compose(device -> notes.add(device, arrival, "MalformedMessage", notParsed(e)))
          .transform(
              noted ->
                  Future.failedFuture(new RefusedException(Refusal.PAYLOAD_INVALID, notParsed(e))));
    }
  }

  /** The same for what was parsed where it came in. */
  Future<IngestReport> ingest(Parsed message) {
    metrics.messages.increment();
    Arrival arrival = new Arrival("csv", message.payload(), clock.instant());
    return poster(message.device())
        .compose(device -> keeper.keep(device, message.batch(), arrival));
  }

  /** The same for what another node stored before. */
  Future<IngestReport> ingest(Stored message) {
    metrics.messages.increment();
    Arrival arrival = new Arrival("uplink", message.payload(), clock.instant());
    return poster(message.device())
        .compose(device -> keeper.keepStored(device, message.readings(), arrival));
  }

  /** Succeeds when what was held for the device is its own, or has to wait. */
  Future<Void> register(Registered registered) {
    forget(registered.device());
    return directory.byToken(registered.token()).mapEmpty();
  }

  /** Forgets what is remembered of a device. */
  void forget(DeviceId device) {
    directory.forget(device);
    orphans.forget();
  }

  /** Forgets what is remembered of a user's devices. */
  void forgetOwnedBy(UserId owner) {
    directory.forgetOwnedBy(owner);
  }

  /** There are other orphans than before. */
  void forgetOrphans() {
    orphans.forget();
  }

  private Future<KnownDevice> poster(DeviceId id) {
    return directory
        .byId(id)
        .map(
            device ->
                device.orElseThrow(
                    () -> new RefusedException(Refusal.NOT_AUTHORIZED, "no such device")));
  }

  private Future<Delivery> onReadings(Published message) {
    try {
      Batch batch = parse(message.topic().kind(), message.payload());
      if (batch.entries().isEmpty()) return onNothing(message);
      return sender(message)
          .compose(
              device ->
                  device.isPresent()
                      ? keeper.keep(device.get(), batch, arrival(message, clock)).map(Delivery.DONE)
                      : orphans.take(message).map(Delivery.DONE));
    } catch (MalformedMessage e) {
      return refuse(message, e);
    }
  }

  /** A kit's text that doesn't say when is no mistake of its owner's (spec 1.5). */
  private Future<Delivery> onNothing(Published message) {
    if (message.topic().kind() == Kind.READINGS_RAW) metrics.untimed.increment();
    return onHello(message);
  }

  private static Batch parse(Kind kind, Buffer payload) throws MalformedMessage {
    return kind == Kind.READINGS_RAW
        ? RawReader.read(AsciiText.of(payload))
        : JsonBatchReader.read(AsciiText.bytesOf(payload));
  }

  private Future<Delivery> onInfo(Published message) {
    String json = AsciiText.of(message.payload()).strip();
    Optional<MalformedMessage> malformed = checkJson(json);
    if (malformed.isPresent()) return refuse(message, malformed.get());
    return sender(message)
        .compose(
            device ->
                device.isPresent() ? keepInfo(device.get().id(), json) : orphans.take(message))
        .map(Delivery.DONE);
  }

  private Future<Void> keepInfo(DeviceId device, String json) {
    return metadata.devices().keepInfo(device, json).onSuccess(kept -> infoKept.accept(device));
  }

  private Future<Delivery> onHello(Published message) {
    return sender(message)
        .compose(
            device ->
                device.isPresent()
                    ? DONE
                    : orphans.greet(message.topic().token().orElseThrow()).map(Delivery.DONE));
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
                    ? notes.add(
                        device.get(), arrival(message, clock), "MalformedMessage", notParsed(cause))
                    : orphans.greet(message.topic().token().orElseThrow()))
        .map(answer);
  }

  private Future<Optional<KnownDevice>> sender(Published message) {
    return directory.byToken(message.topic().token().orElseThrow());
  }

  private Future<Void> replay(KnownDevice device, SealedToken token) {
    return orphans.replay(device, token.hash(), this::takeIn);
  }

  /** A message that was held; it was looked at when it came. */
  private Future<Void> takeIn(KnownDevice device, HeldMessage message) {
    if (message.kind() == HeldMessage.Kind.INFO)
      return keepInfo(device.id(), AsciiText.of(message.payload()).strip());
    Kind kind = message.kind() == HeldMessage.Kind.READINGS ? Kind.READINGS : Kind.READINGS_RAW;
    Arrival arrival = new Arrival(label(kind), message.payload(), message.arrivedAt(), true);
    try {
      return keeper.keep(device, parse(kind, message.payload()), arrival).mapEmpty();
    } catch (MalformedMessage e) {
      return notes.add(device, arrival, "MalformedMessage", notParsed(e));
    }
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

  private static Arrival arrival(Published message, Clock clock) {
    return new Arrival(label(message.topic().kind()), message.payload(), clock.instant());
  }

  /** The topic without its token. */
  private static String label(Kind kind) {
    return switch (kind) {
      case READINGS -> "device/sck/…/readings";
      case READINGS_RAW -> "device/sck/…/readings/raw";
      case INFO -> "device/sck/…/info";
      default -> "device/sck/…";
    };
  }
}
