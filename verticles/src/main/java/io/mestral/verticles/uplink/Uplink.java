package io.mestral.verticles.uplink;

import io.mestral.config.UplinkOptions;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.platform.EdgeTopic;
import io.mestral.model.platform.EdgeTopic.Direction;
import io.mestral.model.platform.EntityTopic;
import io.mestral.model.platform.EntityTopic.Kind;
import io.mestral.routing.Router;
import io.mestral.routing.Subscriber;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Purpose;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.OpenRequests;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.smartrequest.Pulse;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.mestral.verticles.smartrequest.mqtt.MqttDoor;
import io.mestral.verticles.uplink.UplinkConnection.Ends;
import io.mestral.verticles.uplink.UplinkConnection.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as a gateway of another one (Smart API, section 2.14): tells it what is known here,
 * takes its requests, and gives the answers back. A request is acknowledged when it was answered,
 * or written down; the other node sends it again else, and is answered the same.
 */
public final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
  private static final long AGAIN_MILLIS = 500;
  private static final int LAST_ENDED = 1_000;

  private final UplinkOptions options;
  private final Ground ground;
  private final Sources sources;
  private final UplinkConnection connection;
  private final Announcer announcer;
  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();
  private Optional<Context> home = Optional.empty();
  private boolean hasBeenConnected;

  /**
   * What it stands on.
   *
   * @param self this node's IRI, once it is known
   * @param units how they are named where nobody said
   * @param pulse how often the other node hears that this one is there
   */
  public record Ground(
      Vertx vertx, Supplier<Iri> self, QudtFamily units, Pulse pulse, Clock clock) {}

  /**
   * What it passes on, and to whom.
   *
   * @param edge what an edge has besides; empty for a node that is a gateway and no edge
   */
  public record Sources(
      Router messages,
      SmartRequests requests,
      EntityDirectory directory,
      OpenRequests open,
      Optional<Edge> edge) {}

  /** What an edge brings and takes: readings, and what there is of users and devices. */
  public record Edge(ReadingUplink readings, EdgeReplica replica, UplinkDesk desk) {}

  /** Isn't connected yet. */
  public Uplink(UplinkOptions options, Ground ground, Sources sources) {
    this.options = options;
    this.ground = ground;
    this.sources = sources;
    this.announcer =
        new Announcer(
            sources.directory(),
            ground.self(),
            ground.clock(),
            ground.vertx(),
            new Announcer.Ends(
                message -> publish(topic(Kind.STATE), message),
                (entity, message) -> publish(topicOf(entity), message)));
    this.connection =
        new UplinkConnection(
            ground.vertx(),
            options,
            new Ends(
                sources.edge().isPresent() ? "edge" : "gateway",
                topics(),
                this::take,
                this::connected,
                this::lost));
  }

  /**
   * Connects; called on the event loop that it belongs to. Succeeds when it knows what it has to
   * bring; doesn't wait for the other node.
   */
  Future<Void> open() {
    Context here = ground.vertx().getOrCreateContext();
    return sources
        .edge()
        .map(one -> open(one, new EdgeLink(here, options.name(), connection)))
        .orElseGet(Future::succeededFuture)
        .map(
            done -> {
              connect(here);
              return done;
            });
  }

  private static Future<Void> open(Edge edge, EdgeLink link) {
    return edge.readings()
        .open(link)
        .compose(done -> edge.replica().open(link))
        .onSuccess(done -> edge.desk().open(link));
  }

  private List<String> topics() {
    String requests = EntityTopic.in(options.name());
    return sources.edge().isEmpty()
        ? List.of(requests)
        : List.of(requests, down(EdgeTopic.STATE), down(EdgeTopic.PROOF), down(EdgeTopic.CONTROL));
  }

  private String down(String stream) {
    return new EdgeTopic(options.name(), Direction.DOWN, stream).text();
  }

  private void connect(Context here) {
    home = Optional.of(here);
    sources.directory().watch(names -> home(() -> announcer.changed(names)));
    sources
        .messages()
        .subscribe(
            new Passing(),
            new TopicFilter(EntityTopic.all(Kind.NTF)),
            Subscription.at(QoS.EXACTLY_ONCE));
    connection.open();
    ground
        .pulse()
        .start(
            ground.vertx(),
            beat -> {
              if (connection.isConnected()) publish(topic(Kind.HB), beat);
            });
  }

  void close() {
    connection.close();
  }

  /** Tells whoever asked over the other node what became of a request. May be called anywhere. */
  public void tell(Iri sender, Graph message, Iri name) {
    Buffer body =
        Buffer.buffer(writer.asItIs(message, name, Manner.unasked(ground.units())).body());
    home(() -> connection.publish(new Waiting(answersTo(sender), body, false)));
  }

  private void home(Runnable task) {
    home.ifPresent(context -> context.runOnContext(turn -> task.run()));
  }

  private String topic(Kind kind) {
    return new EntityTopic(options.name(), kind, Optional.empty()).text();
  }

  /** Where values of an Entity are told. */
  private String topicOf(Iri entity) {
    Optional<String> rest = Optional.of(EntityTopic.encoded(entity.value()));
    return new EntityTopic(options.name(), Kind.NTF, rest).text();
  }

  private String answersTo(Iri sender) {
    return EntityTopic.out(options.name(), sender.value());
  }

  private void publish(String topic, Message message) {
    Buffer body = Buffer.buffer(writer.write(message, Manner.unasked(ground.units())).body());
    connection.publish(new Waiting(topic, body, false));
  }

  private void connected() {
    if (connection.showsCode()) {
      enrol();
      return;
    }
    sources
        .edge()
        .ifPresent(
            one -> {
              one.replica().connected();
              one.readings().connected();
              one.desk().connected();
            });
    announcer.all();
    if (hasBeenConnected) return;
    hasBeenConnected = true;
    sources
        .open()
        .lastEnded(Principal.MANAGER.name(), LAST_ENDED)
        .onSuccess(
            ended ->
                ended.forEach(
                    one ->
                        tell(one.sender(), one.answer().graph(), one.answer().iri().orElseThrow())))
        .onFailure(lost -> LOG.error("what ended before can't be told again", lost));
  }

  /** With the code this node can do nothing but say which token it will have. */
  private void enrol() {
    JsonObject said = new JsonObject().put("version", 1).put("token", options.token().reveal());
    String topic = new EdgeTopic(options.name(), Direction.UP, EdgeTopic.ENROL).text();
    connection
        .send(new Waiting(topic, said.toBuffer(), false))
        .onSuccess(
            done -> {
              LOG.info("this node is enrolled as {} at {}", options.name(), options.host());
              connection.enrolled();
            })
        .onFailure(lost -> LOG.error("this node can't be enrolled: {}", lost.toString()));
  }

  /** What the other node says of this one when the connection is lost (section 8.2). */
  private Waiting lost() {
    Heartbeat will =
        new Heartbeat.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
            .generatedBy(ground.self().get())
            .generatedAt(ground.clock().instant().truncatedTo(ChronoUnit.MILLIS))
            .interval(Duration.ZERO)
            .build();
    Manner manner = Manner.unasked(ground.units());
    return new Waiting(topic(Kind.STATE), Buffer.buffer(writer.write(will, manner).body()), false);
  }

  private static void take(Edge edge, String stream, Buffer body) {
    switch (stream) {
      case EdgeTopic.STATE -> edge.replica().take(body);
      case EdgeTopic.PROOF -> edge.readings().proved(body);
      case EdgeTopic.CONTROL -> edge.desk().take(body);
      default -> LOG.warn("the node above tells of {}, which isn't known here", stream);
    }
  }

  private void take(MqttPublishMessage publish) {
    Optional<EdgeTopic> told = EdgeTopic.parse(publish.topicName());
    if (told.isPresent()) {
      sources.edge().ifPresent(one -> take(one, told.get().stream(), publish.payload()));
      publish.ack();
      return;
    }
    Received received;
    try {
      byte[] body = publish.payload().getBytes();
      Syntax syntax = MqttDoor.guessed(publish.payload());
      received = reader.read(body, syntax);
    } catch (SmartApiException unreadable) {
      LOG.warn("the uplink brought what can't be read: {}", unreadable.getMessage());
      publish.ack();
      return;
    }
    take(publish, received);
  }

  /** What can't be taken now is tried again: the other node believes that it is under way. */
  private void take(MqttPublishMessage publish, Received received) {
    Iri sender = received.message().generatedBy().orElseGet(ground.self());
    sources
        .requests()
        .take(
            new Incoming(
                received,
                new Asker(sender, Principal.MANAGER),
                Purpose.ACCESS,
                Optional.empty(),
                options.isEncrypted()))
        .onSuccess(
            answer -> {
              answer.ifPresent(one -> answer(received, sender, one));
              publish.ack();
            })
        .onFailure(
            busy -> {
              LOG.warn("a request can't be taken now: {}", busy.toString());
              ground.vertx().setTimer(AGAIN_MILLIS, timer -> take(publish, received));
            });
  }

  private void answer(Received received, Iri sender, Message answer) {
    Buffer body = Buffer.buffer(writer.write(answer, received.manner(ground.units())).body());
    connection.publish(new Waiting(answersTo(sender), body, false));
  }

  /** Hands on what gateways here tell unasked. */
  private final class Passing implements Subscriber {
    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      EntityTopic.parse(publish.topic().value())
          .ifPresent(
              topic -> {
                String up = new EntityTopic(options.name(), Kind.NTF, topic.rest()).text();
                home(() -> connection.publish(new Waiting(up, publish.payload(), false)));
              });
      return Future.succeededFuture(Delivery.DONE);
    }
  }
}
