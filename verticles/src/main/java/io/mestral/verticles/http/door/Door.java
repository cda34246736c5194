package io.mestral.verticles.http.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.outcome.Refusal;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.TooManyWrongLogins;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Body;
import io.mestral.verticles.http.exchange.Endpoint;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.IncomingFiles;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.StreamedAnswer;
import io.mestral.verticles.http.exchange.Viewer;
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
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final Pattern CALLBACK =
      Pattern.compile("[A-Za-z_$][\\w$]{0,63}(\\.[A-Za-z_$][\\w$]{0,63}){0,7}");
  private static final long SMALL_BODY = 1 << 20;

  private final Authentication authentication;
  private final RateLimit limit;
  private final BodyBudget bodies;
  private final LeastRate rate;
  private final Streams streams;
  private final Optional<String> publicUrl;

  /**
   * @param rate of clients that send files, or take answers that are made while they are sent
   * @param publicUrl the base of links; without it they begin like the request
   */
  public Door(
      TokenVerifier verifier,
      RateLimit limit,
      BodyBudget bodies,
      LeastRate rate,
      Optional<String> publicUrl) {
    this.authentication = new Authentication(verifier);
    this.limit = limit;
    this.bodies = bodies;
    this.rate = rate;
    this.streams = new Streams(rate);
    this.publicUrl = publicUrl;
  }

  /** A route for everybody that counts against nobody's limit and looks at no credentials. */
  public Handler<RoutingContext> open(Endpoint endpoint) {
    return context ->
        settle(
            context,
            Future.succeededFuture(exchange(context, Viewer.VISITOR, Body.NONE))
                .compose(endpoint::answer));
  }

  /** A route of the platform, whose requests are small. */
  public Handler<RoutingContext> to(Endpoint endpoint) {
    return context -> settle(context, serve(context, endpoint::answer, SMALL_BODY, viewer -> true));
  }

  /** A route that takes large bodies, from users only: a visitor's large one isn't even read. */
  public Handler<RoutingContext> toUsers(Endpoint endpoint, long maxBody) {
    return context ->
        settle(
            context,
            serve(context, endpoint::answer, maxBody, viewer -> viewer.user().isPresent()));
  }

  /** A route of the platform whose answers are made while they are sent. */
  public Handler<RoutingContext> streaming(StreamedAnswer.Source source) {
    return context ->
        backHome(context, serve(context, source::answer, SMALL_BODY, viewer -> true))
            .onSuccess(answer -> stream(context, answer))
            .onFailure(failure -> write(context, answerTo(context, failure)));
  }

  /**
   * A route that takes files. Who sends them stands before the body, which the resource reads when
   * it knows that it wants them.
   */
  public Handler<RoutingContext> receiving(IncomingFiles.Endpoint endpoint, long maxBytes) {
    return context -> {
      context.request().pause();
      IncomingFiles files = new FileReceiver(context.vertx(), context.request(), maxBytes, rate);
      settle(
          context,
          withinLimit(context, backHome(context, authentication.byHead(context)))
              .compose(viewer -> endpoint.answer(exchange(context, viewer, Body.NONE), files)));
    };
  }

  /** A route whose connections somebody else takes over; only who can't be taken is answered. */
  public Handler<RoutingContext> handingOver(Function<HttpServerRequest, Future<Void>> taker) {
    return context ->
        taker
            .apply(context.request())
            .onFailure(failure -> write(context, answerTo(context, failure)));
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
    write(
        context,
        answerTo(context, clients ? Problem.badRequest("The URL can't be read") : failure));
  }

  private <T> Future<T> serve(
      RoutingContext context,
      Function<Exchange, Future<T>> endpoint,
      long maxBody,
      Predicate<Viewer> admitted) {
    context.request().pause(); // until the body is wanted
    BodyReader body = new BodyReader(context.request(), bodies);
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
                viewer.isResearcher() || limit.take(asker(viewer, context.request()))
                    ? Future.succeededFuture(viewer)
                    : Future.failedFuture(new TooManyRequests()));
    return backHome(context, admitted);
  }

  /** Stores complete on threads of their own; a request is read and answered on its event loop. */
  private static <T> Future<T> backHome(RoutingContext context, Future<T> elsewhere) {
    Context home = context.vertx().getOrCreateContext();
    Promise<T> promise = Promise.promise();
    elsewhere.onComplete(done -> home.runOnContext(turn -> promise.handle(done)));
    return promise.future();
  }

  private static String asker(Viewer viewer, HttpServerRequest request) {
    return viewer
        .user()
        .map(user -> "user " + user.id())
        .orElseGet(() -> "address " + Authentication.address(request));
  }

  private Exchange exchange(RoutingContext context, Viewer viewer, Body body) {
    HttpServerRequest request = context.request();
    String base = publicUrl.orElseGet(() -> request.scheme() + "://" + request.authority());
    return new Exchange(context, viewer, body, base + PathForms.asked(context));
  }

  private void settle(RoutingContext context, Future<Answer> answering) {
    backHome(context, answering)
        .recover(failure -> Future.succeededFuture(answerTo(context, failure)))
        .onSuccess(answer -> write(context, answer));
  }

  private Answer answerTo(RoutingContext context, Throwable failure) {
    if (failure instanceof TooManyRequests || failure instanceof TooManyWrongLogins)
      return Answer.text(Refusal.QUOTA_EXCEEDED.httpStatus(), "text/plain", "Retry later\n")
          .with("Retry-After", Long.toString(limit.secondsToWait()));
    Problem problem = Problem.of(failure);
    if (problem.status() == Refusal.INTERNAL.httpStatus())
      LOG.error("request {} failed", RequestId.of(context), failure);
    else if (problem.status() == Refusal.UNAVAILABLE.httpStatus())
      LOG.warn("request {} not served: {}", RequestId.of(context), failure.getMessage());
    ObjectNode body = problem.body();
    if (!isPlatform(context)) body.put("request_id", RequestId.of(context));
    Answer answer = Answer.json(problem.status(), Buffer.buffer(body.toString()));
    if (problem.retryAfter().isPresent())
      return answer.with("Retry-After", Long.toString(problem.retryAfter().get().toSeconds()));
    return problem.challenge().isEmpty()
        ? answer
        : answer.with("WWW-Authenticate", problem.challenge());
  }

  /** The platform's error bodies are fixed; ours name the request (contract, section 4). */
  private static boolean isPlatform(RoutingContext context) {
    String path = context.request().path();
    return !path.startsWith("/ops/") && !path.equals("/mqtt");
  }

  private static void write(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) return; // the client has gone
    Answer shown = answer.isJson() ? inCallback(context, answer) : answer;
    head(response, shown.status(), shown.contentType(), shown.headers());
    Slices.send(response, shown.body())
        .onComplete(sent -> Leftovers.drop(context.vertx(), context.request()));
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
    headers.forEach(response::putHeader);
  }

  private static Answer inCallback(RoutingContext context, Answer answer) {
    Optional<String> name = context.queryParam("callback").stream().findFirst();
    if (name.isEmpty()) return answer;
    if (!CALLBACK.matcher(name.get()).matches()) {
      Problem problem = Problem.badRequest("The callback parameter must be a JavaScript name");
      return Answer.json(problem.status(), Buffer.buffer(problem.body().toString()));
    }
    Buffer script =
        Buffer.buffer("/**/" + name.get() + "(").appendBuffer(answer.body()).appendString(")");
    return new Answer(answer.status(), "text/javascript; charset=utf-8", script, answer.headers());
  }
}
