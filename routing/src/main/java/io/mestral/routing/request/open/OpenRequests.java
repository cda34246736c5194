package io.mestral.routing.request.open;

import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.MessageSecurity;
import io.mestral.routing.request.Others;
import io.mestral.routing.request.RequestDigest;
import io.mestral.routing.request.trail.Hop.What;
import io.mestral.routing.request.trail.Trails;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.storage.Journal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that gateways have a part in, or that change something, from being accepted to their one
 * end. It belongs to one event loop, on which it is {@linkplain #open opened}; what it is told on
 * other threads comes back there.
 */
public final class OpenRequests implements Others {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRequests.class);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration SWEEP = Duration.ofMillis(200);
  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Ground ground;
  private final RequestLog log;
  private final Reports reports;
  private final BiFunction<Entity, Set<Resource>, List<String>> ways;
  private final Settings settings;
  private final ClosedRequests closed;
  private final Requests all;
  private Optional<Context> home = Optional.empty();

  /** What it works with. */
  public record Ground(
      Journal journal,
      GatewayLink link,
      Wording wording,
      Trails trails,
      Vertx vertx,
      Clock clock) {}

  /** How what is said is made, and secured. */
  public record Wording(Answers answers, MessageSecurity security) {}

  /**
   * What bounds it.
   *
   * @param self the node's IRI, for the way that a message took
   * @param areAvailable whether all that a request is about can be reached now
   * @param ended hears what came of each request
   * @param maxAge how long a request waits that doesn't say itself
   * @param mostOpen requests that may wait together
   */
  public record Settings(
      Supplier<Iri> self,
      Predicate<Request> areAvailable,
      BiConsumer<Request, Message> ended,
      Duration maxAge,
      int mostOpen) {}

  /**
   * Nothing is open yet.
   *
   * @param ways who may be asked about an Entity, or some values of it, the best first
   */
  public OpenRequests(
      Ground ground, BiFunction<Entity, Set<Resource>, List<String>> ways, Settings settings) {
    this.ground = ground;
    this.log = new RequestLog(ground.journal());
    this.closed = new ClosedRequests(log);
    this.all = new Requests(log, closed);
    this.reports = new Reports(ground.wording(), ground.link());
    this.ways = ways;
    this.settings = settings;
  }

  /**
   * Takes up what was open when the node stopped. Called on the event loop that it belongs to.
   *
   * @param askers finds whose a request is, by the name of whom the sender speaks for
   * @param own carries out this node's own part of a request, for those of which that is open
   */
  public Future<Void> open(
      BiFunction<Request, String, Future<Asker>> askers,
      BiFunction<Request, Asker, Future<Message>> own) {
    home = Optional.of(ground.vertx().getOrCreateContext());
    return log.replay(all::restore)
        .onSuccess(
            done -> {
              closed.forgetUntil(ground.clock().instant());
              for (OpenRequest one : all.open())
                askers
                    .apply(one.request(), one.principal())
                    .onComplete(found -> home(() -> resume(one, found, own)));
              ground.vertx().setPeriodic(SWEEP.toMillis(), timer -> sweep());
              ground.vertx().setPeriodic(TIDY.toMillis(), timer -> tidy());
            });
  }

  /** Of whom nothing can be found out now has no more rights than anybody. */
  private void resume(
      OpenRequest request,
      AsyncResult<Asker> found,
      BiFunction<Request, Asker, Future<Message>> own) {
    if (found.failed()) LOG.error("it can't be found out whose a request is", found.cause());
    Asker asker =
        found.succeeded() ? found.result() : new Asker(request.sender(), Principal.ANONYMOUS);
    request.of(asker);
    note(request, What.RESUMED, "");
    request
        .find(OpenRequest.HERE)
        .filter(leg -> leg.answer().isEmpty())
        .ifPresent(leg -> own(request, () -> own.apply(request.request(), asker)));
    advance(request);
  }

  @Override
  public Optional<String> askedAbout(Entity entity, Set<Resource> values) {
    List<String> names = ways.apply(entity, values);
    return names.stream()
        .filter(ground.link()::isHere)
        .findFirst()
        .or(() -> names.stream().findFirst());
  }

  @Override
  public Optional<Future<Message>> known(Request request, byte[] digest) {
    if (request.iri().isEmpty()) return Optional.empty();
    Optional<OpenRequest> waiting = all.named(request.iri().get());
    if (waiting.isPresent())
      return Optional.of(
          Arrays.equals(waiting.get().digest(), digest)
              ? patient(waiting.get())
              : Future.failedFuture(RequestDigest.conflict(request)));
    Optional<ClosedRequest> ended = closed.named(request.iri().get());
    return ended.map(
        one ->
            Arrays.equals(one.digest(), digest)
                ? closed.answerOf(one)
                : Future.failedFuture(RequestDigest.conflict(request)));
  }

  @Override
  public Future<Message> carryOut(Work work) {
    if (all.size() >= settings.mostOpen())
      throw new SmartApiException(
          ErrorType.SERVER_ERROR,
          "As many requests wait here as may: %d. Try again later.".formatted(all.size()));
    Received passedOn = PassedOn.of(work.received(), settings.self().get());
    String principal = work.asker().principal().name();
    OpenRequest request = new OpenRequest(all.newProcess(), passedOn, principal, expiry(work));
    if (work.care().isEncrypted()) request.encrypted();
    request.of(work.asker());
    if (work.digest().length > 0) request.saying(work.digest());
    request.leg(OpenRequest.HERE);
    work.gateways().forEach(request::leg);
    all.add(request);
    Future<Void> written =
        work.care().isSafe()
            ? Future.succeededFuture()
            : write(request).onFailure(lost -> all.remove(request));
    return written.compose(
        done -> {
          own(request, work.own());
          advance(request);
          return patient(request);
        });
  }

  private Instant expiry(Work work) {
    return work.request()
        .expires()
        .orElseGet(() -> ground.clock().instant().plus(settings.maxAge()));
  }

  private Future<Void> write(OpenRequest request) {
    return log.write(
            new LogRecord.Opened(
                request.process(),
                request.principal(),
                request.expires(),
                List.copyOf(request.legs().keySet()),
                request.isEncrypted(),
                LogRecord.document(request.received().original())))
        .onSuccess(
            place -> {
              request.written(place);
              request.legs().forEach((gateway, leg) -> write(request, gateway, leg));
            })
        .mapEmpty();
  }

  /** What became of a part. Should it be lost the gateway is asked again, and knows the request. */
  private void write(OpenRequest request, String gateway, Leg leg) {
    if (!request.isWritten() || !all.has(request)) return;
    if (leg.state() != Leg.State.ACKNOWLEDGED && leg.state() != Leg.State.ANSWERED) return;
    LogRecord record =
        leg.answer()
            .<LogRecord>map(
                one ->
                    new LogRecord.Answered(
                        request.process(), gateway, LogRecord.document(one.graph())))
            .orElseGet(() -> new LogRecord.Acknowledged(request.process(), gateway));
    log.write(record)
        .onSuccess(place -> keep(request, place))
        .onFailure(lost -> LOG.warn("not written down: {}", lost.toString()));
  }

  private void own(OpenRequest request, Supplier<Future<Message>> part) {
    part.get()
        .recover(cause -> Future.succeededFuture(reports.failed(request, cause)))
        .onSuccess(message -> home(() -> answered(request, OpenRequest.HERE, message)));
  }

  /** Runs it on the event loop that all of this belongs to. */
  private void home(Runnable task) {
    home.orElseThrow().runOnContext(turn -> task.run());
  }

  /** The answer, or a Status when its sender waits no longer. */
  private Future<Message> patient(OpenRequest request) {
    long timer =
        ground.vertx().setTimer(Patience.millis(request.request()), late -> defer(request));
    return request.answer().onComplete(done -> ground.vertx().cancelTimer(timer));
  }

  private void advance(OpenRequest request) {
    advance(request, ground.link()::isHere);
  }

  /** Sends what can be sent, and ends or defers what nobody here can go on with. */
  private void advance(OpenRequest request, Predicate<String> isHere) {
    if (request.asker().isEmpty()) return;
    for (String gateway : request.gateways()) {
      Leg leg = request.leg(gateway);
      if (leg.state() == Leg.State.QUEUED
          && isHere.test(gateway)
          && settings.areAvailable().test(request.request())) send(request, gateway);
    }
    if (request.isComplete()) end(request);
    else if (request.legs().values().stream()
        .noneMatch(leg -> leg.state() == Leg.State.SENT || leg.isUnderWay())) defer(request);
  }

  private void send(OpenRequest request, String gateway) {
    Leg leg = request.leg(gateway);
    leg.become(Leg.State.SENT);
    note(request, What.SENT, gateway);
    Duration left = Duration.between(ground.clock().instant(), request.expires());
    ground
        .link()
        .send(
            gateway,
            asked(request),
            left,
            new Receipt() {
              @Override
              public void handedOver(boolean isKept) {
                if (isKept) home(() -> OpenRequests.this.acknowledged(request, gateway));
              }

              @Override
              public void acknowledged() {
                home(() -> OpenRequests.this.acknowledged(request, gateway));
              }

              @Override
              public void refused() {
                home(() -> answered(request, gateway, reports.refused(request, gateway)));
              }

              @Override
              public void lost() {
                home(() -> putBack(request, gateway));
              }
            });
  }

  private void putBack(OpenRequest request, String gateway) {
    request.leg(gateway).lost();
    note(request, What.LOST, gateway);
  }

  /** A step of a request; of this node's own part where the gateway has no name. */
  private void note(OpenRequest request, What what, String gateway) {
    ground.trails().note(request.name(), what, gateway);
  }

  private void acknowledged(OpenRequest request, String gateway) {
    Leg leg = request.leg(gateway);
    if (leg.state() == Leg.State.ACKNOWLEDGED || leg.state() == Leg.State.ANSWERED) return;
    leg.become(Leg.State.ACKNOWLEDGED);
    note(request, What.ACKNOWLEDGED, gateway);
    write(request, gateway, leg);
  }

  private void keep(OpenRequest request, RequestLog.Place place) {
    if (all.has(request)) request.written(place);
    else log.release(place);
  }

  @Override
  public Optional<Waiting> waiting(Iri request) {
    return all.named(request)
        .flatMap(one -> one.asker().map(asker -> new Waiting(one.request(), asker)));
  }

  @Override
  public void heard(String gateway, Message message) {
    Optional<OpenRequest> request = message.inReplyTo().flatMap(all::named);
    if (request.isEmpty() || request.get().find(gateway).isEmpty()) {
      LOG.debug("{} answers what it wasn't asked, or was answered", gateway);
      return;
    }
    ground
        .link()
        .understood(gateway, message, asked(request.get()))
        .recover(cause -> Future.succeededFuture(reports.failed(request.get(), cause)))
        .onSuccess(one -> home(() -> understood(request.get(), gateway, one)));
  }

  private static GatewayLink.Asked asked(OpenRequest request) {
    return new GatewayLink.Asked(
        request.received().original(), request.name(), request.principal(), request.expires());
  }

  private void understood(OpenRequest request, String gateway, Message message) {
    boolean isOver = !all.has(request) || request.leg(gateway).state() == Leg.State.ANSWERED;
    if (isOver) return;
    if (Reports.isLast(message)) answered(request, gateway, message);
    else progress(request, gateway, message);
  }

  private void progress(OpenRequest request, String gateway, Message message) {
    acknowledged(request, gateway);
    note(request, What.PROGRESS, gateway);
    request.leg(gateway).soFar(message);
    if (!request.isDeferred()) {
      defer(request);
      return;
    }
    reports.tell(request, message);
  }

  private void answered(OpenRequest request, String gateway, Message message) {
    Leg leg = request.leg(gateway);
    if (leg.state() == Leg.State.ANSWERED || !all.has(request)) return;
    leg.answered(message);
    note(request, message.errors().isEmpty() ? What.ANSWERED : What.FAILED, gateway);
    if (!request.isComplete()) write(request, gateway, leg);
    advance(request);
  }

  /** Tells the sender to wait, which is promised only when it is written down. */
  private void defer(OpenRequest request) {
    if (request.isDeferred() || !all.has(request)) return;
    request.deferred();
    ground.trails().deferred(request.name(), request.process());
    for (String gateway : request.gateways())
      if (request.leg(gateway).state() == Leg.State.QUEUED) note(request, What.QUEUED, gateway);
    Future<Void> written = request.isWritten() ? Future.succeededFuture() : write(request);
    written
        .onSuccess(
            done -> {
              if (!all.has(request)) return;
              reports
                  .soFar(request)
                  .onSuccess(said -> home(() -> request.tell(said)))
                  .onFailure(request::fail);
            })
        .onFailure(
            lost -> {
              all.remove(request);
              request.fail(lost);
            });
  }

  private void end(OpenRequest request) {
    if (!request.beginsToEnd()) return;
    Message whole = reports.end(request);
    reports
        .secured(request, whole)
        .onSuccess(answer -> home(() -> end(request, whole, answer)))
        .onFailure(
            cause -> {
              Message failed = reports.failed(request, cause);
              home(() -> end(request, failed, failed));
            });
  }

  /** Who hears what came of it hears the whole, and not what only its sender can read. */
  private void end(OpenRequest request, Message whole, Message answer) {
    ground.trails().ended(request.name(), whole);
    settings.ended().accept(request.request(), whole);
    if (!request.isWritten()) {
      all.remove(request);
      request.tell(answer);
      return;
    }
    LogRecord.Closed record =
        new LogRecord.Closed(
            request.process(),
            request.name().value(),
            request.sender().value(),
            request.principal(),
            Buffer.buffer(request.digest()),
            request.expires().plus(REMEMBERED),
            LogRecord.document(answer.graph()));
    log.writeEnd(record)
        .onSuccess(place -> ended(request, ClosedRequest.of(record, place), answer))
        .onFailure(
            lost -> {
              LOG.error("the end of a Smart API request can't be written down", lost);
              request.endsLater();
            });
  }

  private void ended(OpenRequest request, ClosedRequest record, Message answer) {
    all.end(request.process());
    closed.add(record);
    if (request.isDeferred()) reports.tellTheEnd(request, answer);
    request.tell(answer);
  }

  @Override
  public Future<Optional<Message>> poll(Request probe, long process) {
    Iri asker = probe.generatedBy().orElseThrow();
    Optional<OpenRequest> waiting = all.numbered(process).filter(one -> one.sender().equals(asker));
    if (waiting.isPresent()) return reports.polled(probe, waiting.get()).map(Optional::of);
    Optional<ClosedRequest> ended =
        closed.numbered(process).filter(one -> one.asker().iri().equals(asker));
    if (ended.isEmpty()) return Future.succeededFuture(Optional.empty());
    return closed
        .answerOf(ended.get())
        .map(answer -> Optional.of(ground.wording().answers().polled(probe, process, answer)));
  }

  /** What {@link ClosedRequests#last} says; may be called on any thread. */
  public Future<List<Ended>> lastEnded(String principal, int most) {
    Promise<List<Ended>> ended = Promise.promise();
    home(() -> closed.last(principal, most).onComplete(ended));
    return ended.future();
  }

  private void sweep() {
    Instant now = ground.clock().instant();
    Map<String, Boolean> here = new HashMap<>(); // many requests wait for one gateway
    for (OpenRequest request : all.open()) {
      if (!now.isBefore(request.expires())) expire(request);
      advance(request, gateway -> here.computeIfAbsent(gateway, ground.link()::isHere));
    }
  }

  private void expire(OpenRequest request) {
    for (String gateway : request.gateways()) {
      Leg leg = request.leg(gateway);
      if (leg.state() == Leg.State.ANSWERED) continue;
      leg.answered(reports.timedOut(request, gateway, leg));
      note(request, What.EXPIRED, gateway);
    }
  }

  private void tidy() {
    closed.forgetUntil(ground.clock().instant());
    log.tidy().onFailure(lost -> LOG.warn("requests can't be tidied: {}", lost.toString()));
  }
}
