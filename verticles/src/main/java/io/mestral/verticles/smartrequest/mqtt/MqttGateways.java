package io.mestral.verticles.smartrequest.mqtt;

import io.mestral.model.access.Principal;
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
import io.mestral.routing.request.OwnWay;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.smartrequest.compact.CompactGateways;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gateways that are connected to this node's broker. */
public final class MqttGateways implements GatewayLink {
  private static final Logger LOG = LoggerFactory.getLogger(MqttGateways.class);

  private final Router router;
  private final String node;
  private final Supplier<Iri> self;
  private final QudtFamily units;
  private final CompactGateways compact;
  private final MessageWriter writer = new MessageWriter();

  /**
   * Reached by this router.
   *
   * @param node this node's name in topics
   * @param units how they are named to clients that are told something
   * @param compact gateways that are spoken to in the compact form
   */
  public MqttGateways(
      Router router, String node, Supplier<Iri> self, QudtFamily units, CompactGateways compact) {
    this.router = router;
    this.node = node;
    this.self = self;
    this.units = units;
    this.compact = compact;
  }

  @Override
  public boolean isHere(String gateway) {
    return OwnWay.of(gateway).isEmpty()
        && router.isAwaited(new Topic(EntityTopic.in(gateway)), Principal.nameOfGateway(gateway));
  }

  @Override
  public void send(String gateway, Asked message, Duration expiry, Receipt receipt) {
    String answers = EntityTopic.out(gateway, self.get().value());
    if (!compact.isCompact(gateway)) {
      Document document = writer.asItIs(message.message(), message.name(), Manner.unasked(units));
      send(
          gateway,
          Buffer.buffer(document.body()),
          properties(answers, document.contentType(), correlation(), expiry),
          receipt);
      return;
    }
    compact
        .command(gateway, message, answers)
        .onSuccess(
            command ->
                command.ifPresent(
                    body ->
                        send(
                            gateway,
                            body,
                            properties(
                                answers,
                                CompactGateways.COMMAND,
                                Buffer.buffer(message.name().value()),
                                expiry),
                            receipt)))
        .onFailure(
            cause -> {
              LOG.warn("a command for {} can't be made: {}", gateway, cause.toString());
              receipt.lost();
            });
  }

  @Override
  public Future<Message> understood(String gateway, Message said, Asked asked) {
    return compact.understood(gateway, said, asked);
  }

  private static PublishProperties properties(
      String answers, String contentType, Buffer correlation, Duration expiry) {
    return new PublishProperties(
        OptionalInt.of(1),
        Optional.of(expiry.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : expiry),
        Optional.of(contentType),
        Optional.of(new Topic(answers)),
        Optional.of(correlation),
        List.of(new UserProperty("sa-kind", "request")));
  }

  private void send(String gateway, Buffer body, PublishProperties properties, Receipt receipt) {
    Publish publish =
        new Publish(new Topic(EntityTopic.in(gateway)), body, QoS.AT_LEAST_ONCE, false, properties);
    router
        .route(
            publish.with(new Addressed(Principal.nameOfGateway(gateway), receipt)), Origin.NOBODY)
        .onSuccess(
            delivery -> {
              if (delivery.equals(Delivery.NOBODY) || delivery instanceof Delivery.Refused)
                receipt.lost();
            });
  }

  /** A receipt about a gateway alone, whoever else listens. */
  private record Addressed(String gateway, Receipt receipt) implements Receipt {
    @Override
    public boolean isAbout(String principal) {
      return principal.equals(gateway);
    }

    @Override
    public void handedOver(boolean isKept) {
      receipt.handedOver(isKept);
    }

    @Override
    public void acknowledged() {
      receipt.acknowledged();
    }

    @Override
    public void refused() {
      receipt.refused();
    }

    @Override
    public void lost() {
      receipt.lost();
    }
  }

  private static Buffer correlation() {
    UUID random = UUID.randomUUID();
    return Buffer.buffer(16)
        .appendLong(random.getMostSignificantBits())
        .appendLong(random.getLeastSignificantBits());
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri name) {
    Document document = writer.write(Message.at(message, name), Manner.unasked(units));
    PublishProperties properties =
        new PublishProperties(
            OptionalInt.of(1),
            Optional.empty(),
            Optional.of(document.contentType()),
            Optional.empty(),
            Optional.empty(),
            List.of(new UserProperty("sa-kind", "notification")));
    return router
        .route(
            new Publish(
                new Topic(EntityTopic.out(node, client.iri().value())),
                Buffer.buffer(document.body()),
                QoS.AT_LEAST_ONCE,
                false,
                properties),
            Origin.NOBODY)
        .map(
            delivery ->
                !delivery.equals(Delivery.NOBODY) && !(delivery instanceof Delivery.Refused));
  }
}
