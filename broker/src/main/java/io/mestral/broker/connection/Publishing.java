package io.mestral.broker.connection;

import io.mestral.broker.session.Incoming;
import io.mestral.broker.wire.Packet.Publication;
import io.mestral.broker.wire.PacketType;
import io.mestral.broker.wire.PayloadFormat;
import io.mestral.broker.wire.ReasonCode;
import io.mestral.model.access.PublishRights;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.mestral.routing.Origin;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Takes what the client publishes, once each, and hands it to the router. */
final class Publishing {
  private static final Future<Delivery> NOT_AUTHORIZED =
      Future.succeededFuture(new Refused(Refusal.NOT_AUTHORIZED, ""));
  private static final Future<Delivery> NOT_TEXT =
      Future.succeededFuture(new Refused(Refusal.PAYLOAD_INVALID, "the payload is not UTF-8"));

  private final Link link;
  private final Acknowledgements acknowledgements;
  private final Incoming incoming;
  private final Origin origin;
  private final PublishRights rights;

  Publishing(Link link) {
    this.link = link;
    this.acknowledgements = new Acknowledgements(link);
    this.incoming = link.session().incoming();
    this.origin = Origin.of(link.session(), link.client().principal());
    this.rights = link.services().policy().rightsOf(link.client().principal());
  }

  void onPublish(Publication publication) {
    Publish message = publication.message();
    int packetId = publication.packetId();
    link.socket().meter().received(message.qos());
    if (message.qos() == QoS.EXACTLY_ONCE && isRepeated(packetId)) return;
    if (breaksTheAgreement(message)) return;
    Future<Delivery> outcome =
        message.qos() == QoS.EXACTLY_ONCE
            ? exactlyOnce(message, packetId)
            : outcome(message, origin);
    incoming.begin(message.qos(), packetId);
    acknowledgements.await(message.qos(), packetId, message.payload().length(), outcome);
  }

  /** A message that came over an earlier connection of the session has its outcome from then. */
  private Future<Delivery> exactlyOnce(Publish message, int packetId) {
    if (!link.session().isKept()) return outcome(message, origin);
    Optional<Future<Delivery>> earlier = link.session().outcomeOf(packetId);
    if (earlier.isPresent()) return earlier.get();
    Future<Delivery> outcome = outcome(message, origin.remembering(packetId));
    if (!outcome.isComplete()) link.session().underWay(packetId, outcome);
    return outcome;
  }

  /** PUBREL: the identifier means a new message from now on (MQTT-4.3.3-12). */
  void onRelease(int packetId) {
    Future<Boolean> released = link.session().released(packetId);
    if (released.isComplete()) complete(packetId, released);
    else released.onComplete(done -> link.loop().courier().run(() -> complete(packetId, released)));
  }

  /** A release that couldn't be written down would be forgotten: the client is to try again. */
  private void complete(int packetId, Future<Boolean> released) {
    if (released.failed()) {
      link.disconnector().end(Ending.refused(Refusal.of(released.cause()).mqttReason()));
      return;
    }
    boolean known = released.result();
    int reason = known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
    link.socket().write(link.client().frames().ack(PacketType.PUBCOMP, packetId, reason));
  }

  /** Whether a message of this identifier is not done (MQTT-2.2.1-3). */
  boolean isOpen(int packetId) {
    return incoming.isKept(packetId) || acknowledgements.isOpen(packetId);
  }

  /**
   * Whether a QoS 2 message was here before; then it isn't routed again (MQTT-4.3.3-10). While the
   * first one is on its way, its PUBREC will answer both.
   */
  private boolean isRepeated(int packetId) {
    if (incoming.isKept(packetId)) {
      int done = ReasonCode.SUCCESS;
      link.socket().write(link.client().frames().ack(PacketType.PUBREC, packetId, done));
      return true;
    }
    return incoming.isRouting(packetId);
  }

  /** What CONNACK said, an MQTT 5 client must keep to; older ones were told nothing. */
  private boolean breaksTheAgreement(Publish message) {
    if (!link.client().isV5()) return false;
    if (message.qos() != QoS.AT_MOST_ONCE
        && incoming.open() >= link.services().options().limits().receiveMaximum()) {
      end(Refusal.RECEIVE_MAXIMUM_EXCEEDED.mqttReason(), "too many unacknowledged messages");
      return true;
    }
    return false;
  }

  private Future<Delivery> outcome(Publish message, Origin from) {
    Future<Boolean> may = rights.mayPublish(message.topic());
    return may.isComplete() ? outcome(message, from, may) : outcomeLater(message, from, may);
  }

  /** What has to be looked up is waited for, with everything behind it, so that order is kept. */
  private Future<Delivery> outcomeLater(Publish message, Origin from, Future<Boolean> deciding) {
    Promise<Delivery> outcome = Promise.promise();
    if (!link.disconnector().hasEnded()) link.socket().pause(MqttSocket.Pause.DECIDING);
    long patience = link.services().options().limits().connectTimeout().toMillis();
    deciding
        .timeout(patience, TimeUnit.MILLISECONDS)
        .recover(Handshake::late)
        .onComplete(
            decided ->
                link.loop()
                    .courier()
                    .run(
                        () -> {
                          outcome(message, from, decided).onComplete(outcome);
                          link.socket().resume(MqttSocket.Pause.DECIDING);
                        }));
    return outcome.future();
  }

  private Future<Delivery> outcome(Publish message, Origin from, AsyncResult<Boolean> may) {
    if (may.failed()) return Future.failedFuture(may.cause());
    if (!may.result()) return NOT_AUTHORIZED;
    if (!PayloadFormat.holds(message)) return NOT_TEXT;
    return link.services().router().route(rights.allowed(message), from);
  }

  private void end(int code, String words) {
    link.disconnector().end(Ending.violation(code, words));
  }
}
