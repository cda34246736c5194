package io.mestral.broker.connection;

import io.mestral.broker.session.Incoming;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers publications in the order they came (MQTT-4.6.0-2), each when its outcome is known and
 * not before: PUBACK means kept. Publications at QoS 0 stand in the same line; nobody answers them,
 * but too many unfinished ones pause the socket like any others, for real kits send bursts of
 * hundreds and dropping is no way to deal with them.
 */
final class Acknowledgements {
  /**
   * What ends the connection of a 3.1.1 client, which can't be told no: what it shall try again,
   * and what it has no right to. What nobody could take in would come again and again.
   */
  private static final Set<Refusal> ENDING =
      EnumSet.of(
          Refusal.NOT_AUTHORIZED, Refusal.QUOTA_EXCEEDED, Refusal.UNAVAILABLE, Refusal.INTERNAL);

  private static final Future<Void> SETTLED = Future.succeededFuture();
  private static final int PACKETS_WORTH_OF_BYTES = 4;

  private final Link link;
  private final Incoming incoming; // this connection's: the session may outlive it
  private final int maxUnfinished;
  private final long maxBytes;
  private final Queue<Unfinished> line = new ArrayDeque<>(0);
  private final AtomicBoolean called = new AtomicBoolean();
  private long bytes;

  Acknowledgements(Link link) {
    this.link = link;
    this.incoming = link.session().incoming();
    this.maxUnfinished = link.services().options().limits().receiveMaximum();
    this.maxBytes = (long) PACKETS_WORTH_OF_BYTES * link.services().options().limits().maxPacket();
  }

  /** Answers a publication when its outcome is known. */
  void await(QoS qos, int packetId, int size, Future<Delivery> outcome) {
    if (line.isEmpty() && outcome.succeeded()) {
      settle(qos, packetId, outcome.result());
      return;
    }
    Unfinished publication = new Unfinished(qos, packetId, size);
    line.add(publication);
    bytes += size;
    if (isTooMuch()) link.socket().pause(MqttSocket.Pause.PUBLISHING);
    outcome.onComplete(
        done -> {
          publication.outcome = outcome(done);
          wake();
        });
  }

  private static Delivery outcome(AsyncResult<Delivery> done) {
    return done.succeeded() ? done.result() : Refused.because(done.cause());
  }

  /** Outcomes come from any thread, and often many together; one turn serves them all. */
  private void wake() {
    if (link.loop().courier().isHome()) advance();
    else if (called.compareAndSet(false, true))
      link.loop()
          .context()
          .runOnContext(
              turn -> {
                called.set(false);
                advance();
              });
  }

  private void advance() {
    Unfinished first = line.peek();
    while (first != null && first.outcome != null) {
      line.remove();
      bytes -= first.size;
      settle(first.qos, first.packetId, first.outcome);
      first = line.peek();
    }
    if (line.size() <= maxUnfinished / 2 && bytes <= maxBytes / 2)
      link.socket().resume(MqttSocket.Pause.PUBLISHING);
  }

  /** Whether a publication of this identifier is not answered yet; walks the line. */
  boolean isOpen(int packetId) {
    for (Unfinished publication : line) if (publication.packetId == packetId) return true;
    return false;
  }

  private boolean isTooMuch() {
    return line.size() >= maxUnfinished || bytes >= maxBytes;
  }

  private void settle(QoS qos, int packetId, Delivery outcome) {
    if (outcome instanceof Refused refused) refuse(qos, packetId, refused);
    else if (qos != QoS.AT_MOST_ONCE) answer(qos, packetId, success(outcome), "");
  }

  private void refuse(QoS qos, int packetId, Refused refused) {
    Refusal reason = refused.reason();
    link.watch().refuse(reason);
    if (qos == QoS.AT_MOST_ONCE) return;
    if (link.client().isV5())
      answer(qos, packetId, ReasonCode.inPublishAck(reason), refused.explanation());
    else if (ENDING.contains(reason)) link.disconnector().end(Ending.refused(reason.mqttReason()));
    else answer(qos, packetId, ReasonCode.SUCCESS, ""); // 3.1.1 can't say no: MQTT-3.3.5-2
  }

  private void answer(QoS qos, int packetId, int reason, String words) {
    if (qos == QoS.AT_LEAST_ONCE) {
      incoming.acknowledged();
      send(PacketType.PUBACK, packetId, reason, words);
    } else {
      boolean refused = ReasonCode.isError(reason);
      if (refused) incoming.rejected(packetId);
      else incoming.kept(packetId);
      Future<Void> settled = refused ? link.session().forget(packetId) : SETTLED;
      if (settled.succeeded()) send(PacketType.PUBREC, packetId, reason, words);
      else settled.onComplete(done -> onForgotten(packetId, reason, words, done));
    }
  }

  /** Before PUBREC frees an identifier nothing on disk may take it for one that is used. */
  private void onForgotten(int packetId, int reason, String words, AsyncResult<Void> done) {
    link.loop()
        .courier()
        .run(
            () -> {
              if (done.succeeded()) send(PacketType.PUBREC, packetId, reason, words);
              else link.disconnector().end(Ending.refused(Refusal.of(done.cause()).mqttReason()));
            });
  }

  private void send(PacketType type, int packetId, int reason, String words) {
    link.socket().write(link.client().ack(type, packetId, reason, words));
  }

  private static int success(Delivery outcome) {
    return outcome.equals(Delivery.NOBODY)
        ? ReasonCode.NO_MATCHING_SUBSCRIBERS
        : ReasonCode.SUCCESS;
  }

  /** A publication whose outcome isn't known, or whose turn hasn't come. */
  private static final class Unfinished {
    final QoS qos;
    final int packetId;
    final int size;
    volatile Delivery outcome; // null until it is known

    Unfinished(QoS qos, int packetId, int size) {
      this.qos = qos;
      this.packetId = packetId;
      this.size = size;
    }
  }
}
