package io.mestral.verticles.smartrequest.outgoing;

import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.OwnWay;
import io.mestral.routing.request.Purpose;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.GatewayLink;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.storage.GatewayRegistry;
import io.mestral.verticles.smartrequest.Askers;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.mestral.verticles.smartrequest.mqtt.MqttDoor;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gateways that announced an HTTP interface, and Entities that have one themselves: they are sent
 * requests by POST, and what they answer there is their Response (Smart API, section 8.7). One that
 * can't be reached is away for a while, each time for longer.
 */
public final class HttpGateways implements GatewayLink {
  private static final Logger LOG = LoggerFactory.getLogger(HttpGateways.class);
  private static final int MOST_UNDER_WAY = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(35);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int LONGEST_PAUSE_DOUBLINGS = 7; // 64 seconds
  private static final int OK = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int TOO_MANY = 429;
  private static final int TIMED_OUT = 408;
  private static final int SERVERS_FAULT = 500;

  private final Interfaces interfaces;
  private final OwnInterfaces own;
  private final HttpPost http;
  private final SmartRequests requests;
  private final Askers askers;
  private final QudtFamily units;
  private final Clock clock;
  private final MessageReader reader = new MessageReader();
  private final MessageWriter writer = new MessageWriter();
  private final Map<String, Reach> reaches = new ConcurrentHashMap<>();

  /** Who announces what. */
  public record Known(EntityDirectory directory, GatewayRegistry gateways, Askers askers) {}

  /**
   * None is known until it is {@linkplain #open opened}.
   *
   * @param units how they are named where a message names none
   */
  public HttpGateways(
      Known known, HttpPost http, SmartRequests requests, QudtFamily units, Clock clock) {
    this.interfaces = new Interfaces(known.directory(), known.gateways());
    this.own = new OwnInterfaces(known.directory());
    this.askers = known.askers();
    this.http = http;
    this.requests = requests;
    this.units = units;
    this.clock = clock;
  }

  /** How it went with a gateway. */
  private record Reach(int underWay, int failures, Instant notBefore) {
    static final Reach UNTRIED = new Reach(0, 0, Instant.MIN);

    Reach more(int by) {
      return new Reach(underWay + by, failures, notBefore);
    }

    Reach failed(Instant now) {
      Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, LONGEST_PAUSE_DOUBLINGS));
      return new Reach(underWay, failures + 1, now.plus(pause));
    }

    Reach reached() {
      return new Reach(underWay, 0, Instant.MIN);
    }
  }

  /** Takes up what is announced. Called when the directory is there. */
  public void open() {
    interfaces.open();
  }

  /**
   * The ways to an Entity that has an HTTP interface itself, the best first; most have none.
   *
   * @param values of it that are asked for; empty for all of it
   */
  public List<String> waysTo(Entity entity, Set<Resource> values) {
    return own.of(entity, values);
  }

  @Override
  public boolean isHere(String gateway) {
    if (target(gateway).isEmpty()) return false;
    Reach reach = reaches.getOrDefault(gateway, Reach.UNTRIED);
    return reach.underWay() < MOST_UNDER_WAY && !clock.instant().isBefore(reach.notBefore());
  }

  @Override
  public void send(String gateway, Asked message, Duration expiry, Receipt receipt) {
    Optional<Target> found = target(gateway);
    if (found.isEmpty()) {
      receipt.lost();
      return;
    }
    Duration within = expiry.compareTo(PATIENCE) < 0 ? expiry : PATIENCE;
    Target target = found.get();
    Manner manner = Manner.unasked(units).in(target.syntax());
    reaches.merge(gateway, Reach.UNTRIED.more(1), (known, first) -> known.more(1));
    stillKnown(gateway)
        .compose(
            known ->
                http.post(
                    target,
                    writer.asItIs(message.message(), message.name(), manner),
                    within.isNegative() || within.isZero() ? Duration.ofMillis(1) : within))
        .onComplete(done -> count(gateway, reach -> reach.more(-1)))
        .onSuccess(reply -> replied(new Call(gateway, target, message.name()), reply, receipt))
        .onFailure(cause -> notReached(gateway, receipt, cause.toString()));
  }

  private Optional<Target> target(String gateway) {
    return OwnWay.of(gateway)
        .map(own::target)
        .orElseGet(() -> interfaces.of(gateway).map(Interfaces.Place::target));
  }

  /** In whose name it answers; an Entity with an interface of its own in that of its owner. */
  private Future<Optional<Asker>> speaker(String gateway) {
    return OwnWay.of(gateway)
        .map(
            way ->
                Future.succeededFuture(
                    own.owner(way).map(owner -> new Asker(owner, Principal.ANONYMOUS))))
        .orElseGet(() -> askers.gateway(gateway));
  }

  /** What it announced outlives a gateway that an administrator has removed. */
  private Future<Void> stillKnown(String gateway) {
    if (OwnWay.of(gateway).isPresent()) return Future.succeededFuture();
    Optional<String> iri = interfaces.of(gateway).map(place -> place.iri().value());
    return askers
        .gateway(gateway)
        .compose(
            asker ->
                asker
                        .map(Asker::principal)
                        .filter(
                            one ->
                                one instanceof Principal.Gateway it
                                    && iri.filter(it.iri()::equals).isPresent())
                        .isPresent()
                    ? Future.succeededFuture()
                    : Future.failedFuture("nobody is known by this name any more"));
  }

  private void count(String gateway, UnaryOperator<Reach> change) {
    reaches.computeIfPresent(gateway, (same, known) -> change.apply(known));
  }

  private void notReached(String gateway, Receipt receipt, String why) {
    LOG.info("the gateway {} isn't reached over HTTP: {}", gateway, why);
    count(gateway, reach -> reach.failed(clock.instant()));
    receipt.lost();
  }

  private record Call(String gateway, Target target, Iri request) {}

  private void replied(Call call, HttpPost.Reply reply, Receipt receipt) {
    String gateway = call.gateway();
    int status = reply.status();
    if (status >= SERVERS_FAULT || status == TOO_MANY || status == TIMED_OUT) {
      notReached(gateway, receipt, "it answers " + status);
      return;
    }
    count(gateway, Reach::reached);
    if (status >= FIRST_REDIRECT) {
      LOG.warn("the gateway {} answers {} and takes no message", gateway, status);
      receipt.refused();
      return;
    }
    receipt.acknowledged();
    if (status == OK && reply.body().length() > 0) answered(call, reply);
  }

  /** What can't be read ends nothing: the gateway may yet post what can. */
  private void answered(Call call, HttpPost.Reply reply) {
    String gateway = call.gateway();
    Received received;
    try {
      Syntax syntax =
          reply
              .contentType()
              .flatMap(Syntax::ofMediaType)
              .orElseGet(() -> MqttDoor.guessed(reply.body()));
      received = matched(reader.read(reply.body().getBytes(), syntax), call.request());
    } catch (SmartApiException unreadable) {
      LOG.warn("what the gateway {} answers can't be read: {}", gateway, unreadable.getMessage());
      return;
    }
    speaker(gateway)
        .compose(
            asker ->
                asker.isEmpty()
                    ? Future.succeededFuture()
                    : requests.take(
                        new Incoming(
                            received,
                            asker.get(),
                            Purpose.ACCESS,
                            Optional.of(gateway),
                            call.target().isEncrypted())))
        .onFailure(lost -> LOG.warn("an answer of {} is lost: {}", gateway, lost.toString()));
  }

  /** What is answered to a POST answers what was posted, also where it doesn't say so. */
  private static Received matched(Received received, Iri request) {
    Message message = received.message();
    if (message.inReplyTo().isPresent()) return received;
    Graph graph =
        Graph.builder()
            .addAll(message.graph())
            .add(message.node(), Sx.IN_REPLY_TO, request)
            .build();
    return new Received(
        Message.at(graph, message.node()),
        received.original(),
        received.syntax(),
        received.jsonLd());
  }

  @Override
  public Future<Boolean> tell(Client client, Graph message, Iri node) {
    return Future.succeededFuture(false); // clients have ways of their own
  }
}
