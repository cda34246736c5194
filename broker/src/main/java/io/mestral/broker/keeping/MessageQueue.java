package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The messages queued for one session, in their order: those that wait, and those in flight. At
 * most so many bytes of them. It decides what may be sent and touches neither network nor disk; its
 * session's lock guards it.
 */
final class MessageQueue {
  private static final int MOST_AT_ONCE = 64;
  private static final long BYTES_AT_ONCE = 256 << 10;
  private static final int MOST_READ = 256; // records, others' among them

  private final SessionOptions options;
  private final Totals totals;
  private final Losses losses;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final NavigableMap<Long, Entry> flights = new TreeMap<>();
  private long nextOrdinal = 1;
  private long sentUpTo;
  private long bytes;
  private int open;
  private long soonestDeadline = Long.MAX_VALUE;

  /** Told of entries that are gone without having reached the client. */
  @FunctionalInterface
  interface Losses {
    void lost(Entry entry, Drop why);
  }

  /** A message to be sent now. */
  record Outgoing(Entry entry, Publish publish) {}

  MessageQueue(SessionOptions options, Totals totals, Losses losses) {
    this.options = options;
    this.totals = totals;
    this.losses = losses;
  }

  /**
   * Gives a message its ordinal; until {@link #ready} it only holds its place. Empty when there is
   * no room for it.
   */
  Optional<Entry> add(Publish publish, Subscription subscription, long now) {
    long most = options.queueMaxBytes() - publish.weight();
    if (bytes > most) expire(now);
    if (bytes > most && !makeRoom(() -> bytes <= most)) return Optional.empty();
    if (!totals.takePlace() && !makeRoom(totals::takePlace)) return Optional.empty();
    Entry entry =
        new Entry(nextOrdinal++, publish, subscription, now, deadline(options, publish, now));
    waiting.addLast(entry);
    count(entry);
    return Optional.of(entry);
  }

  private boolean makeRoom(BooleanSupplier enough) {
    if (options.whenFull() != SessionOptions.WhenFull.DROP_OLDEST) return false;
    Iterator<Entry> oldest = waiting.iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (!entry.is(State.READY) || entry.isAgain()) continue;
      oldest.remove();
      lose(entry, Drop.QUEUE_FULL);
      if (enough.getAsBoolean()) return true;
    }
    return false;
  }

  private static long deadline(SessionOptions options, Publish publish, long at) {
    Duration most = options.queueMaxAge();
    Duration own = publish.properties().messageExpiry().orElse(most);
    return at + (own.compareTo(most) < 0 ? own : most).toMillis();
  }

  /** From when on a message is not sent any more. */
  static long deadline(SessionOptions options, LogEntry.Message message) {
    return deadline(options, message.publish(), message.at());
  }

  /** Puts back what was queued before the node was started; called in the order of ordinals. */
  void restore(Entry entry, boolean mayHaveBeenSent) {
    if (mayHaveBeenSent) entry.again();
    if (entry.is(State.RELEASED)) flights.put(entry.ordinal(), entry);
    else waiting.addLast(entry);
    totals.live(entry.share());
    totals.needPlace();
    count(entry);
  }

  /** Says which ordinals were given away, and which may have been sent. */
  void goOnAfter(long highest, long sent) {
    nextOrdinal = Math.max(nextOrdinal, highest + 1);
    sentUpTo = Math.max(sentUpTo, sent);
  }

  private void count(Entry entry) {
    bytes += entry.size();
    totals.queued(entry.size());
    soonestDeadline = Math.min(soonestDeadline, entry.deadline());
  }

  /** Takes what goes out next: as much as fits into the client's window, and no more than a bit. */
  List<Outgoing> take(int window, long now) {
    List<Outgoing> batch = new ArrayList<>();
    long taken = 0;
    while (open < window && batch.size() < MOST_AT_ONCE && taken < BYTES_AT_ONCE) {
      Optional<Entry> next = next(now);
      if (next.isEmpty() || !next.get().hasBody()) break;
      Entry entry = waiting.remove();
      taken += entry.size();
      batch.add(outgoing(entry, now));
    }
    return batch;
  }

  /** Takes what goes to others instead: how much its own client may have been sent stays as is. */
  List<Outgoing> takeForOthers(long now) {
    long sent = sentUpTo;
    List<Outgoing> batch = take(Integer.MAX_VALUE, now);
    sentUpTo = sent;
    return batch;
  }

  /** Whether the client takes one more. */
  boolean hasRoom(int window) {
    return open < window;
  }

  private Outgoing outgoing(Entry entry, long now) {
    Publish body = entry.body().orElseThrow();
    Publish aged = body.after(Duration.ofMillis(Math.max(0, now - entry.at()))).orElse(body);
    entry.state(State.SENT);
    flights.put(entry.ordinal(), entry);
    sentUpTo = Math.max(sentUpTo, entry.ordinal());
    entry.open(true);
    open++;
    letGoOfBody(entry);
    return new Outgoing(entry, aged.cappedAt(entry.qos()));
  }

  /** The first that can be sent; drops what stands before it and can't. */
  private Optional<Entry> next(long now) {
    for (Entry first = waiting.peek(); first != null; first = waiting.peek()) {
      if (first.is(State.PENDING) || !hasIdentifier(first)) return Optional.empty();
      if (first.is(State.READY) && !first.isExpired(now)) return Optional.of(first);
      waiting.remove();
      if (first.is(State.READY)) lose(first, Drop.EXPIRED);
    }
    return Optional.empty();
  }

  private boolean hasIdentifier(Entry entry) {
    return flights.isEmpty() || Entry.differ(flights.firstKey(), entry.ordinal());
  }

  /**
   * Those at the front whose bodies must be read before they can be sent, as many as lie close
   * together in the journal.
   */
  List<Entry> toRead(long now) {
    List<Entry> entries = new ArrayList<>();
    if (next(now).isEmpty()) return entries;
    long first = waiting.element().sequence();
    long last = first - 1;
    long read = 0;
    for (Entry entry : waiting) {
      boolean near = entry.sequence() > last && entry.sequence() - first < MOST_READ;
      if (entry.hasBody() || !entry.is(State.READY) || !near || read > BYTES_AT_ONCE) break;
      entries.add(entry);
      last = entry.sequence();
      read += entry.size();
    }
    return entries;
  }

  /** It is on disk; false when it has gone meanwhile. */
  boolean ready(Entry entry, long sequence, int share) {
    if (!entry.is(State.PENDING)) return false;
    entry.state(State.READY);
    carriedBy(entry, sequence, share);
    holdBody(entry);
    return true;
  }

  /** It stands in another record now. */
  void carriedBy(Entry entry, long sequence, int share) {
    totals.live((long) share - entry.share());
    entry.carriedBy(sequence, share);
  }

  /** Its body was read from the journal. */
  void body(Entry entry, Publish read) {
    if (!entry.is(State.READY) || entry.hasBody()) return;
    totals.needBody(entry.size());
    entry.body(read);
  }

  private void holdBody(Entry entry) {
    if (!totals.takeBody(entry.size())) entry.forgetBody();
  }

  private void letGoOfBody(Entry entry) {
    if (entry.hasBody() && !entry.is(State.PENDING)) totals.bodyGone(entry.size());
    entry.forgetBody();
  }

  /** It could not be written: as if it had never come. */
  void undo(Entry entry) {
    if (entry.is(State.PENDING) && waiting.removeLastOccurrence(entry)) forget(entry);
  }

  /** What is in flight with this identifier. */
  Optional<Entry> inFlight(int packetId) {
    if (flights.isEmpty()) return Optional.empty();
    return Optional.ofNullable(flights.get(Entry.ordinal(packetId, flights.firstKey())));
  }

  /** The client has done its part. */
  void finish(Entry entry) {
    if (flights.remove(entry.ordinal()) == null) return;
    close(entry);
    forget(entry);
  }

  /** It was sent and didn't fit: as if it had been, MQTT-3.1.2-25. */
  void tooLarge(Entry entry) {
    flights.remove(entry.ordinal());
    close(entry);
    lose(entry, Drop.TOO_LARGE);
  }

  private void close(Entry entry) {
    if (entry.isOpen()) open--;
    entry.open(false);
  }

  /** The journal has lost its body. */
  void unreadable(Entry entry) {
    if (entry.is(State.READY) && waiting.remove(entry)) lose(entry, Drop.UNREADABLE);
  }

  private void lose(Entry entry, Drop why) {
    forget(entry);
    losses.lost(entry, why);
  }

  private void forget(Entry entry) {
    letGoOfBody(entry);
    totals.live(-entry.share());
    totals.gone(entry.size());
    bytes -= entry.size();
    entry.state(State.GONE);
  }

  /**
   * The connection is gone: what was sent and not answered waits again, in front and in its order
   * (MQTT-4.4.0-1); what the client has taken over stays in flight.
   */
  void rewind() {
    for (Entry entry : flights.descendingMap().values()) {
      entry.open(false);
      if (entry.is(State.SENT)) waitAgain(entry);
    }
    flights.values().removeIf(entry -> entry.is(State.READY));
    open = 0;
  }

  /**
   * Its PUBREC could not be written down: it counts as not answered. As long as the connection
   * lasts that it was sent on, it isn't sent again.
   */
  void notReceived(Entry entry) {
    entry.state(State.SENT);
    if (entry.isOpen()) return;
    flights.remove(entry.ordinal());
    waitAgain(entry);
  }

  /** Puts it where its ordinal belongs, which is in front but for what came back before. */
  private void waitAgain(Entry entry) {
    entry.state(State.READY);
    entry.again();
    soonestDeadline = Math.min(soonestDeadline, entry.deadline());
    Deque<Entry> earlier = new ArrayDeque<>();
    while (!waiting.isEmpty() && waiting.peek().ordinal() < entry.ordinal())
      earlier.push(waiting.remove());
    waiting.addFirst(entry);
    while (!earlier.isEmpty()) waiting.addFirst(earlier.pop());
  }

  /** Those that the client has taken over and not completed, in order. */
  List<Entry> released() {
    return flights.values().stream().filter(entry -> entry.is(State.RELEASED)).toList();
  }

  /** Drops what is too old, wherever it stands. */
  void expire(long now) {
    if (now < soonestDeadline) return;
    soonestDeadline = Long.MAX_VALUE;
    List<Entry> late = new ArrayList<>();
    for (Entry entry : waiting)
      if (entry.is(State.READY) && entry.isExpired(now)) late.add(entry);
      else soonestDeadline = Math.min(soonestDeadline, entry.deadline());
    if (late.isEmpty()) return;
    late.forEach(entry -> lose(entry, Drop.EXPIRED));
    waiting.removeIf(entry -> entry.is(State.GONE));
  }

  /** Everything there is, in no order that matters. */
  void forEach(Consumer<Entry> action) {
    waiting.forEach(action);
    flights.values().forEach(action);
  }

  /** Lets go of everything but what other members of a group may be given instead. */
  void end() {
    for (Entry entry : waiting) if (!entry.mayBePassedOn()) forget(entry);
    waiting.removeIf(entry -> entry.is(State.GONE));
    flights.values().forEach(this::forget);
    flights.clear();
    open = 0;
  }

  /** Lets go of everything. */
  void clear() {
    forEach(this::forget);
    waiting.clear();
    flights.clear();
  }

  long bytes() {
    return bytes;
  }

  int length() {
    return waiting.size() + flights.size();
  }

  int inFlight() {
    return flights.size();
  }

  long sentUpTo() {
    return sentUpTo;
  }

  long nextOrdinal() {
    return nextOrdinal;
  }

  long soonestDeadline() {
    return soonestDeadline;
  }
}
