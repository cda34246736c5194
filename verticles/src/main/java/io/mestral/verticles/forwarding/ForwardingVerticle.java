package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.outcome.Refusing;
import io.mestral.model.platform.SealedToken;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.forwarding.DeviceDocuments.Document;
import io.mestral.verticles.forwarding.Dispatch.Parcel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what waits in the stream, oldest first, and forgets it when all who keep it have kept
 * it: after a kill what was published last may come again. What a partner has no room for is
 * counted and left out, so that one partner never holds up another; when nothing can be looked up
 * or kept, everything waits.
 */
public final class ForwardingVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ForwardingVerticle.class);
  private static final int PAGE = 64;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(1); // those asked are quicker

  /** They pass; a message that is refused for another reason would be refused for ever. */
  private static final Set<Refusal> PASSING =
      EnumSet.of(Refusal.UNAVAILABLE, Refusal.QUOTA_EXCEEDED);

  /** What it stands on. */
  public record Parts(
      ForwardingStream stream,
      DeviceDocuments documents,
      ForwardingRegistry registry,
      Function<SealedToken, Optional<Secret>> open,
      Router router,
      MeterRegistry meters) {}

  private final ForwardingStream stream;
  private final DeviceDocuments documents;
  private final Partners partners;
  private final Router router;
  private final Duration pause;
  private final Counter sent;
  private final Counter refused;
  private final Counter unreadable;
  private final AtomicBoolean called = new AtomicBoolean();
  private final Set<Refusal> told = EnumSet.noneOf(Refusal.class);
  private final Set<Long> ahead = new HashSet<>(); // done with, though one before it has to wait
  private Future<Boolean> running = Future.succeededFuture(true);
  private boolean busy;
  private boolean again;
  private boolean waits;
  private boolean inTheWay;
  private boolean stopped;

  /** Forwards what waits there. */
  public ForwardingVerticle(Parts parts) {
    this(parts, PAUSE);
  }

  /**
   * @param pause before what had to wait is tried again
   */
  ForwardingVerticle(Parts parts, Duration pause) {
    this.stream = parts.stream();
    this.documents = parts.documents();
    this.partners = new Partners(parts.registry(), parts.open());
    this.router = parts.router();
    this.pause = pause;
    this.sent = parts.meters().counter("mestral.forwarding.messages");
    this.refused = parts.meters().counter("mestral.forwarding.refused");
    this.unreadable = parts.meters().counter("mestral.forwarding.unreadable");
  }

  @Override
  public Future<?> start() {
    stream.onAdded(this::call);
    call();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    stream.onAdded(() -> {});
    return running.otherwiseEmpty();
  }

  /** Many batches are one call. */
  private void call() {
    if (!called.compareAndSet(false, true)) return;
    context.runOnContext(
        turn -> {
          called.set(false);
          if (busy) again = true;
          else round();
        });
  }

  private void round() {
    if (stopped) return;
    busy = true;
    again = false;
    boolean[] empty = new boolean[1];
    running =
        makeWay()
            .compose(ready -> stream.next(PAGE))
            .compose(
                batches -> {
                  empty[0] = batches.isEmpty();
                  return batches.isEmpty() ? Future.succeededFuture(true) : forward(batches);
                });
    running.onComplete(done -> context.runOnContext(turn -> ended(done, empty[0])));
  }

  private void ended(AsyncResult<Boolean> round, boolean empty) {
    if (round.failed()) complain(round.cause());
    if (stopped) return;
    if (round.failed() || !round.result()) vertx.setTimer(pause.toMillis(), timer -> round());
    else if (empty) rest();
    else round();
  }

  /** What can't make way now is forwarded all the same. */
  private Future<Void> makeWay() {
    return stream
        .makeWay()
        .onSuccess(done -> inTheWay = false)
        .otherwise(
            failure -> {
              if (!inTheWay)
                log.warn("what waits to be forwarded keeps its place: {}", failure.getMessage());
              inTheWay = true;
              return null;
            });
  }

  /** Once, however long it takes. */
  private void complain(Throwable failure) {
    if (waits) return;
    waits = true;
    if (failure instanceof Refusing) log.warn("forwarding waits: {}", failure.getMessage());
    else log.error("forwarding stands still", failure);
  }

  private void goesOn() {
    if (waits) log.info("forwarding goes on");
    waits = false;
  }

  /** Something may have been added behind what was read last. */
  private void rest() {
    busy = false;
    if (again) round();
  }

  /** Succeeds with whether all of these are done with. */
  private Future<Boolean> forward(List<Waiting> batches) {
    List<Parcel> parcels =
        batches.stream()
            .filter(batch -> !ahead.contains(batch.number()))
            .map(batch -> new Parcel(batch, decoded(batch)))
            .toList();
    List<DeviceId> devices =
        parcels.stream()
            .flatMap(parcel -> parcel.batch().stream())
            .map(ForwardBatch::device)
            .distinct()
            .toList();
    return documents
        .of(devices)
        .compose(
            shown ->
                partners
                    .tokensOf(shown.values().stream().map(Document::owner).toList())
                    .map(tokens -> new Known(shown, tokens)))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .compose(
            known ->
                new Dispatch(context, parcels, parcel -> send(parcel, known), this::isDone).run())
        .compose(done -> forget(batches, done));
  }

  /** What was looked up. */
  private record Known(Map<DeviceId, Document> shown, Map<UserId, Secret> tokens) {}

  private static Optional<ForwardBatch> decoded(Waiting batch) {
    try {
      return Optional.of(ForwardBatch.decode(batch.body()));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /** The stream lets go of what has nothing before it that waits. */
  private Future<Boolean> forget(List<Waiting> batches, List<Waiting> done) {
    for (Waiting batch : done) ahead.add(batch.number());
    int front = 0;
    while (front < batches.size() && ahead.remove(batches.get(front).number())) front++;
    boolean whole = front == batches.size();
    if (whole) goesOn();
    return front == 0
        ? Future.succeededFuture(false)
        : stream.done(batches.subList(0, front)).map(whole);
  }

  private Future<Delivery> send(Parcel parcel, Known known) {
    if (parcel.batch().isEmpty())
      return stream
          .setAside(parcel.waiting())
          .onSuccess(kept -> unreadable.increment())
          .map(Delivery.NOBODY);
    try {
      return message(parcel.batch().get(), known)
          .map(message -> router.route(message, Origin.NOBODY).onSuccess(this::count))
          .orElseGet(() -> Future.succeededFuture(Delivery.NOBODY));
    } catch (RuntimeException unforeseen) {
      log.error("a batch of device {} can't be shown", parcel.batch().get().device(), unforeseen);
      return Future.failedFuture(unforeseen);
    }
  }

  private void count(Delivery delivery) {
    if (!(delivery instanceof Delivery.Refused)) sent.increment();
  }

  private static Optional<Publish> message(ForwardBatch batch, Known known) {
    Optional<Document> document = Optional.ofNullable(known.shown().get(batch.device()));
    Optional<Secret> token = document.map(found -> known.tokens().get(found.owner()));
    return token.map(
        secret ->
            Publish.of(
                Partners.topic(secret, batch.device()),
                document.get().with(batch.readings()),
                QoS.AT_LEAST_ONCE));
  }

  /** One way or the other. */
  private boolean isDone(Delivery delivery) {
    if (!(delivery instanceof Delivery.Refused refusal)) return true;
    if (PASSING.contains(refusal.reason())) {
      complain(new RefusedException(refusal.reason(), refusal.explanation()));
      return false;
    }
    refused.increment();
    if (told.add(refusal.reason()))
      log.warn(
          "a message to a partner is left out ({}: {}), as others will be that are refused so",
          refusal.reason(),
          refusal.explanation());
    return true;
  }
}
