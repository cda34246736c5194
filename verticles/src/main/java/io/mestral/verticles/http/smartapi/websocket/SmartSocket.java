package io.mestral.verticles.http.smartapi.websocket;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Purpose;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.Manner;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.message.MessageWriter;
import io.mestral.smartapi.message.Received;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.verticles.http.door.Entrant;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.http.smartapi.Senders;
import io.mestral.verticles.smartrequest.ConnectedClients.Place;
import io.mestral.verticles.smartrequest.mqtt.MqttDoor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. Messages are taken in their order; whoever sends faster than they are answered
 * isn't read for a while. Belongs to one event loop.
 */
final class SmartSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SmartSocket.class);
  private static final int MOST_IN_FLIGHT = 16;
  private static final int MOST_PLACES = 1_000;
  private static final long MOST_UNREAD = 16L << 20;
  private static final long AGAIN_MILLIS = 1_000;
  private static final int UNFINISHED_TICKS = 3;

  private static final short GOING_AWAY = 1001;
  private static final short PROTOCOL = 1002;
  private static final short ONLY_TEXT = 1003;
  private static final short POLICY = 1008;
  private static final short TOO_BIG = 1009;
  private static final short TRY_LATER = 1013;

  private final SmartSockets.Shared shared;
  private final Entrant entrant;
  private final ServerWebSocket socket;
  private final Context home;
  private final MessageReader reader;
  private final MessageWriter writer = new MessageWriter();
  private final Entrant.Room room;
  private final Consumer<Message> listener = this::hear;
  private final Set<Place> places = new LinkedHashSet<>(); // the one used last at the end
  private final Promise<Void> closed = Promise.promise();
  private Buffer unfinished = Buffer.buffer();
  private boolean isReading; // between the first frame of a message and its last
  private int ticksUnfinished;
  private Manner latest;
  private Optional<Principal> who = Optional.empty();
  private Future<Void> lastTaken = Future.succeededFuture();
  private int inFlight;
  private long unread;
  private boolean isAnswering = true;
  private boolean isPaused;
  private boolean isEnding;
  private boolean isLeaving;

  /** The connection, and the event loop that it belongs to. */
  record Wire(ServerWebSocket socket, Context home) {}

  SmartSocket(SmartSockets.Shared shared, Entrant entrant, Wire wire) {
    this.shared = shared;
    this.entrant = entrant;
    this.socket = wire.socket();
    this.home = wire.home();
    this.reader = shared.reader();
    this.room = entrant.bodies();
    this.latest = Manner.unasked(shared.units());
  }

  /** Begins to take messages. Succeeds when the connection is closed. */
  Future<Void> open(Duration ping) {
    socket.frameHandler(this::take);
    socket.exceptionHandler(broken -> LOG.debug("a connection broke", broken));
    socket.pongHandler(pong -> isAnswering = true);
    long timer = home.owner().setPeriodic(ping.toMillis(), tick -> look());
    socket.closeHandler(
        gone -> {
          isEnding = true;
          home.owner().cancelTimer(timer);
          room.release();
          places.forEach(place -> shared.clients().leave(place, listener));
          closed.tryComplete();
        });
    return closed.future();
  }

  /** Whether the client is there, and still may be. What isn't read can't be heard of. */
  private void look() {
    ticksUnfinished = isReading && !isPaused ? ticksUnfinished + 1 : 0;
    if (!isAnswering && !isPaused) close(POLICY, "no pong came in time");
    else if (ticksUnfinished > UNFINISHED_TICKS) close(POLICY, "a message was never finished");
    else {
      isAnswering = false;
      socket.writePing(Buffer.buffer());
      viewer().onFailure(this::refused);
    }
  }

  private void take(WebSocketFrame frame) {
    isAnswering = true;
    if (isEnding || frame.isPing() || frame.isClose()) return;
    if (frame.isBinary()) {
      close(ONLY_TEXT, "messages come as text");
      return;
    }
    if (!frame.isText() && !frame.isContinuation()) return;
    if (frame.isText() == isReading) {
      close(PROTOCOL, "a message begins with one text frame");
      return;
    }
    add(frame.binaryData(), frame.isFinal());
  }

  private void add(Buffer part, boolean isLast) {
    if (unfinished.length() + part.length() > shared.maxMessage()) {
      close(TOO_BIG, "a message has at most " + shared.maxMessage() + " bytes");
      return;
    }
    if (!room.grow(part.length())) {
      close(TRY_LATER, "no room for messages now");
      return;
    }
    unfinished.appendBuffer(part);
    isReading = !isLast;
    if (!isLast) return;
    Buffer text = unfinished;
    unfinished = Buffer.buffer();
    room.release();
    begun();
    lastTaken = lastTaken.compose(turn -> take(text)).recover(none -> Future.succeededFuture());
  }

  /** Succeeds when the message was handed on, so that the next one may be. */
  private Future<Void> take(Buffer text) {
    Syntax syntax = MqttDoor.guessed(text);
    return admitted()
        .compose(
            viewer -> {
              try {
                Received received = reader.read(text.getBytes(), syntax);
                return shared.senders().incoming(received, viewer, Purpose.ACCESS, way());
              } catch (SmartApiException unreadable) {
                send(
                    shared.answers().refusal(unreadable),
                    Manner.unasked(shared.units()).in(syntax));
                return Future.failedFuture(unreadable);
              }
            })
        .onFailure(
            cause -> {
              if (cause instanceof Problem) home(() -> refused(cause));
              done();
            })
        .onSuccess(incoming -> home(() -> handOn(incoming)))
        .mapEmpty();
  }

  private Senders.Way way() {
    return new Senders.Way(entrant.isConfidential(), entrant.address());
  }

  private void handOn(Incoming incoming) {
    Manner manner = incoming.received().manner(shared.units());
    if (incoming.message() instanceof Request request) listenFor(request, incoming, manner);
    shared
        .requests()
        .take(incoming)
        .recover(cause -> Future.succeededFuture(notTaken(incoming, cause)))
        .onSuccess(
            answer -> {
              answer.ifPresent(one -> send(one, manner));
              done();
            });
  }

  private Optional<Message> notTaken(Incoming incoming, Throwable cause) {
    LOG.warn("a Smart API message over WebSocket isn't taken: {}", cause.toString());
    SmartApiException error =
        new SmartApiException(
            ErrorType.SERVER_ERROR, "The message can't be taken now. Send it again later.");
    return Optional.of(
        incoming.message() instanceof Request request
            ? shared.answers().refusal(request, error)
            : shared.answers().refusal(error));
  }

  /** In the syntax of the sender's latest request; the places that are used least are given up. */
  private void listenFor(Request request, Incoming incoming, Manner manner) {
    Client client =
        new Client(request.generatedBy().orElseThrow(), incoming.asker().principal().name());
    Optional<Place> place = Place.of(client, request.iri());
    if (place.isEmpty() || isEnding) return;
    shared.clients().join(place.get(), listener);
    places.remove(place.get());
    places.add(place.get());
    latest = manner;
    if (places.size() <= MOST_PLACES) return;
    Iterator<Place> oldest = places.iterator();
    shared.clients().leave(oldest.next(), listener);
    oldest.remove();
  }

  private void hear(Message told) {
    home(() -> send(told, latest));
  }

  private Future<Viewer> viewer() {
    return entrant
        .viewer()
        .map(
            viewer -> {
              Optional<Principal> now =
                  viewer.user().<Principal>map(one -> one).or(viewer::gateway);
              Optional<String> before = who.map(Principal::name);
              if (before.isPresent() && !now.map(Principal::name).equals(before))
                throw Problem.noGoodToken();
              who = now;
              return viewer;
            });
  }

  /** Who asks more often than may be in a minute waits for the next one. */
  private Future<Viewer> admitted() {
    Promise<Viewer> promise = Promise.promise();
    viewer().onComplete(found -> home(() -> admit(found.result(), found.cause(), promise)));
    return promise.future();
  }

  private void admit(Viewer viewer, Throwable nobody, Promise<Viewer> promise) {
    if (nobody != null || isEnding) promise.fail(nobody == null ? Problem.internal() : nobody);
    else if (entrant.mayAsk(viewer)) promise.complete(viewer);
    else home.owner().setTimer(AGAIN_MILLIS, later -> admit(viewer, null, promise));
  }

  private void refused(Throwable cause) {
    Problem problem = Problem.of(cause);
    if (problem.status() < 500) close(POLICY, "the credentials are no good any more");
    else LOG.warn("it can't be found out who asks over WebSocket: {}", cause.toString());
  }

  private void begun() {
    inFlight++;
    breathe();
  }

  private void done() {
    home(
        () -> {
          inFlight--;
          breathe();
          if (isLeaving && inFlight == 0) close(GOING_AWAY, "the node stops");
        });
  }

  /** Reads on or not. */
  private void breathe() {
    boolean isFull =
        isLeaving || inFlight >= MOST_IN_FLIGHT || unread > 0 && socket.writeQueueFull();
    if (isEnding || isFull == isPaused) return;
    isPaused = isFull;
    isAnswering = true;
    if (isFull) socket.pause();
    else socket.resume();
  }

  private void send(Message message, Manner manner) {
    if (isEnding) return;
    byte[] body = writer.write(message, manner.in(written(manner))).body();
    Optional<Runnable> held = entrant.roomForAnswer(body.length);
    if (unread + body.length > MOST_UNREAD && unread > 0) {
      held.ifPresent(Runnable::run);
      close(POLICY, "what is sent isn't read");
      return;
    }
    if (held.isEmpty()) {
      close(TRY_LATER, "no room for answers now");
      return;
    }
    unread += body.length;
    socket
        .writeTextMessage(new String(body, StandardCharsets.UTF_8))
        .onComplete(
            gone -> {
              held.get().run();
              home(
                  () -> {
                    unread -= body.length;
                    breathe();
                  });
            });
  }

  private static Syntax written(Manner manner) {
    return manner.syntax().isWritten() ? manner.syntax() : Syntax.TURTLE;
  }

  private void close(short code, String why) {
    if (isEnding) return;
    isEnding = true;
    if (isPaused) socket.resume(); // or its goodbye wouldn't be read
    socket.close(code, why);
  }

  /** Takes no more, and closes when all is answered or the time is over. Succeeds when closed. */
  Future<Void> seeOut(Duration grace) {
    home(
        () -> {
          isLeaving = true;
          if (inFlight == 0) close(GOING_AWAY, "the node stops");
          else breathe();
          home.owner().setTimer(grace.toMillis(), over -> close(GOING_AWAY, "the node stops"));
        });
    return closed.future();
  }

  private void home(Runnable task) {
    home.runOnContext(turn -> task.run());
  }
}
