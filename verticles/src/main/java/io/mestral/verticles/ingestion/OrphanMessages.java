package io.mestral.verticles.ingestion;

import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.DeviceTopic.Kind;
import io.mestral.storage.HeldMessage;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.mestral.verticles.ingestion.DeviceMessage.Published;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of devices that are being set up: held until somebody registers the device, and then
 * taken in as if they had come then (spec 1.10). Belongs to one ingestion verticle.
 */
final class OrphanMessages {
  private static final int REMEMBERED = 2_000;
  private static final int AT_ONCE = 200;
  private static final Future<Void> DONE = Future.succeededFuture();
  private static final Logger log = LoggerFactory.getLogger(OrphanMessages.class);

  private final OrphanRegistry registry;
  private final Function<Secret, String> tokenHash;
  private final IngestMetrics metrics;
  private final Clock clock;
  private final Map<Secret, Found> known = Recent.map(REMEMBERED);
  private final Map<String, Future<Void>> replaying = new HashMap<>();
  private int changes;

  /** What a look-up gave; that there is none counts for a while only. */
  private record Found(Optional<Orphan> orphan, Instant at) {
    boolean counts(Clock clock) {
      return orphan.isPresent() || DeviceDirectory.isRecent(at, clock);
    }
  }

  OrphanMessages(
      OrphanRegistry registry,
      Function<Secret, String> tokenHash,
      IngestMetrics metrics,
      Clock clock) {
    this.registry = registry;
    this.tokenHash = tokenHash;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Holds a message whose token no device has, if an orphan has it; succeeds when it is kept. */
  Future<Void> take(Published message) {
    Secret token = message.topic().token().orElseThrow();
    return orphan(token)
        .compose(orphan -> orphan.isPresent() ? hold(token, orphan.get(), message) : stranger());
  }

  /** A message that says nothing more than that it came. */
  Future<Void> greet(Secret token) {
    return orphan(token).compose(orphan -> orphan.isPresent() ? DONE : stranger());
  }

  /** An orphan was made, registered or swept: any token may be one's now, or none's. */
  void forget() {
    changes++;
    known.clear();
  }

  private Future<Void> stranger() {
    metrics.unknownTokens.increment();
    return DONE;
  }

  private Future<Optional<Orphan>> orphan(Secret token) {
    Found remembered = known.get(token);
    if (remembered != null && remembered.counts(clock))
      return Future.succeededFuture(remembered.orphan());
    if (token.reveal().length() > DeviceDirectory.LONGEST_TOKEN)
      return Future.succeededFuture(Optional.empty());
    int before = changes;
    return registry
        .handshake(tokenHash.apply(token), clock.instant())
        .onSuccess(
            found -> {
              if (changes == before) known.put(token, new Found(found, clock.instant()));
            });
  }

  private Future<Void> hold(Secret token, Orphan orphan, Published message) {
    Optional<HeldMessage.Kind> kind = kind(message.topic().kind());
    if (kind.isEmpty()) return DONE;
    HeldMessage held = new HeldMessage(0, kind.get(), message.payload(), clock.instant());
    return registry
        .hold(orphan.id(), held)
        .onSuccess(kept -> metrics.held.increment())
        .recover(
            failure -> { // swept meanwhile
              if (Refusal.of(failure) != Refusal.PROTOCOL_ERROR)
                return Future.failedFuture(failure);
              known.remove(token);
              return stranger();
            });
  }

  private static Optional<HeldMessage.Kind> kind(Kind kind) {
    return switch (kind) {
      case READINGS -> Optional.of(HeldMessage.Kind.READINGS);
      case READINGS_RAW -> Optional.of(HeldMessage.Kind.READINGS_RAW);
      case INFO -> Optional.of(HeldMessage.Kind.INFO);
      default -> Optional.empty();
    };
  }

  /**
   * Takes in what was held for a device, oldest first, and forgets it when it is kept. Always
   * succeeds: what can't be kept now stays held, and is tried again.
   */
  Future<Void> replay(
      KnownDevice device, String hash, BiFunction<KnownDevice, HeldMessage, Future<Void>> takeIn) {
    Future<Void> underWay = replaying.get(hash);
    if (underWay != null) return underWay; // the device was forgotten meanwhile
    Future<Void> replay = begin(device, hash, takeIn);
    replaying.put(hash, replay);
    return replay.onComplete(done -> replaying.remove(hash, replay));
  }

  private Future<Void> begin(
      KnownDevice device, String hash, BiFunction<KnownDevice, HeldMessage, Future<Void>> takeIn) {
    return registry
        .findByToken(hash)
        .compose(orphan -> orphan.isPresent() ? replay(device, orphan.get().id(), 0, takeIn) : DONE)
        .recover(
            failure -> {
              log.warn(
                  "what device {} sent before it was registered has to wait: {}",
                  device.id(),
                  failure.getMessage());
              return DONE;
            });
  }

  private Future<Void> replay(
      KnownDevice device,
      long orphan,
      long after,
      BiFunction<KnownDevice, HeldMessage, Future<Void>> takeIn) {
    return registry
        .held(orphan, after, AT_ONCE)
        .compose(
            messages -> {
              if (messages.isEmpty()) return DONE;
              List<Future<Void>> taken =
                  messages.stream().map(message -> takeIn.apply(device, message)).toList();
              long last = messages.get(messages.size() - 1).number();
              return Future.join(taken)
                  .compose(all -> registry.forget(orphan, last))
                  .onSuccess(done -> metrics.replayed.increment(messages.size()))
                  .compose(done -> replay(device, orphan, last, takeIn));
            });
  }
}
