package io.mestral.verticles.http.smartapi;

import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Purpose;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.syntax.Document;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.smartrequest.NodeIris;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Smart API messages over HTTP: whatever can be read is answered with 200, and what is wrong with
 * it stands inside (Smart API, section 8.1).
 */
public final class SmartApiResource {
  private static final String CALL_ID = "X-SmartAPI-CallId";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVERS_FAULT = 500;
  private static final int UNSUPPORTED = 415;

  private final SmartRequests requests;
  private final Senders senders;
  private final QudtFamily units;
  private final MessageBody bodies;
  private final Answers answers;
  private final MessageWriter writer = new MessageWriter();

  /**
   * @param units how they are named to who named none
   * @param maxBody bytes of a message, once unpacked
   */
  public SmartApiResource(
      SmartRequests requests, Senders senders, NodeIris iris, QudtFamily units, long maxBody) {
    this.requests = requests;
    this.senders = senders;
    this.units = units;
    this.bodies = new MessageBody(Limits.DEFAULT.withBytes(maxBody));
    this.answers = new Answers(iris::node, Clock.systemUTC());
  }

  /** Takes any message. */
  public Future<Answer> access(Exchange exchange) {
    return take(exchange, Purpose.ACCESS);
  }

  /** Makes Entities known. */
  public Future<Answer> register(Exchange exchange) {
    return take(exchange, Purpose.REGISTER);
  }

  /** Finds Entities among those that are known. */
  public Future<Answer> search(Exchange exchange) {
    return take(exchange, Purpose.SEARCH);
  }

  /** Whoever shows credentials that are no good isn't taken for a visitor (section 8.1). */
  private static void checkCredentials(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    boolean isNobody = viewer.user().isEmpty() && viewer.gateway().isEmpty();
    if (isNobody && exchange.header("Authorization").isPresent()) throw Problem.noGoodToken();
  }

  private Future<Answer> take(Exchange exchange, Purpose purpose) {
    checkCredentials(exchange);
    String type = MessageBody.type(exchange);
    Optional<Syntax> syntax = MessageBody.syntax(type);
    if (syntax.isEmpty() || !MessageBody.isKnownCoding(exchange))
      return Future.succeededFuture(
          refused(exchange, UNSUPPORTED, Syntax.TURTLE, unsupported(exchange, type)));
    Received received;
    try {
      byte[] body = bodies.unpacked(exchange);
      if (MessageBody.isOtherCharset(type, body))
        return Future.succeededFuture(
            refused(exchange, UNSUPPORTED, syntax.get(), unsupported(exchange, type)));
      received = bodies.read(type, body);
    } catch (SmartApiException unreadable) {
      return Future.succeededFuture(refused(exchange, unreadable, syntax.get()));
    }
    Manner manner = manner(exchange, received);
    return senders
        .incoming(received, exchange.viewer(), purpose, way(exchange))
        .compose(requests::take)
        .map(
            answer ->
                answer.map(one -> answer(exchange, OK, one, manner)).orElseGet(this::accepted));
  }

  private static Senders.Way way(Exchange exchange) {
    return new Senders.Way(exchange.isConfidential(), exchange.origin());
  }

  private Manner manner(Exchange exchange, Received received) {
    Manner usual = received.manner(units);
    return Accept.best(exchange.headers("Accept")).map(usual::in).orElse(usual);
  }

  private Answer refused(Exchange exchange, SmartApiException cause, Syntax syntax) {
    boolean parsed =
        cause.type() != ErrorType.PARSE_ERROR && cause.type() != ErrorType.TOO_LARGE_ERROR;
    int status = parsed ? OK : cause.type() == ErrorType.TOO_LARGE_ERROR ? TOO_LARGE : BAD_REQUEST;
    return refused(exchange, status, syntax, cause);
  }

  private Answer refused(Exchange exchange, int status, Syntax asked, SmartApiException cause) {
    Syntax otherwise = asked.isWritten() ? asked : Syntax.TURTLE;
    Syntax syntax = Accept.best(exchange.headers("Accept")).orElse(otherwise);
    return answer(exchange, status, answers.refusal(cause), Manner.unasked(units).in(syntax));
  }

  /** What the door refuses, as a Response with an Error (section 8.1). */
  public Answer worded(MultiMap asked, Answer refusal, String message) {
    ErrorType type =
        switch (refusal.status()) {
          case UNAUTHORIZED -> ErrorType.SECURITY_ERROR;
          case FORBIDDEN -> ErrorType.NOT_AUTHORIZED_ERROR;
          case TOO_LARGE -> ErrorType.TOO_LARGE_ERROR;
          default ->
              refusal.status() < SERVERS_FAULT ? ErrorType.INVALID_REQUEST : ErrorType.SERVER_ERROR;
        };
    Syntax syntax =
        Accept.best(String.join(",", asked.getAll("Accept")))
            .or(() -> Optional.ofNullable(asked.get("Content-Type")).flatMap(MessageBody::syntax))
            .filter(Syntax::isWritten)
            .orElse(Syntax.TURTLE);
    Document document =
        writer.write(
            answers.refusal(new SmartApiException(type, message)),
            Manner.unasked(units).in(syntax));
    return new Answer(
        refusal.status(),
        document.contentType() + "; charset=utf-8",
        Buffer.buffer(document.body()),
        refusal.headers(),
        false);
  }

  private static SmartApiException unsupported(Exchange exchange, String type) {
    return new SmartApiException(
        ErrorType.PARSE_ERROR,
        "Content-Type "
            + type
            + exchange.header("Content-Encoding").map(one -> ", Content-Encoding " + one).orElse("")
            + " can't be read. Messages come in UTF-8 as text/turtle, application/ld+json,"
            + " application/rdf+xml, application/n-triples or multipart/related, as they are or by"
            + " gzip.");
  }

  private Answer answer(Exchange exchange, int status, Message message, Manner manner) {
    Document document = writer.write(message, manner);
    Answer answer =
        new Answer(
            status,
            document.contentType() + "; charset=utf-8",
            Buffer.buffer(document.body()),
            Map.of("Vary", "Accept"),
            false);
    return exchange.header(CALL_ID).map(id -> answer.with(CALL_ID, id)).orElse(answer);
  }

  private Answer accepted() {
    return new Answer(ACCEPTED, Syntax.TURTLE.mediaType(), Buffer.buffer(), Map.of(), false);
  }
}
