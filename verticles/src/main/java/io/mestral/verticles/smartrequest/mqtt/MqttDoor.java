package io.mestral.verticles.smartrequest.mqtt;

import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.mqtt.UserProperty;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.EntityTopic;
import io.mestral.model.platform.EntityTopic.Kind;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Purpose;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.smartrequest.Askers;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.mestral.verticles.smartrequest.compact.CompactGateways;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Smart API messages that are published: to this node, and what gateways say below their own
 * names. Requests are answered at the topic they name, or at their sender's own.
 */
public final class MqttDoor implements Subscriber {
  private static final Logger LOG = LoggerFactory.getLogger(MqttDoor.class);
  private static final List<Kind> OF_GATEWAYS = List.of(Kind.OUT, Kind.STATE, Kind.NTF, Kind.HB);

  private final Router router;
  private final String node;
  private final Askers askers;
  private final SmartRequests requests;
  private final QudtFamily units;
  private final CompactGateways compact;
  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();

  /**
   * A door that isn't open.
   *
   * @param names who is who: this node's name in topics, and how units are named to those who named
   *     none
   * @param compact gateways that speak the compact form
   */
  public MqttDoor(
      Router router, Names names, Askers askers, SmartRequests requests, CompactGateways compact) {
    this.router = router;
    this.node = names.node();
    this.askers = askers;
    this.requests = requests;
    this.units = names.units();
    this.compact = compact;
  }

  /** What this node is called in topics, and how it names units. */
  public record Names(String node, QudtFamily units) {}

  /** Has messages come here from now on. */
  public void open() {
    Subscription any = Subscription.at(QoS.EXACTLY_ONCE);
    router.subscribe(this, new TopicFilter(EntityTopic.in(node)), any);
    for (Kind kind : OF_GATEWAYS)
      router.subscribe(this, new TopicFilter(EntityTopic.all(kind)), any);
  }

  /** Tells everybody who listens that this node is there (section 8.2). */
  public void beat(Heartbeat beat) {
    Document document = writer.write(beat, Manner.unasked(units));
    PublishProperties properties =
        new PublishProperties(
            OptionalInt.of(1),
            Optional.empty(),
            Optional.of(document.contentType()),
            Optional.empty(),
            Optional.empty(),
            List.of(new UserProperty("sa-kind", "heartbeat")));
    Topic topic = new Topic(new EntityTopic(node, Kind.HB, Optional.empty()).text());
    router.route(
        new Publish(topic, Buffer.buffer(document.body()), QoS.AT_MOST_ONCE, false, properties),
        Origin.NOBODY);
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription) {
    return deliver(publish, subscription, Origin.NOBODY);
  }

  @Override
  public Future<Delivery> deliver(Publish publish, Subscription subscription, Origin origin) {
    Optional<EntityTopic> topic = EntityTopic.parse(publish.topic().value());
    boolean isOurs =
        topic.filter(one -> one.kind() != Kind.IN && one.node().equals(node)).isPresent();
    if (isOurs) return Future.succeededFuture(Delivery.NOBODY); // for clients; are there any?
    if (topic.isEmpty() || publish.payload().length() == 0)
      return Future.succeededFuture(Delivery.DONE);
    if (topic.get().kind() != Kind.IN && compact.isFor(topic.get().node(), publish.payload()))
      return compact(topic.get(), publish);
    Received received;
    try {
      received = reader.read(publish.payload().getBytes(), syntax(publish));
    } catch (SmartApiException unreadable) {
      LOG.info("a Smart API message over MQTT can't be read: {}", unreadable.getMessage());
      return Future.succeededFuture(
          new Delivery.Refused(Refusal.PAYLOAD_INVALID, unreadable.getMessage()));
    }
    return topic.get().kind() == Kind.IN
        ? request(publish, received, origin)
        : ofGateway(topic.get().node(), received);
  }

  /** By what is said of it, else by its first character (section 8.2). */
  private static Syntax syntax(Publish publish) {
    return publish
        .properties()
        .contentType()
        .flatMap(Syntax::ofMediaType)
        .orElseGet(() -> guessed(publish.payload()));
  }

  /** What a payload is written in, by its first character (Smart API, section 8.2). */
  public static Syntax guessed(Buffer payload) {
    return isJson(payload) ? Syntax.JSON_LD : Syntax.TURTLE;
  }

  private static boolean isJson(Buffer payload) {
    for (int i = 0; i < payload.length(); i++) {
      char c = (char) payload.getByte(i);
      if (!Character.isWhitespace(c)) return c == '{' || c == '[';
    }
    return false;
  }

  private Future<Delivery> ofGateway(String name, Received received) {
    return askers
        .gateway(name)
        .compose(
            asker ->
                asker.isEmpty()
                    ? Future.succeededFuture(Delivery.NOBODY)
                    : requests
                        .take(
                            new Incoming(
                                received, asker.get(), Purpose.ACCESS, Optional.of(name), false))
                        .map(Delivery.DONE));
  }

  /** In the compact form; what is wrong with it ends the part that it answers. */
  private Future<Delivery> compact(EntityTopic topic, Publish publish) {
    String name = topic.node();
    return askers
        .gateway(name)
        .compose(
            asker ->
                asker.isEmpty()
                    ? Future.succeededFuture(Delivery.NOBODY)
                    : compact(topic, publish, asker.get()));
  }

  private Future<Delivery> compact(EntityTopic topic, Publish publish, Asker asker) {
    Iri iri = new Iri(((Principal.Gateway) asker.principal()).iri());
    CompactGateways.Heard heard =
        compact.read(
            new CompactGateways.Speaker(topic.node(), iri),
            topic.kind(),
            publish.payload(),
            publish.properties().correlationData());
    Delivery outcome =
        heard
            .fault()
            .<Delivery>map(one -> new Delivery.Refused(Refusal.PAYLOAD_INVALID, one.getMessage()))
            .orElse(Delivery.DONE);
    heard.fault().ifPresent(one -> LOG.info("the gateway {}: {}", topic.node(), one.getMessage()));
    if (heard.message().isEmpty()) return Future.succeededFuture(outcome);
    return requests
        .take(
            new Incoming(
                heard.message().get(), asker, Purpose.ACCESS, Optional.of(topic.node()), false))
        .map(
            taken -> {
              if (topic.kind() == Kind.STATE) compact.announced(topic.node(), iri);
              return outcome;
            });
  }

  private Future<Delivery> request(Publish publish, Received received, Origin origin) {
    Message message = received.message();
    if (message instanceof Request && message.iri().isEmpty() && message.sequenceId().isEmpty()) {
      LOG.info("a Smart API request over MQTT has neither an IRI nor an id, and gets no answer");
      return Future.succeededFuture(
          new Delivery.Refused(Refusal.PAYLOAD_INVALID, "the Request has neither IRI nor id"));
    }
    return askers.of(origin.principal(), message).compose(asker -> take(publish, received, asker));
  }

  private Future<Delivery> take(Publish publish, Received received, Asker asker) {
    return requests
        .take(new Incoming(received, asker, Purpose.ACCESS, Optional.empty(), false))
        .map(
            answer -> {
              answer.ifPresent(one -> answer(publish, received, asker, one));
              return Delivery.DONE;
            });
  }

  /**
   * Whatever this node publishes nobody asks it for the right to: below other names, or to other
   * clients, askers could have said what they may not say themselves. Visitors come where all is
   * open.
   */
  private boolean mayBeAnsweredAt(EntityTopic topic, Asker asker) {
    String own = EntityTopic.encoded(asker.identity().value());
    return topic.kind() == Kind.OUT
        && topic.node().equals(node)
        && (asker.isVisitor() || asker.isAdmin() || topic.rest().filter(own::equals).isPresent());
  }

  private void answer(Publish publish, Received received, Asker asker, Message answer) {
    Document document = writer.write(answer, received.manner(units));
    Topic usual =
        new Topic(EntityTopic.out(node, received.message().generatedBy().orElseThrow().value()));
    Topic topic =
        publish
            .properties()
            .responseTopic()
            .filter(
                one ->
                    EntityTopic.parse(one.value())
                        .filter(named -> mayBeAnsweredAt(named, asker))
                        .isPresent())
            .orElse(usual);
    PublishProperties properties =
        new PublishProperties(
            OptionalInt.of(1),
            Optional.empty(),
            Optional.of(document.contentType()),
            Optional.empty(),
            publish.properties().correlationData(),
            List.of(new UserProperty("sa-kind", "response")));
    router.route(
        new Publish(topic, Buffer.buffer(document.body()), QoS.AT_LEAST_ONCE, false, properties),
        Origin.NOBODY);
  }
}
