package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;
import io.mestral.model.platform.SealedToken;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.JournalRecord;
import io.mestral.verticles.forwarding.DeviceDocuments.Document;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what waits in the stream, oldest first, and forgets it when all who keep it have kept
 * it: after a kill what was published last may come again. What a partner has no room for is
 * counted and left out, so that one partner never holds up another.
 */
public final class ForwardingVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(ForwardingVerticle.class);
  private static final int PAGE = 64;
  private static final long PAUSE_MILLIS = 1_000;

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
  private final Counter sent;
  private final Counter refused;
  private final AtomicBoolean called = new AtomicBoolean();
  private Future<Boolean> running = Future.succeededFuture(true);
  private long cursor;
  private boolean busy;
  private boolean again;
  private boolean stopped;

  /** Forwards what waits there. */
  public ForwardingVerticle(Parts parts) {
    this.stream = parts.stream();
    this.documents = parts.documents();
    this.partners = new Partners(parts.registry(), parts.open());
    this.router = parts.router();
    this.sent = parts.meters().counter("mestral.forwarding.messages");
    this.refused = parts.meters().counter("mestral.forwarding.refused");
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
    Future<Boolean> done =
        stream
            .next(cursor, PAGE)
            .compose(
                records -> {
                  empty[0] = records.isEmpty();
                  return records.isEmpty() ? Future.succeededFuture(true) : forward(records);
                });
    running = done;
    done.onFailure(this::complain)
        .otherwise(false)
        .onSuccess(
            finished -> {
              if (stopped) return;
              if (!finished) vertx.setTimer(PAUSE_MILLIS, timer -> round());
              else if (empty[0]) rest();
              else round();
            });
  }

  private void complain(Throwable failure) {
    if (failure instanceof Refusing) log.warn("forwarding waits: {}", failure.getMessage());
    else log.error("forwarding stands still", failure);
  }

  /** Something may have been added behind what was read last. */
  private void rest() {
    busy = false;
    if (again) round();
  }

  /** Succeeds with whether all of these are done with. */
  private Future<Boolean> forward(List<JournalRecord> records) {
    List<Optional<ForwardBatch>> batches = records.stream().map(this::decoded).toList();
    List<DeviceId> devices =
        batches.stream().flatMap(Optional::stream).map(ForwardBatch::device).distinct().toList();
    return documents
        .of(devices)
        .compose(
            shown ->
                partners
                    .tokensOf(shown.values().stream().map(Document::owner).toList())
                    .compose(tokens -> publish(records, batches, shown, tokens)));
  }

  private Optional<ForwardBatch> decoded(JournalRecord record) {
    try {
      return Optional.of(ForwardBatch.decode(record.body()));
    } catch (IllegalArgumentException foreign) {
      log.error("record {} of the forwarding stream is left out: {}", record.sequence(), foreign);
      refused.increment();
      return Optional.empty();
    }
  }

  private Future<Boolean> publish(
      List<JournalRecord> records,
      List<Optional<ForwardBatch>> batches,
      Map<DeviceId, Document> shown,
      Map<UserId, Secret> tokens) {
    List<Future<Delivery>> routed = new ArrayList<>();
    for (Optional<ForwardBatch> batch : batches)
      routed.add(
          batch
              .flatMap(found -> message(found, shown, tokens))
              .map(message -> router.route(message, Origin.NOBODY))
              .orElseGet(() -> Future.succeededFuture(Delivery.NOBODY)));
    return Future.join(routed)
        .compose(
            all -> {
              int done = 0;
              while (done < routed.size() && isDone(routed.get(done).result())) done++;
              if (done == 0) return Future.succeededFuture(false);
              List<JournalRecord> finished = records.subList(0, done);
              boolean whole = done == records.size();
              return stream
                  .done(finished)
                  .map(
                      trimmed -> {
                        cursor = finished.get(finished.size() - 1).sequence();
                        return whole;
                      });
            });
  }

  private Optional<Publish> message(
      ForwardBatch batch, Map<DeviceId, Document> shown, Map<UserId, Secret> tokens) {
    Optional<Document> document = Optional.ofNullable(shown.get(batch.device()));
    Optional<Secret> token = document.map(found -> tokens.get(found.owner()));
    return token.map(
        secret ->
            Publish.of(
                Partners.topic(secret, batch.device()),
                document.get().with(batch.readings()),
                QoS.AT_LEAST_ONCE));
  }

  private boolean isDone(Delivery delivery) {
    if (!(delivery instanceof Delivery.Refused refusal)) {
      sent.increment();
      return true;
    }
    if (PASSING.contains(refusal.reason())) return false;
    refused.increment();
    return true;
  }
}
