package io.mestral.routing.request.open;

import io.mestral.model.mqtt.Receipt;
import io.mestral.routing.request.Answers;
import io.mestral.routing.request.Others;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Status;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.storage.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
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
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(4);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(25);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Duration SWEEP = Duration.ofMillis(200);
  private static final Duration TIDY = Duration.ofMinutes(1);

  private final Ground ground;
  private final RequestLog log;
  private final Reports reports;
  private final Function<Entity, List<String>> managers;
  private final Settings settings;
  private final Map<Iri, OpenRequest> open = new LinkedHashMap<>();
  private final Map<Long, OpenRequest> byProcess = new HashMap<>();
  private final ClosedRequests closed = new ClosedRequests();
  private Optional<Context> home = Optional.empty();

  /** What it works with. */
  public record Ground(
      Journal journal, GatewayLink link, Answers answers, Vertx vertx, Clock clock) {}

  /**
   * What bounds it.
   *
   * @param self the node's IRI, for the way that a message took
   * @param maxAge how long a request waits that doesn't say itself
   * @param mostOpen requests that may wait together
   */
  public record Settings(Supplier<Iri> self, Duration maxAge, int mostOpen) {}

  /**
   * Nothing is open yet.
   *
   * @param managers the gateways that may be asked about an Entity, the nearest first
   */
  public OpenRequests(Ground ground, Function<Entity, List<String>> managers, Settings settings) {
    this.ground = ground;
    this.log = new RequestLog(ground.journal());
    this.reports = new Reports(ground.answers(), ground.link());
    this.managers = managers;
    this.settings = settings;
  }

  /**
   * Takes up what was open when the node stopped. Called on the event loop that it belongs to.
   *
   * @param own carries out this node's own part of a request, for those of which that is open; it
   *     is told the name of whom the sender speaks for
   */
  public Future<Void> open(BiFunction<Request, String, Future<Message>> own) {
    home = Optional.of(ground.vertx().getOrCreateContext());
    return log.replay(this::restore)
        .onSuccess(
            done -> {
              closed.forgetUntil(ground.clock().instant(), log);
              for (OpenRequest one : List.copyOf(open.values())) resume(one, own);
              ground.vertx().setPeriodic(SWEEP.toMillis(), timer -> sweep());
              ground.vertx().setPeriodic(TIDY.toMillis(), timer -> tidy());
            });
  }

  private void restore(LogRecord record, RequestLog.Place place) {
    if (record instanceof LogRecord.Opened one) {
      Received received = read(one.document());
      OpenRequest request =
          new OpenRequest(one.process(), received, one.principal(), one.expires());
      one.gateways().forEach(request::leg);
      request.written(place);
      request.deferred(); // whoever asked isn't waiting any more
      add(request);
    } else if (record instanceof LogRecord.Closed one) {
      remove(one.process());
      closed.add(ClosedRequest.of(one, place));
    } else {
      restorePart(record, place);
    }
  }

  private void restorePart(LogRecord record, RequestLog.Place place) {
    OpenRequest request = byProcess.get(record.process());
    if (request == null) {
      log.release(place);
      return;
    }
    request.written(place);
    if (record instanceof LogRecord.Answered one)
      request.leg(one.gateway()).answered(read(one.document()).message());
    else if (record instanceof LogRecord.Acknowledged one)
      request.leg(one.gateway()).become(Leg.State.ACKNOWLEDGED);
  }

  private void remove(long process) {
    OpenRequest gone = byProcess.remove(process);
    if (gone == null) return;
    open.remove(gone.name());
    gone.places().forEach(log::release);
  }

  private void resume(OpenRequest request, BiFunction<Request, String, Future<Message>> own) {
    request
        .find(OpenRequest.HERE)
        .filter(leg -> leg.answer().isEmpty())
        .ifPresent(leg -> own(request, () -> own.apply(request.request(), request.principal())));
    advance(request);
  }

  @Override
  public Optional<String> askedAbout(Entity entity) {
    List<String> names = managers.apply(entity);
    return names.stream()
        .filter(ground.link()::isHere)
        .findFirst()
        .or(() -> names.stream().findFirst());
  }

  @Override
  public Optional<Future<Message>> known(Request request, byte[] digest) {
    if (request.iri().isEmpty()) return Optional.empty();
    OpenRequest waiting = open.get(request.iri().get());
    if (waiting != null)
      return Optional.of(
          Arrays.equals(waiting.digest(), digest) ? patient(waiting) : conflict(request));
    Optional<ClosedRequest> ended = closed.named(request.iri().get());
    return ended.map(
        one -> Arrays.equals(one.digest(), digest) ? answerOf(one) : conflict(request));
  }

  private static Future<Message> conflict(Request request) {
    return Future.failedFuture(
        new SmartApiException(
            ErrorType.CONFLICT_ERROR,
            "Another Request was sent under " + request.node() + " before.",
            request.node()));
  }

  private Future<Message> answerOf(ClosedRequest one) {
    return log.read(one.place())
        .map(found -> read(((LogRecord.Closed) found.orElseThrow()).document()).message());
  }

  @Override
  public Future<Message> carryOut(Work work) {
    if (open.size() >= settings.mostOpen())
      throw new SmartApiException(
          ErrorType.SERVER_ERROR,
          "As many requests wait here as may: %d. Try again later.".formatted(open.size()));
    Received passedOn = PassedOn.of(work.received(), settings.self().get());
    OpenRequest request = new OpenRequest(newProcess(), passedOn, work.principal(), expiry(work));
    if (work.digest().length > 0) request.saying(work.digest());
    request.leg(OpenRequest.HERE);
    work.gateways().forEach(request::leg);
    add(request);
    Future<Void> written =
        work.isSafe() ? Future.succeededFuture() : write(request).onFailure(lost -> drop(request));
    return written.compose(
        done -> {
          own(request, work.own());
          advance(request);
          return patient(request);
        });
  }

  private void drop(OpenRequest request) {
    open.remove(request.name());
    byProcess.remove(request.process());
  }

  private Instant expiry(Work work) {
    return work.request()
        .expires()
        .orElseGet(() -> ground.clock().instant().plus(settings.maxAge()));
  }

  private long newProcess() {
    long process = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    return byProcess.containsKey(process) || closed.numbered(process).isPresent()
        ? newProcess()
        : process;
  }

  private void add(OpenRequest request) {
    open.put(request.name(), request);
    byProcess.put(request.process(), request);
  }

  private Future<Void> write(OpenRequest request) {
    return log.write(
            new LogRecord.Opened(
                request.process(),
                request.principal(),
                request.expires(),
                List.copyOf(request.legs().keySet()),
                document(request.received().original())))
        .onSuccess(
            place -> {
              request.written(place);
              request.legs().forEach((gateway, leg) -> write(request, gateway, leg));
            })
        .mapEmpty();
  }

  /** What became of a part. Should it be lost the gateway is asked again, and knows the request. */
  private void write(OpenRequest request, String gateway, Leg leg) {
    if (!request.isWritten() || !byProcess.containsKey(request.process())) return;
    if (leg.state() != Leg.State.ACKNOWLEDGED && leg.state() != Leg.State.ANSWERED) return;
    LogRecord record =
        leg.answer()
            .<LogRecord>map(
                one -> new LogRecord.Answered(request.process(), gateway, document(one.graph())))
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
    Duration asked = request.request().timeout().orElse(USUAL_PATIENCE);
    long millis = Math.max(1, Math.min(asked.toMillis(), MOST_PATIENCE.toMillis()));
    long timer = ground.vertx().setTimer(millis, late -> defer(request));
    return request.answer().onComplete(done -> ground.vertx().cancelTimer(timer));
  }

  private void advance(OpenRequest request) {
    advance(request, ground.link()::isHere);
  }

  /** Sends what can be sent, and ends or defers what nobody here can go on with. */
  private void advance(OpenRequest request, Predicate<String> isHere) {
    for (String gateway : request.gateways()) {
      Leg leg = request.leg(gateway);
      if (leg.state() == Leg.State.QUEUED && isHere.test(gateway)) send(request, gateway);
    }
    if (request.isComplete()) end(request);
    else if (request.legs().values().stream()
        .noneMatch(leg -> leg.state() == Leg.State.SENT || leg.isUnderWay())) defer(request);
  }

  private void send(OpenRequest request, String gateway) {
    Leg leg = request.leg(gateway);
    leg.become(Leg.State.SENT);
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
                home(() -> leg.lost());
              }
            });
  }

  private void acknowledged(OpenRequest request, String gateway) {
    Leg leg = request.leg(gateway);
    if (leg.state() == Leg.State.ACKNOWLEDGED || leg.state() == Leg.State.ANSWERED) return;
    leg.become(Leg.State.ACKNOWLEDGED);
    write(request, gateway, leg);
  }

  private void keep(OpenRequest request, RequestLog.Place place) {
    if (byProcess.containsKey(request.process())) request.written(place);
    else log.release(place);
  }

  @Override
  public void heard(String gateway, Message message) {
    Optional<OpenRequest> request = message.inReplyTo().map(open::get);
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
    boolean isOver =
        !byProcess.containsKey(request.process())
            || request.leg(gateway).state() == Leg.State.ANSWERED;
    if (isOver) return;
    if (isLast(message)) answered(request, gateway, message);
    else progress(request, gateway, message);
  }

  /** A process goes on until 100 per cent or an Error (Smart API, section 2.9). */
  private static boolean isLast(Message message) {
    boolean isDone = message.status().flatMap(Status::percentage).filter(p -> p >= 100).isPresent();
    return isDone
        || !message.errors().isEmpty()
        || message.processId().isEmpty() && message.status().isEmpty();
  }

  private void progress(OpenRequest request, String gateway, Message message) {
    acknowledged(request, gateway);
    request.leg(gateway).soFar(message);
    if (!request.isDeferred()) {
      defer(request);
      return;
    }
    reports.tell(request, message);
  }

  private void answered(OpenRequest request, String gateway, Message message) {
    Leg leg = request.leg(gateway);
    if (leg.state() == Leg.State.ANSWERED || !byProcess.containsKey(request.process())) return;
    leg.answered(message);
    if (!request.isComplete()) write(request, gateway, leg);
    advance(request);
  }

  /** Tells the sender to wait, which is promised only when it is written down. */
  private void defer(OpenRequest request) {
    if (request.isDeferred() || !byProcess.containsKey(request.process())) return;
    request.deferred();
    Future<Void> written = request.isWritten() ? Future.succeededFuture() : write(request);
    written
        .onSuccess(
            done -> {
              if (byProcess.containsKey(request.process())) request.tell(reports.soFar(request));
            })
        .onFailure(
            lost -> {
              drop(request);
              request.fail(lost);
            });
  }

  private void end(OpenRequest request) {
    if (!request.beginsToEnd()) return;
    Message answer =
        request.legs().size() == 1 && request.find(OpenRequest.HERE).isPresent()
            ? request.parts().get(0)
            : reports.merged(request);
    if (!request.isWritten()) {
      drop(request);
      request.tell(answer);
      return;
    }
    LogRecord.Closed record =
        new LogRecord.Closed(
            request.process(),
            request.name().value(),
            request.sender().value(),
            Buffer.buffer(request.digest()),
            request.expires().plus(REMEMBERED),
            document(answer.graph()));
    log.writeEnd(record)
        .onSuccess(place -> ended(request, ClosedRequest.of(record, place), answer))
        .onFailure(
            lost -> {
              LOG.error("the end of a Smart API request can't be written down", lost);
              request.endsLater();
            });
  }

  private void ended(OpenRequest request, ClosedRequest record, Message answer) {
    remove(request.process());
    closed.add(record);
    if (request.isDeferred()) reports.tellTheEnd(request, answer);
    request.tell(answer);
  }

  @Override
  public Future<Optional<Message>> poll(Request probe, long process) {
    Iri asker = probe.generatedBy().orElseThrow();
    OpenRequest waiting = byProcess.get(process);
    if (waiting != null && waiting.sender().equals(asker)) {
      return Future.succeededFuture(Optional.of(reports.polled(probe, waiting)));
    }
    Optional<ClosedRequest> ended =
        closed.numbered(process).filter(one -> one.sender().equals(asker));
    if (ended.isEmpty()) return Future.succeededFuture(Optional.empty());
    return answerOf(ended.get())
        .map(answer -> Optional.of(ground.answers().polled(probe, process, answer)));
  }

  private void sweep() {
    Instant now = ground.clock().instant();
    Map<String, Boolean> here = new HashMap<>(); // many requests wait for one gateway
    for (OpenRequest request : List.copyOf(open.values())) {
      if (!now.isBefore(request.expires())) expire(request);
      advance(request, gateway -> here.computeIfAbsent(gateway, ground.link()::isHere));
    }
  }

  private void expire(OpenRequest request) {
    for (String gateway : request.gateways()) {
      Leg leg = request.leg(gateway);
      if (leg.state() != Leg.State.ANSWERED) leg.answered(reports.timedOut(request, gateway, leg));
    }
  }

  private void tidy() {
    closed.forgetUntil(ground.clock().instant(), log);
    log.tidy().onFailure(lost -> LOG.warn("requests can't be tidied: {}", lost.toString()));
  }

  private static Buffer document(Graph graph) {
    return Buffer.buffer(new NTriplesWriter().write(graph));
  }

  private static Received read(Buffer document) {
    return new MessageReader().read(document.getBytes(), Syntax.N_TRIPLES);
  }
}
