package io.mestral.broker.connection;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there may be, on all event loops together. Sockets whose client hasn't said
 * CONNECT take no client's place: there is some room for them beside, so that a full broker can say
 * that it is full, and whoever opens sockets and says nothing keeps nobody out.
 */
public final class Room {
  private static final int LEAST_LOBBY = 64;

  private final int maxClients;
  private final int maxSockets;
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicInteger sockets = new AtomicInteger();

  /** Room for so many clients. */
  public Room(int maxConnections) {
    this.maxClients = maxConnections;
    this.maxSockets = maxConnections + Math.max(LEAST_LOBBY, maxConnections / 10);
  }

  /** Takes one more socket in, unless there are too many; {@link #socketLeft} gives it back. */
  boolean takesSocket() {
    return takes(sockets, maxSockets);
  }

  void socketLeft() {
    sockets.decrementAndGet();
  }

  /** Takes one more client in, unless there are too many; {@link #clientLeft} gives it back. */
  boolean takesClient() {
    return takes(clients, maxClients);
  }

  void clientLeft() {
    clients.decrementAndGet();
  }

  private static boolean takes(AtomicInteger inside, int most) {
    if (inside.incrementAndGet() <= most) return true;
    inside.decrementAndGet();
    return false;
  }
}
