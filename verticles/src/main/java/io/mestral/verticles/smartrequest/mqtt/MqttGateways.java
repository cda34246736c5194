package io.mestral.verticles.smartrequest.mqtt;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Receipt;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.UserProperty;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.EntityTopic;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.unit.QudtFamily;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;

/** Gateways that are connected to this node's broker. */
public final class MqttGateways implements GatewayLink {
  private final Router router;
  private final String node;
  private final Supplier<Iri> self;
  private final QudtFamily units;
  private final MessageWriter writer = new MessageWriter();

  /**
   * Reached by this router.
   *
   * @param node this node's name in topics
   * @param units how they are named to clients that are told something
   */
  public MqttGateways(Router router, String node, Supplier<Iri> self, QudtFamily units) {
    this.router = router;
    this.node = node;
    this.self = self;
    this.units = units;
  }

  @Override
  public boolean isHere(String gateway) {
    return router.isAwaited(new Topic(EntityTopic.in(gateway)));
  }

  @Override
  public void send(String gateway, Graph message, Iri name, Duration expiry, Receipt receipt) {
    Document document = writer.asItIs(message, name, Manner.unasked(units));
    PublishProperties properties =
        new PublishProperties(
            OptionalInt.of(1),
            Optional.of(
                expiry.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : expiry),
            Optional.of(document.contentType()),
            Optional.of(new Topic(EntityTopic.out(gateway, self.get().value()))),
            Optional.of(correlation()),
            List.of(new UserProperty("sa-kind", "request")));
    Publish publish =
        new Publish(
            new Topic(EntityTopic.in(gateway)),
            Buffer.buffer(document.body()),
            QoS.AT_LEAST_ONCE,
            false,
            properties);
    router
        .route(publish.with(receipt), Origin.NOBODY)
        .onSuccess(
            delivery -> {
              if (delivery.equals(Delivery.NOBODY) || delivery instanceof Delivery.Refused)
                receipt.lost();
            });
  }

  private static Buffer correlation() {
    UUID random = UUID.randomUUID();
    return Buffer.buffer(16)
        .appendLong(random.getMostSignificantBits())
        .appendLong(random.getLeastSignificantBits());
  }

  @Override
  public void tell(Client client, Graph message, Iri name) {
    Document document = writer.write(Message.at(message, name), Manner.unasked(units));
    PublishProperties properties =
        new PublishProperties(
            OptionalInt.of(1),
            Optional.empty(),
            Optional.of(document.contentType()),
            Optional.empty(),
            Optional.empty(),
            List.of(new UserProperty("sa-kind", "notification")));
    router.route(
        new Publish(
            new Topic(EntityTopic.out(node, client.iri().value())),
            Buffer.buffer(document.body()),
            QoS.AT_LEAST_ONCE,
            false,
            properties),
        Origin.NOBODY);
  }
}
