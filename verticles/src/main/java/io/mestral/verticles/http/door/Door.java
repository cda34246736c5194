package io.mestral.verticles.http.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.outcome.Refusal;
import io.mestral.verticles.auth.Networks;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.TooManyWrongLogins;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Body;
import io.mestral.verticles.http.exchange.Caller;
import io.mestral.verticles.http.exchange.Endpoint;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.exchange.Wording;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads a request to a resource and its answer back: who asks, how often, with what body; and
 * whatever fails on the way becomes an answer here.
 */
public final class Door {
  private static final String WORDING = "wording";
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  static final String CALLBACK = "callback";

  private static final Pattern CALLBACK_NAME =
      Pattern.compile("[A-Za-z_$][\\w$]{0,63}(\\.[A-Za-z_$][\\w$]{0,63}){0,7}");
  private static final String ROOM = "room for the answer";
  private static final String RETRY_AFTER = "Retry-After";

  /** Seconds; what is away or full now may be there again. */
  private static final String SOON = "5";

  private static final long SMALL_BODY = 1 << 20;

  private final Authentication authentication;
  private final Bounds bounds;
  private final Streams streams;
  private final AuditTrail trail;
  private final Optional<String> publicUrl;

  /**
   * @param origins the node's own is the base of links; without it they begin like the request
   */
  public Door(TokenVerifier verifier, Bounds bounds, AuditTrail trail, Origins origins) {
    this.trail = trail;
    this.authentication = new Authentication(verifier, origins);
    this.bounds = bounds;
    this.streams = new Streams(bounds.rate());
    this.publicUrl = origins.publicUrl();
  }

  /** A route for everybody that counts against nobody's limit and looks at no credentials. */
  public Handler<RoutingContext> open(Endpoint endpoint) {
    return context ->
        settle(
            context,
            Future.succeededFuture(exchange(context, Viewer.VISITOR, Body.NONE))
                .compose(endpoint::answer));
  }

  /** A route that looks at what is shown itself: pages, and applications that aren't users. */
  public Handler<RoutingContext> unguarded(Endpoint endpoint) {
    return context -> {
      context.request().pause(); // until the body is wanted
      BodyReader body = new BodyReader(context.request(), bounds.bodies());
      settle(
          context,
          withinLimit(context, Future.succeededFuture(Viewer.VISITOR))
              .compose(viewer -> body.read(SMALL_BODY))
              .compose(
                  read ->
                      Door.<Answer>audited(context, endpoint::answer)
                          .apply(exchange(context, Viewer.VISITOR, read)))
              .onComplete(answered -> body.release()));
    };
  }

  /** A route of the platform, whose requests are small. */
  public Handler<RoutingContext> to(Endpoint endpoint) {
    return context ->
        settle(
            context, serve(context, audited(context, endpoint::answer), SMALL_BODY, any -> true));
  }

  /**
   * A route that takes measurements, from users only: a visitor's large body isn't even read. What
   * devices measure is no deed, and isn't written down.
   */
  public Handler<RoutingContext> toUsers(Endpoint endpoint, long maxBody) {
    return context ->
        settle(
            context,
            serve(context, endpoint::answer, maxBody, viewer -> viewer.user().isPresent()));
  }

  /**
   * A route that takes messages between machines, which a visitor may send, too.
   *
   * @param wording of what is refused
   */
  public Handler<RoutingContext> messages(Endpoint endpoint, Wording wording, long maxBody) {
    return context -> {
      context.put(WORDING, wording);
      settle(context, serve(context, endpoint::answer, maxBody, any -> true));
    };
  }

  /** A route for who is signed in, whose requests may hold files that fit into memory. */
  public Handler<RoutingContext> withFiles(Endpoint endpoint, long maxBody) {
    return context -> {
      BodyReader body = reader(context).withFiles();
      Predicate<Viewer> known = viewer -> viewer.signedIn() != null;
      settle(context, serve(context, body, audited(context, endpoint::answer), maxBody, known));
    };
  }

  private static <T> Function<Exchange, Future<T>> audited(
      RoutingContext context, Function<Exchange, Future<T>> endpoint) {
    return exchange -> {
      AuditTrail.begin(context, exchange);
      return endpoint.apply(exchange);
    };
  }

  /** A route of the platform whose answers are made while they are sent. */
  public Handler<RoutingContext> streaming(StreamedAnswer.Source source) {
    return context ->
        backHome(context, serve(context, audited(context, source::answer), SMALL_BODY, any -> true))
            .onSuccess(answer -> whenNoted(context, answer.status(), () -> stream(context, answer)))
            .onFailure(failure -> write(context, answerTo(context, failure)));
  }

  /**
   * A route that takes files. Who sends them stands before the body, which the resource reads when
   * it knows that it wants them.
   */
  public Handler<RoutingContext> receiving(IncomingFiles.Endpoint endpoint, long maxBytes) {
    return context -> {
      context.request().pause();
      IncomingFiles files =
          new FileReceiver(context.vertx(), context.request(), maxBytes, bounds.rate());
      settle(
          context,
          withinLimit(context, backHome(context, authentication.byHead(context)))
              .compose(
                  viewer ->
                      Door.<Answer>audited(context, one -> endpoint.answer(one, files))
                          .apply(exchange(context, viewer, Body.NONE))));
    };
  }

  /**
   * A route whose connections somebody else takes over; only who can't be taken is answered.
   *
   * @param taker is told the client's address besides
   */
  public Handler<RoutingContext> handingOver(
      BiFunction<HttpServerRequest, String, Future<Void>> taker) {
    return context ->
        taker
            .apply(context.request(), Caller.of(context).address())
            .onFailure(failure -> write(context, answerTo(context, failure)));
  }

  /**
   * The same for a connection over which somebody goes on asking, who is looked at here.
   *
   * @param wording of what is refused
   */
  public Handler<RoutingContext> handingOver(
      Wording wording, BiFunction<HttpServerRequest, Entrant, Future<Void>> taker) {
    return context -> {
      context.put(WORDING, wording);
      context.request().pause(); // until it is known who it is
      Entrant entrant = new Entrant(context, authentication, bounds);
      backHome(context, Future.succeededFuture().compose(turn -> entrant.enter()))
          .compose(known -> taker.apply(context.request(), entrant))
          .onFailure(failure -> write(context, answerTo(context, failure)));
    };
  }

  /** The end of what no route took. */
  public void noRoute(RoutingContext context) {
    write(context, answerTo(context, Problem.endpointNotFound()));
  }

  /** The end of what the router itself found wrong, such as a path that can't be decoded. */
  public void routerFailed(RoutingContext context) {
    boolean clients = context.statusCode() >= 400 && context.statusCode() < 500;
    Throwable failure =
        context.failure() == null
            ? new IllegalStateException("router failed with " + context.statusCode())
            : context.failure();
    send( // in no callback: the query may be what can't be read
        context,
        answerTo(context, clients ? Problem.badRequest("The URL can't be read") : failure));
  }

  private <T> Future<T> serve(
      RoutingContext context,
      Function<Exchange, Future<T>> endpoint,
      long maxBody,
      Predicate<Viewer> admitted) {
    return serve(context, reader(context), endpoint, maxBody, admitted);
  }

  private BodyReader reader(RoutingContext context) {
    context.request().pause(); // until the body is wanted
    return new BodyReader(context.request(), bounds.bodies());
  }

  private <T> Future<T> serve(
      RoutingContext context,
      BodyReader body,
      Function<Exchange, Future<T>> endpoint,
      long maxBody,
      Predicate<Viewer> admitted) {
    return enter(context, body)
        .compose(
            viewer ->
                admitted.test(viewer)
                    ? body.read(maxBody)
                        .compose(read -> endpoint.apply(exchange(context, viewer, read)))
                    : Future.failedFuture(Problem.forbidden()))
        .onComplete(answered -> body.release());
  }

  private Future<Viewer> enter(RoutingContext context, BodyReader body) {
    Future<Viewer> entering =
        backHome(context, authentication.byHead(context))
            .compose(
                viewer ->
                    viewer.user().isEmpty()
                            && Authentication.isSilent(context)
                            && body.announcesLittle()
                        ? body.read(SMALL_BODY).compose(authentication::byBody)
                        : Future.succeededFuture(viewer));
    return withinLimit(context, entering);
  }

  private Future<Viewer> withinLimit(RoutingContext context, Future<Viewer> entering) {
    Future<Viewer> admitted =
        entering.compose(
            viewer ->
                viewer.isResearcher() || bounds.limit().take(asker(viewer, context))
                    ? Future.succeededFuture(viewer)
                    : Future.failedFuture(new TooManyRequests()));
    return backHome(context, admitted.map(viewer -> withinScope(context, viewer)));
  }

  private static Viewer withinScope(RoutingContext context, Viewer viewer) {
    RouteScopes.check(viewer.user(), context.request().method(), context.normalizedPath());
    return viewer;
  }

  /** Stores complete on threads of their own; a request is read and answered on its event loop. */
  private static <T> Future<T> backHome(RoutingContext context, Future<T> elsewhere) {
    Context home = context.vertx().getOrCreateContext();
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(done -> home.runOnContext(turn -> promise.handle(done)));
    return promise.future();
  }

  /** By what the requests of one asker are counted. */
  static String asker(Viewer viewer, RoutingContext context) {
    return viewer
        .user()
        .map(user -> "user " + user.id())
        .or(() -> viewer.gateway().map(gateway -> "gateway " + gateway.id()))
        .orElseGet(() -> "network " + Networks.of(Caller.of(context).address()));
  }

  private Exchange exchange(RoutingContext context, Viewer viewer, Body body) {
    String base = publicUrl.orElseGet(Caller.of(context)::base);
    AnswerBudget.Share room = room(context);
    return new Exchange(context, viewer, body, base + PathForms.asked(context), room::growTo);
  }

  private AnswerBudget.Share room(RoutingContext context) {
    AnswerBudget.Share share = context.get(ROOM);
    if (share != null) return share;
    AnswerBudget.Share fresh = bounds.answers().share();
    context.put(ROOM, fresh);
    return fresh;
  }

  private void settle(RoutingContext context, Future<Answer> answering) {
    backHome(context, answering)
        .recover(failure -> Future.succeededFuture(answerTo(context, failure)))
        .onSuccess(answer -> whenNoted(context, answer.status(), () -> write(context, answer)));
  }

  /** Most requests change nothing, and are answered at once. */
  private void whenNoted(RoutingContext context, int status, Runnable answering) {
    Future<Void> noted = trail.end(context, status);
    if (noted.isComplete()) answering.run();
    else backHome(context, noted).onComplete(done -> answering.run());
  }

  private Answer answerTo(RoutingContext context, Throwable failure) {
    if (failure instanceof TooManyRequests || failure instanceof TooManyWrongLogins)
      return worded(context, tooOften(), "Retry later");
    Problem problem = Problem.of(failure);
    return worded(
        context, answerTo(context, problem, failure), problem.body().path("message").asText());
  }

  private static Answer worded(RoutingContext context, Answer refusal, String message) {
    Wording wording = context.get(WORDING);
    return wording == null ? refusal : wording.of(context.request().headers(), refusal, message);
  }

  private Answer tooOften() {
    return Answer.text(Refusal.QUOTA_EXCEEDED.httpStatus(), "text/plain", "Retry later\n")
        .with(RETRY_AFTER, Long.toString(bounds.limit().secondsToWait()));
  }

  private static Answer answerTo(RoutingContext context, Problem problem, Throwable failure) {
    boolean unavailable = problem.status() == Refusal.UNAVAILABLE.httpStatus();
    if (problem.status() == Refusal.INTERNAL.httpStatus())
      LOG.error("request {} failed", RequestId.of(context), failure);
    else if (unavailable)
      LOG.warn("request {} not served: {}", RequestId.of(context), failure.getMessage());
    ObjectNode body = problem.body();
    if (!PathForms.isPlatform(context)) body.put("request_id", RequestId.of(context));
    Answer answer = Answer.json(problem.status(), Buffer.buffer(body.toString()));
    if (problem.retryAfter().isPresent())
      return answer.with(RETRY_AFTER, Long.toString(problem.retryAfter().get().toSeconds()));
    if (unavailable) return answer.with(RETRY_AFTER, SOON);
    return problem.challenge().isEmpty()
        ? answer
        : answer.with("WWW-Authenticate", problem.challenge());
  }

  private void write(RoutingContext context, Answer answer) {
    send(context, answer.isJson() ? inCallback(context, answer) : answer);
  }

  private void send(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    AnswerBudget.Share room = room(context);
    if (response.ended() || response.closed()) { // the client has gone
      room.release();
      return;
    }
    boolean fits = answer.isShared() || room.growTo(answer.body().length());
    Answer sent = fits ? answer : answerTo(context, Problem.tooMuchToAnswer());
    head(response, sent.status(), sent.contentType(), sent.headers());
    Slices.send(response, sent.body(), bounds.rate().patience())
        .onComplete(
            end -> {
              room.release();
              Leftovers.drop(context.vertx(), context.request());
            });
  }

  private void stream(RoutingContext context, StreamedAnswer answer) {
    head(context.response(), answer.status(), answer.contentType(), answer.headers());
    streams.send(context, answer);
  }

  private static void head(
      HttpServerResponse response, int status, String contentType, Map<String, String> headers) {
    if (response.headWritten()) return; // the client has gone
    response
        .setStatusCode(status)
        .putHeader("Content-Type", contentType)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "max-age=0, private, must-revalidate");
    headers.forEach(
        (name, value) -> {
          String before = response.headers().get(name);
          boolean more = name.equals("Vary") && before != null;
          response.putHeader(name, more ? before + ", " + value : value);
        });
  }

  private Answer inCallback(RoutingContext context, Answer answer) {
    Optional<String> name = context.queryParam(CALLBACK).stream().findFirst();
    if (name.isEmpty()) return answer;
    if (!CALLBACK_NAME.matcher(name.get()).matches())
      return answerTo(
          context, Problem.badRequest("The callback parameter must be a JavaScript name"));
    Buffer script =
        Buffer.buffer("/**/" + name.get() + "(").appendBuffer(answer.body()).appendString(")");
    String type = "text/javascript; charset=utf-8";
    return new Answer(answer.status(), type, script, answer.headers(), false);
  }
}
