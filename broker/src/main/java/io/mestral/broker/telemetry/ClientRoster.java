package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.ClientWatch.Connection;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.MessagesRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionRevoked;
import io.mestral.broker.telemetry.event.BrokerEvent.WillPublished;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.telemetry.event.EventSink;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Refusal;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Who is connected, and what happened to whom. Any thread may use it. */
public final class ClientRoster {
  private static final String STRANGER = "unknown"; // whose claim to be somebody wasn't checked

  private final Map<ClientName, ClientWatch> connected = new ConcurrentHashMap<>();
  private final History history = new History();
  private final Handles handles = new Handles();
  private final EventSink strangers;
  private final ClientWatch.Post post;
  private final BrokerMetrics metrics;

  /**
   * Nobody yet.
   *
   * @param listener hears of everything too
   */
  public ClientRoster(BrokerMetrics metrics, EventSink listener, Clock clock) {
    this.metrics = metrics;
    this.strangers = listener;
    this.post = new ClientWatch.Post(listener.and(history), metrics, clock);
  }

  /** Watches over a client that was let in, until it {@linkplain #left}. */
  public ClientWatch admit(ClientName name, Connection connection, Meter meter) {
    ClientWatch watch = new ClientWatch(name, connection, meter, post);
    metrics.accepted(connection.access());
    connected.put(name, watch);
    return watch;
  }

  /** A client's connection ended; a newer one of the same client stays. */
  public void left(ClientWatch watch, String reason, int code) {
    connected.remove(watch.name(), watch);
    metrics.left(watch.connection().access());
    watch.ended(reason, code);
  }

  /**
   * A client was turned away. It isn't remembered: anybody could fill the history with names that
   * they made up.
   */
  public void turnedAway(String clientId, int code, String words) {
    metrics.turnedAway(code);
    ClientName name = new ClientName(STRANGER, clientId);
    strangers.accept(new ClientRefused(post.clock().instant(), name, code, words));
  }

  /** A client may not have this filter any more, and doesn't have it from now on. */
  public void revoked(ClientName name, String filter) {
    tell(new SubscriptionRevoked(post.clock().instant(), name, Masking.filter(filter)));
  }

  /** The last message of a client that is away goes out. */
  public void willPublished(ClientName name, Topic topic) {
    tell(new WillPublished(post.clock().instant(), name, Masking.topic(topic)));
  }

  /** The last message of a client that is away was not taken. */
  public void willRefused(ClientName name, Refusal reason) {
    metrics.refused(reason);
    tell(new MessagesRefused(post.clock().instant(), name, reason, 1));
  }

  private void tell(BrokerEvent event) {
    post.events().accept(event);
  }

  /** The connected client of this name. */
  public Optional<ClientWatch> find(ClientName name) {
    return Optional.ofNullable(connected.get(name));
  }

  /** A name for the client that holds no secret. */
  public String handleOf(ClientName name) {
    return handles.of(name);
  }

  /**
   * Whose handle this is, among those who are connected or to whom something happened lately. It
   * looks at all of them, so not on an event loop.
   */
  public Optional<ClientName> named(String handle) {
    return Stream.concat(connected.keySet().stream(), history.clients())
        .filter(name -> handles.of(name).equals(handle))
        .findFirst();
  }

  /** Everybody who is connected, as they come and go. */
  public Collection<ClientWatch> all() {
    return Collections.unmodifiableCollection(connected.values());
  }

  /** The last events of a client, oldest first, whether it is connected or not. */
  public List<BrokerEvent> eventsOf(ClientName name) {
    find(name).ifPresent(ClientWatch::settle);
    return history.of(name);
  }
}
