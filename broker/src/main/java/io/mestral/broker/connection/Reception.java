package io.mestral.broker.connection;

import io.mestral.broker.connection.Turnstile.Door;
import io.mestral.broker.connection.Turnstile.Wait;
import io.mestral.broker.telemetry.Meter;
import io.vertx.core.Context;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Takes in the sockets of one event loop, and sees everybody out when the node stops. */
public final class Reception {
  private final Services services;
  private final Loop loop;
  private final Consumer<Disconnector> goodbye = this::left;
  private final Set<Disconnector> guests = new HashSet<>(); // as many as there are sockets
  private final Set<Held> waiting = new HashSet<>(); // with those
  private boolean closing;

  /** Must be made on the event loop of this context. */
  public Reception(Services services, Context context) {
    this.services = services;
    this.loop = Loop.here(context, services.metrics().ofLoop(context.owner()));
  }

  /** Waits for the socket's CONNECT. */
  public void welcome(NetSocket accepted) {
    Carrier carrier = accepted.isSsl() ? Carrier.TLS : Carrier.TCP;
    welcome(new Newcomer(accepted, carrier, accepted.remoteAddress()));
  }

  /** Waits for the CONNECT of a socket whose packets are carried by something else. */
  public void welcome(Newcomer newcomer) {
    if (!services.room().takesSocket()) {
      services.metrics().ended("no room");
      newcomer.socket().close();
      return;
    }
    Turnstile.Answer answer = services.turnstile().enter(Turnstile.network(newcomer.address()));
    if (answer instanceof Wait wait) hold(newcomer, wait);
    else if (answer == Door.OPEN) greet(newcomer);
    else turnBack(newcomer);
  }

  private void greet(Newcomer newcomer) {
    Meter meter = new Meter(loop.traffic());
    MqttSocket socket =
        new MqttSocket(newcomer, loop.context(), services.options().limits(), meter);
    Disconnector disconnector = new Disconnector(socket, services.metrics(), goodbye);
    guests.add(disconnector);
    socket.listen(new Greeting(socket, disconnector, services, loop));
  }

  /** Who leaves while it waits isn't charged: impatient clients would keep each other waiting. */
  private void hold(Newcomer newcomer, Wait wait) {
    services.metrics().heldBack();
    waiting.add(
        new Held(
            newcomer.socket(),
            wait.time(),
            held -> {
              noLongerWaits(held, wait);
              greet(newcomer);
            },
            held -> {
              noLongerWaits(held, wait);
              services.metrics().ended(closing ? Ending.SHUTDOWN.label() : "left waiting");
              services.room().socketLeft();
            }));
  }

  private void noLongerWaits(Held held, Wait wait) {
    wait.leave().run();
    waiting.remove(held);
  }

  private void turnBack(Newcomer newcomer) {
    services.metrics().ended("turned back");
    services.room().socketLeft();
    newcomer.socket().close();
  }

  private void left(Disconnector guest) {
    services.room().socketLeft();
    guests.remove(guest);
  }

  /** Tells all clients that the node stops, and closes their connections. */
  public void seeOut() {
    closing = true;
    List.copyOf(waiting).forEach(Held::close);
    Ending shutdown = Ending.shutdown(services.options().serverReference());
    for (Disconnector guest : List.copyOf(guests)) guest.end(shutdown);
  }
}
