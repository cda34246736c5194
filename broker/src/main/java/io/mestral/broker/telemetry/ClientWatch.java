package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.BrokerEvent.Access;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientConnected;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientDisconnected;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientSlow;
import io.mestral.broker.telemetry.event.BrokerEvent.MessagesDropped;
import io.mestral.broker.telemetry.event.BrokerEvent.MessagesRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.SessionTakenOver;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionEnded;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionGranted;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.WillPublished;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.broker.telemetry.event.EventSink;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What operators can know of one connected client. Its event loop tells what happens; {@link
 * #dropped} and everything that only asks may be called on any thread.
 */
public final class ClientWatch {
  private static final Duration SLOW = Duration.ofSeconds(1);

  private final ClientName name;
  private final Connection connection;
  private final Meter meter;
  private final EventSink events;
  private final BrokerMetrics metrics;
  private final Clock clock;
  private final Instant since;
  private final Sums<Drop> drops;
  private final Sums<Refusal> refusals;
  private volatile Optional<Watched> session = Optional.empty();

  /**
   * How a client is connected.
   *
   * @param cleanStart whether it asked for a new session
   * @param keepAlive seconds, as granted; 0 is none
   */
  public record Connection(Access access, boolean cleanStart, int keepAlive) {}

  /** Where a watch belongs. */
  record Post(EventSink events, BrokerMetrics metrics, Clock clock) {}

  ClientWatch(ClientName name, Connection connection, Meter meter, Post post) {
    this.name = name;
    this.connection = connection;
    this.meter = meter;
    this.events = post.events();
    this.metrics = post.metrics();
    this.clock = post.clock();
    this.since = clock.instant();
    this.drops =
        new Sums<>(clock, (why, count) -> tell(new MessagesDropped(now(), name, why, count)));
    this.refusals =
        new Sums<>(clock, (why, count) -> tell(new MessagesRefused(now(), name, why, count)));
  }

  /** Whose connection it is. */
  public ClientName name() {
    return name;
  }

  /** How it is connected. */
  public Connection connection() {
    return connection;
  }

  /** Since when. */
  public Instant since() {
    return since;
  }

  /** What its socket counted. */
  public Meter meter() {
    return meter;
  }

  /** Its session; empty for the moment until it has one. */
  public Optional<Watched> session() {
    return session;
  }

  /** From now on the client has this session. */
  public void over(Watched itsSession) {
    session = Optional.of(itsSession);
  }

  /** How many messages for it were left out for this reason. */
  public long dropped(Drop why) {
    return drops.of(why);
  }

  /** How many of its messages were refused for this reason. */
  public long refused(Refusal why) {
    return refusals.of(why);
  }

  /** The client has its CONNACK. */
  public void connected(boolean tookOver) {
    tell(new ClientConnected(now(), name, connection.access()));
    if (tookOver) tell(new SessionTakenOver(now(), name));
  }

  /** A filter was granted. */
  public void subscribed(String filter, QoS granted) {
    tell(new SubscriptionGranted(now(), name, Masking.filter(filter), granted));
  }

  /** A filter was not granted. */
  public void notSubscribed(String filter, Refusal reason) {
    metrics.notSubscribed(reason);
    tell(new SubscriptionRefused(now(), name, Masking.filter(filter), reason));
  }

  /** A filter was given back. */
  public void unsubscribed(String filter) {
    tell(new SubscriptionEnded(now(), name, Masking.filter(filter)));
  }

  /** A message of the client was not kept. */
  public void refuse(Refusal reason) {
    metrics.refused(reason);
    refusals.count(reason);
  }

  /** A message for the client was left out. */
  public void drop(Drop why) {
    metrics.dropped(why);
    drops.count(why);
  }

  /** The network takes more again. */
  public void unblocked() {
    Duration blocked = meter.unblocked();
    if (blocked.compareTo(SLOW) >= 0) tell(new ClientSlow(now(), name, blocked));
  }

  /** Its last message goes out. */
  public void will(Topic topic) {
    tell(new WillPublished(now(), name, Masking.topic(topic)));
  }

  /** Tells what was summed up and not told yet. */
  void settle() {
    drops.settle();
    refusals.settle();
  }

  /** Its connection is gone. */
  void ended(String reason, int code) {
    unblocked();
    settle();
    tell(new ClientDisconnected(now(), name, reason, code));
  }

  private Instant now() {
    return clock.instant();
  }

  private void tell(BrokerEvent event) {
    events.accept(event);
  }
}
