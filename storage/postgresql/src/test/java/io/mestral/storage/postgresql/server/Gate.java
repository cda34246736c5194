package io.mestral.storage.postgresql.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server that can be shut, or let nothing through without a word. */
public final class Gate {
  private final Vertx vertx;
  private final int target;
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile int port;
  private volatile NetServer server;

  private Gate(Vertx vertx, int target) {
    this.vertx = vertx;
    this.target = target;
  }

  /** An open gate on a port of its own. */
  public static Future<Gate> to(Vertx vertx, int target) {
    Gate gate = new Gate(vertx, target);
    return gate.open().map(gate);
  }

  /** Where it is; the same after it was shut. */
  public int port() {
    return port;
  }

  /** Lets through whoever comes. */
  public Future<Void> open() {
    server = vertx.createNetServer().connectHandler(this::connect);
    return server
        .listen(port, "127.0.0.1")
        .map(
            listening -> {
              port = listening.actualPort();
              return null;
            });
  }

  /** Cuts those inside and refuses others. */
  public Future<Void> shut() {
    return server.close().onComplete(done -> Set.copyOf(sockets).forEach(NetSocket::close));
  }

  /** From now on nothing goes through, and nobody is told. */
  public void fallSilent() {
    silent = true;
    sockets.forEach(NetSocket::pause);
  }

  /** Nothing goes through for those inside; whoever comes now is let through. */
  public void forgetThoseInside() {
    sockets.forEach(NetSocket::pause);
  }

  /** What waited goes through, and whatever comes. */
  public void speakAgain() {
    silent = false;
    sockets.forEach(NetSocket::resume);
  }

  private void connect(NetSocket client) {
    client.pause();
    vertx
        .createNetClient()
        .connect(target, "127.0.0.1")
        .onSuccess(
            inside -> {
              join(client, inside);
              join(inside, client);
              if (!silent) client.resume();
            })
        .onFailure(away -> client.close());
  }

  private void join(NetSocket from, NetSocket to) {
    sockets.add(from);
    from.handler(to::write);
    from.closeHandler(
        closed -> {
          sockets.remove(from);
          to.close();
        });
  }
}
