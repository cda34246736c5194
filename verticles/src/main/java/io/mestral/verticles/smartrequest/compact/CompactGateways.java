package io.mestral.verticles.smartrequest.compact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Principals;
import io.mestral.model.platform.EntityTopic.Kind;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Purpose;
import io.mestral.routing.request.directory.EntityDirectory;
import io.mestral.routing.request.open.GatewayLink.Asked;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.NumericType;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.jsonld.JsonLdForm;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gateways that are spoken to in the compact form: those whose latest announcement was in it.
 * What they announced is in the directory, and with it who they are, across restarts.
 */
public final class CompactGateways {
  /** What a command is called as a content type. */
  public static final String COMMAND = "application/vnd.mestral.command+json";

  private static final int LONGEST_INTERVAL = 86_400;

  private final EntityDirectory directory;
  private final Principals principals;
  private final SmartRequests requests;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<String, Iri> gateways = new ConcurrentHashMap<>();

  /**
   * Knows nobody until it is {@linkplain #load loaded}.
   *
   * @param principals for whom senders of Requests speak
   * @param requests where answers go of gateways that aren't asked
   */
  public CompactGateways(
      EntityDirectory directory,
      Principals principals,
      SmartRequests requests,
      Vertx vertx,
      Clock clock) {
    this.directory = directory;
    this.principals = principals;
    this.requests = requests;
    this.vertx = vertx;
    this.clock = clock;
  }

  /** Looks the directory through for gateways that announced themselves so. */
  public void load() {
    directory
        .all(Set.of(Types.GATEWAY))
        .filter(Announcement::isMarked)
        .forEach(
            one ->
                directory.managers(one).stream()
                    .findFirst()
                    .ifPresent(name -> remember(name, one.iri().orElseThrow())));
  }

  private void remember(String name, Iri gateway) {
    gateways.put(name, gateway);
  }

  /** Whether a gateway is spoken to so. */
  public boolean isCompact(String gateway) {
    return known(gateway).isPresent();
  }

  /** It may have announced itself otherwise in the meantime, over HTTP as well. */
  private Optional<Iri> known(String gateway) {
    return Optional.ofNullable(gateways.get(gateway))
        .filter(iri -> directory.find(iri).filter(Announcement::isMarked).isPresent());
  }

  /** Whether what a gateway published is in the form, or was meant to be. */
  public boolean isFor(String gateway, Buffer payload) {
    return CompactJson.isMarked(payload.getBytes(), isCompact(gateway));
  }

  /**
   * What a gateway said.
   *
   * @param message as a message, if anything of it can be told
   * @param fault what was wrong with it
   */
  public record Heard(Optional<Received> message, Optional<SmartApiException> fault) {}

  /**
   * Who says something.
   *
   * @param name in topics
   * @param iri in messages
   */
  public record Speaker(String name, Iri iri) {}

  /**
   * Reads what a gateway published.
   *
   * @param kind where
   * @param correlation what it was sent with its command, and sent back
   */
  public Heard read(Speaker gateway, Kind kind, Buffer payload, Optional<Buffer> correlation) {
    Replies replies =
        new Replies(new Names(gateway.iri()), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    Optional<Iri> request = correlation.flatMap(CompactGateways::request);
    try {
      ObjectNode message = CompactJson.read(payload.getBytes());
      request = Replies.answered(message).or(() -> correlation.flatMap(CompactGateways::request));
      return heard(
          switch (kind) {
            case STATE -> announcement(message, replies);
            case HB -> heartbeat(message, replies);
            case NTF -> notification(gateway.name(), message, replies);
            default ->
                replies.answer(
                    message,
                    request.orElseThrow(
                        () ->
                            CompactJson.fault(
                                "an answer has the \"command\" that it is to at \"reply\"")));
          });
    } catch (SmartApiException fault) {
      Optional<Message> failed =
          kind == Kind.OUT
              ? request.map(
                  one ->
                      replies.failed(
                          one,
                          ErrorType.SERVER_ERROR,
                          "The gateway %s answered, but: %s"
                              .formatted(gateway.name(), fault.getMessage())))
              : Optional.empty();
      return new Heard(failed.map(CompactGateways::received), Optional.of(fault));
    }
  }

  private static Heard heard(Message message) {
    return new Heard(Optional.of(received(message)), Optional.empty());
  }

  private static Received received(Message message) {
    return new Received(message, message.graph(), Syntax.TURTLE, JsonLdForm.CONTEXT_INLINED);
  }

  private static Optional<Iri> request(Buffer correlation) {
    try {
      return Optional.of(CompactJson.iri(correlation.toString(StandardCharsets.UTF_8), "It"));
    } catch (SmartApiException another) {
      return Optional.empty(); // sent by others, or not with a command
    }
  }

  /** From now on it is spoken to so, if it is taken in. */
  public void announced(String name, Iri iri) {
    remember(name, iri);
  }

  private static Message announcement(ObjectNode message, Replies replies) {
    Iri gateway = replies.names().gateway();
    Notification.Builder announced = new Notification.Builder(Replies.name());
    announced.generatedBy(gateway).generatedAt(replies.now());
    announced.property(SmartApi.ENTITY, gateway);
    announced.describe(Announcement.read(message, replies.names()));
    return announced.build();
  }

  private static Message heartbeat(ObjectNode message, Replies replies) {
    CompactJson.only(message, "A heartbeat", Set.of(CompactJson.MARK, "interval"));
    Heartbeat.Builder beat = new Heartbeat.Builder(Replies.name());
    beat.generatedBy(replies.names().gateway()).generatedAt(replies.now());
    Optional<BigDecimal> interval = CompactJson.number(message, "interval");
    if (interval.filter(one -> one.signum() <= 0 || one.intValue() > LONGEST_INTERVAL).isPresent())
      throw CompactJson.fault("\"interval\" is in seconds, up to " + LONGEST_INTERVAL);
    interval.ifPresent(one -> beat.interval(Duration.ofMillis(one.movePointRight(3).longValue())));
    return beat.build();
  }

  private Message notification(String gateway, ObjectNode message, Replies replies) {
    Message told = replies.notification(message);
    for (Entity one : told.activities().get(0).entities()) {
      Described known =
          directory
              .find(one.iri().orElseThrow())
              .filter(entity -> directory.managers(entity).contains(gateway))
              .map(Described::of)
              .orElseThrow(() -> CompactJson.fault(one.node() + " wasn't announced"));
      for (Term value : told.graph().objects(one.node(), SmartApi.VALUE_OBJECT))
        if (!fits(known, (Resource) value, told))
          throw CompactJson.fault(value + " wasn't announced, or takes other values");
    }
    return told;
  }

  private static boolean fits(Described known, Resource value, Message told) {
    return known
        .property(value)
        .map(known.properties()::get)
        .flatMap(
            property ->
                told.graph()
                    .object(value, Rdf.VALUE)
                    .flatMap(given -> property.fitting((Literal) given)))
        .isPresent();
  }

  /**
   * The command that says a Request to a gateway. Succeeds with nothing when there is nothing to
   * ask of it, and its part of the answer is on its way.
   *
   * @param answerTo the topic for answers
   */
  public Future<Optional<Buffer>> command(String gateway, Asked asked, String answerTo) {
    Iri iri = gateways.get(gateway);
    return work(gateway, asked)
        .map(
            command -> {
              if (!command.reads().isEmpty() || !command.writes().isEmpty())
                return Optional.of(
                    Buffer.buffer(json(command, new Names(iri), asked, answerTo).toString()));
              Message nothing =
                  new Replies(new Names(iri), clock.instant().truncatedTo(ChronoUnit.MILLIS))
                      .nothing(asked.name());
              requests.take(
                  new Incoming(
                      received(nothing),
                      new Asker(iri, Principal.ANONYMOUS),
                      Purpose.ACCESS,
                      Optional.of(gateway),
                      false));
              return Optional.empty();
            });
  }

  private static ObjectNode json(Command command, Names names, Asked asked, String answerTo) {
    ObjectNode json =
        CompactJson.marked()
            .put("command", asked.name().value())
            .put("expires", asked.expires().toString())
            .put("answerTo", answerTo);
    asked.request().generatedBy().ifPresent(sender -> json.put("from", sender.value()));
    if (!command.writes().isEmpty()) {
      ObjectNode writes = json.putObject("write");
      command
          .writes()
          .forEach(
              (entity, values) -> {
                ObjectNode one = writes.putObject(names.called(entity));
                values.forEach((name, value) -> put(one, name, value));
              });
    }
    if (!command.reads().isEmpty()) {
      ObjectNode reads = json.putObject("read");
      command
          .reads()
          .forEach(
              (entity, wanted) -> {
                ArrayNode one = reads.putArray(names.called(entity));
                wanted.forEach(one::add);
              });
    }
    return json;
  }

  private static void put(ObjectNode json, String name, Literal value) {
    if (NumericType.isNumeric(value.datatype())) {
      BigDecimal number = Variant.of(value).asBigDecimal().stripTrailingZeros();
      json.put(name, number.scale() < 0 ? number.setScale(0) : number);
    } else if (value.datatype().equals(Xsd.BOOLEAN)) {
      json.put(name, Variant.of(value).asBoolean());
    } else {
      json.put(name, value.lexical());
    }
  }

  /** An answer of a gateway as one with RDF would have given it; of others as it is. */
  public Future<Message> understood(String gateway, Message said, Asked asked) {
    return known(gateway).isEmpty()
        ? Future.succeededFuture(said)
        : work(gateway, asked).map(command -> Understood.of(command, said));
  }

  /** With the rights that the sender has now; not on an event loop, as there may be much to see. */
  private Future<Command> work(String gateway, Asked asked) {
    return principals
        .named(asked.principal())
        .compose(
            found ->
                vertx.executeBlocking(
                    () ->
                        new Command(
                            asked.request(),
                            new Announced(
                                directory,
                                gateway,
                                new Asker(
                                    asked.request().generatedBy().orElseThrow(),
                                    found.orElse(Principal.ANONYMOUS))))));
  }
}
