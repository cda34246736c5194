package io.mestral.broker.keeping;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import java.util.Optional;

/**
 * One message queued for one session. Its body may be in memory, and is in the journal in any case.
 * Belongs to its session's lock.
 */
final class Entry {
  /** Identifiers are given away in turn, 1 to 65,535. */
  private static final int IDENTIFIERS = 65_535;

  private final long ordinal;
  private final Subscription subscription;
  private final QoS qos;
  private final long size;
  private final long at;
  private final long deadline;
  private State state = State.PENDING;
  private long sequence;
  private int share;
  private boolean again;
  private boolean open;
  private Publish body; // null while it is only in the journal

  /** How far it is. */
  enum State {
    /** It isn't known yet to be on disk. */
    PENDING,
    /** It can be sent. */
    READY,
    /** The client has it, or had it when the connection broke. */
    SENT,
    /** The client has taken it over; that is being written down. */
    RECEIVED,
    /** That was written down: only PUBCOMP is missing. */
    RELEASED,
    /** There is nothing more to do about it. */
    GONE
  }

  /**
   * A message that waits.
   *
   * @param at when it came, in milliseconds of the epoch
   * @param deadline from when on it is not sent any more
   */
  Entry(long ordinal, Publish body, Subscription subscription, long at, long deadline) {
    this.ordinal = ordinal;
    this.subscription = subscription;
    this.qos = body.qos().cappedAt(subscription.qos());
    this.size = body.weight();
    this.at = at;
    this.deadline = deadline;
    this.body = body;
  }

  private Entry(long ordinal) {
    this.ordinal = ordinal;
    this.subscription = Subscription.at(QoS.EXACTLY_ONCE);
    this.qos = QoS.EXACTLY_ONCE;
    this.size = 0;
    this.at = 0;
    this.deadline = Long.MAX_VALUE;
    this.state = State.RELEASED;
  }

  /** A message that was written down. */
  static Entry restored(LogEntry.Copy copy, LogEntry.Message message, long deadline) {
    Entry entry =
        new Entry(copy.ordinal(), message.publish(), copy.subscription(), message.at(), deadline);
    entry.state = State.READY;
    return entry;
  }

  /** A message of which only the number is left to be completed. */
  static Entry released(long ordinal) {
    return new Entry(ordinal);
  }

  /** The packet identifier of an ordinal; the same whenever it is sent, without a record of it. */
  static int packetId(long ordinal) {
    return (int) (1 + (ordinal - 1) % IDENTIFIERS);
  }

  /** The ordinal with this identifier among those from {@code oldest} on. */
  static long ordinal(int packetId, long oldest) {
    return oldest + Math.floorMod(packetId - packetId(oldest), IDENTIFIERS);
  }

  /** Whether two ordinals can be in flight together: no identifier may mean two messages. */
  static boolean differ(long oldest, long ordinal) {
    return ordinal - oldest < IDENTIFIERS;
  }

  long ordinal() {
    return ordinal;
  }

  int packetId() {
    return packetId(ordinal);
  }

  Subscription subscription() {
    return subscription;
  }

  QoS qos() {
    return qos;
  }

  /** Bytes that count against the session's bound. */
  long size() {
    return size;
  }

  long at() {
    return at;
  }

  long deadline() {
    return deadline;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  boolean is(State other) {
    return state == other;
  }

  /** The record that carries it; 0 while that isn't written. */
  long sequence() {
    return sequence;
  }

  /** Bytes of its record that are its share among all receivers. */
  int share() {
    return share;
  }

  void carriedBy(long record, int bytes) {
    sequence = record;
    share = bytes;
  }

  /** Whether it may have been sent on an earlier connection. */
  boolean isAgain() {
    return again;
  }

  void again() {
    again = true;
  }

  /**
   * Whether another member of its group may have it when this session ends: not what may have been
   * sent at QoS 2 (MQTT-4.8.2-5).
   */
  boolean mayBePassedOn() {
    return subscription.shared().isPresent()
        && (is(State.PENDING) || is(State.READY))
        && (qos == QoS.AT_LEAST_ONCE || !again);
  }

  /** Whether it counts against the client's window: sent on this connection and not done. */
  boolean isOpen() {
    return open;
  }

  void open(boolean counts) {
    open = counts;
  }

  boolean isExpired(long now) {
    return now >= deadline;
  }

  boolean hasBody() {
    return body != null;
  }

  Optional<Publish> body() {
    return Optional.ofNullable(body);
  }

  void body(Publish read) {
    body = read;
  }

  void forgetBody() {
    body = null;
  }
}
