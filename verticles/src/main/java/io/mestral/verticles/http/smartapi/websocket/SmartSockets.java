package io.mestral.verticles.http.smartapi.websocket;

import io.mestral.routing.request.Answers;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.verticles.http.door.Entrant;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.smartapi.Senders;
import io.mestral.verticles.smartrequest.ConnectedClients;
import io.mestral.verticles.smartrequest.SmartRequests;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All connections over which Smart API messages come and go, of all instances of the HTTP verticle
 * (Smart API, section 8.6).
 */
public final class SmartSockets {
  /** What is spoken here, as clients offer it. */
  public static final String SUBPROTOCOL = "smartapi.v1";

  /** Bytes of one frame; a longer message comes in several. */
  public static final int LARGEST_FRAME = 1 << 20;

  /** How often each client is asked whether it is there, who has to answer before the next time. */
  private static final Duration PING = Duration.ofSeconds(20);

  private static final int MOST_OF_ONE = 20;
  private static final int MOST = 2_000;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Shared shared;
  private final Duration ping;
  private final Set<SmartSocket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> ofOne = new ConcurrentHashMap<>();
  private final AtomicInteger all = new AtomicInteger();
  private volatile boolean isClosed;

  /**
   * What all connections work with.
   *
   * @param units how they are named to who named none
   * @param maxMessage bytes of a message
   */
  public record Shared(
      SmartRequests requests,
      Senders senders,
      ConnectedClients clients,
      Answers answers,
      QudtFamily units,
      long maxMessage) {
    MessageReader reader() {
      return new MessageReader(Limits.DEFAULT.withBytes(maxMessage), Ontology.core());
    }
  }

  /** Nobody is here yet. */
  public SmartSockets(Shared shared) {
    this(shared, PING);
  }

  /** The same that asks more or less often whether clients are there. */
  SmartSockets(Shared shared, Duration ping) {
    this.shared = shared;
    this.ping = ping;
  }

  /**
   * Takes a connection over. Fails with a {@link Problem} if that isn't asked for as it should be,
   * or there are too many.
   */
  public Future<Void> take(HttpServerRequest request, Entrant entrant) {
    if (!request.canUpgradeToWebSocket() || entrant.subprotocols().noneMatch(SUBPROTOCOL::equals))
      return Future.failedFuture(
          Problem.badRequest(
              "Messages come here by POST, or over WebSocket with the subprotocol "
                  + SUBPROTOCOL
                  + " (GET with Upgrade: websocket over HTTP/1.1)"));
    if (!enter(entrant.name()))
      return Future.failedFuture(
          Problem.busy(
              "At most %d connections of one sender are open together, and %d of all"
                  .formatted(MOST_OF_ONE, MOST),
              ping));
    Context context = Vertx.currentContext();
    Future<Void> taken =
        request
            .toWebSocket()
            .onFailure(refused -> leave(entrant.name()))
            .map(
                socket -> {
                  SmartSocket made =
                      new SmartSocket(shared, entrant, new SmartSocket.Wire(socket, context));
                  open.add(made);
                  made.open(ping)
                      .onComplete(
                          closed -> {
                            open.remove(made);
                            leave(entrant.name());
                          });
                  if (isClosed) made.seeOut(GRACE);
                  return null;
                });
    request.resume();
    return taken;
  }

  private boolean enter(String name) {
    if (isClosed) return false;
    if (all.incrementAndGet() > MOST) {
      all.decrementAndGet();
      return false;
    }
    int mine = ofOne.merge(name, 1, Integer::sum);
    if (mine <= MOST_OF_ONE) return true;
    leave(name);
    return false;
  }

  private void leave(String name) {
    all.decrementAndGet();
    ofOne.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1);
  }

  /** The node stops: what was asked is answered, then everybody is told to go. */
  public Future<Void> seeOut() {
    isClosed = true;
    return Future.join(open.stream().map(one -> one.seeOut(GRACE)).toList()).mapEmpty();
  }
}
