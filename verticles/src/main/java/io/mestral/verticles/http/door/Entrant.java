package io.mestral.verticles.http.door;

import io.mestral.verticles.http.exchange.Caller;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody whose connection is handed over, and who asks over it what else would be requests: who
 * that is, each time anew, and what it may take of the node.
 */
public final class Entrant {
  private static final String OFFERED = "Sec-WebSocket-Protocol";
  private static final String BEARER = "bearer.";

  private final RoutingContext context;
  private final Authentication authentication;
  private final Bounds bounds;
  private final List<String> offered;
  private String name = "";

  Entrant(RoutingContext context, Authentication authentication, Bounds bounds) {
    this.context = context;
    this.authentication = authentication;
    this.bounds = bounds;
    this.offered =
        context.request().headers().getAll(OFFERED).stream()
            .flatMap(value -> Arrays.stream(value.split(",")))
            .map(String::strip)
            .toList();
  }

  /** Counts the request that it came with. Fails when it is one too many, or of nobody. */
  Future<Viewer> enter() {
    return viewer()
        .map(
            viewer -> {
              name = Door.asker(viewer, context);
              if (!mayAsk(viewer)) throw new TooManyRequests();
              return viewer;
            });
  }

  /** Who it is now. Fails when what it showed is no good any more. */
  public Future<Viewer> viewer() {
    return authentication.byUpgrade(context, shown().findFirst());
  }

  /** The subprotocols that it speaks, without the token that browsers put there. */
  public Stream<String> subprotocols() {
    return offered.stream().filter(one -> !one.startsWith(BEARER));
  }

  private Stream<String> shown() {
    return offered.stream()
        .filter(one -> one.startsWith(BEARER))
        .map(one -> one.substring(BEARER.length()));
  }

  /** What all connections of one asker have in common. */
  public String name() {
    return name;
  }

  /** Whether nobody else can read what it says. */
  public boolean isConfidential() {
    return Caller.of(context).scheme().equals("https");
  }

  /** Where it is. */
  public String address() {
    return Caller.of(context).address();
  }

  /** Counts a request; whether it is within the limit of a minute. */
  public boolean mayAsk(Viewer viewer) {
    return viewer.isResearcher() || bounds.limit().take(name);
  }

  /** Room for what it sends, of the same memory as bodies. */
  public Room bodies() {
    return new Room();
  }

  /** Memory that is held until it is given back. Used by one thread after the other. */
  public final class Room {
    private long held;

    /** Whether there is room for so many bytes more. */
    public boolean grow(long bytes) {
      if (!bounds.bodies().take(bytes)) return false;
      held += bytes;
      return true;
    }

    /** Gives back all of it. */
    public void release() {
      bounds.bodies().give(held);
      held = 0;
    }
  }

  /** Asks for room for an answer of that size; empty when there is none. */
  public Optional<Runnable> roomForAnswer(long bytes) {
    AnswerBudget.Share share = bounds.answers().share();
    return share.growTo(bytes) ? Optional.of(share::release) : Optional.empty();
  }
}
