package io.mestral.broker.session;

import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a client and the broker agreed on for its session.
 *
 * @param principal who the client speaks for
 * @param cleanStart whether an older session is to be forgotten
 * @param expiry how long the session outlives the connection
 * @param will published when the connection ends otherwise than by DISCONNECT
 */
public record Terms(
    SessionKey key,
    Principal principal,
    boolean cleanStart,
    Duration expiry,
    Optional<LastWill> will,
    Way way) {

  /**
   * A client's last message.
   *
   * @param delay how long it waits for the client to come back
   */
  public record LastWill(Publish message, Duration delay) {}

  /**
   * How messages get to the client as long as this connection lasts.
   *
   * @param window unacknowledged messages that it takes
   * @param readsReasons whether it can be told why a message was refused
   * @param drops hears why a message was left out, on any thread
   */
  public record Way(
      Courier courier, Outlet outlet, int window, boolean readsReasons, Consumer<Drop> drops) {}
}
