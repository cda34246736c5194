package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.keeping.LogEntry.Message;
import io.mestral.broker.keeping.LogEntry.SessionState;
import io.mestral.broker.keeping.LogEntry.Subscribed;
import io.mestral.broker.session.SessionKey;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was read of one session so far. */
final class Draft {
  final Map<Integer, At> receipts = new HashMap<>();
  final Map<TopicFilter, Granted> grants = new HashMap<>();
  private final Map<Long, Entry> entries = new TreeMap<>();
  private final Parts parts;
  private Optional<SessionState> state = Optional.empty();
  private At stateAt = new At(0, 0);
  private long highest;

  Draft(Parts parts) {
    this.parts = parts;
  }

  /** Where a record stands, and how many of its bytes count for this. */
  record At(long sequence, int length) {}

  /** A subscription. */
  record Granted(Subscription subscription, At at) {}

  void state(SessionState newest, long sequence, int length) {
    state = Optional.of(newest);
    stateAt = new At(sequence, length);
    highest = Math.max(highest, newest.nextOrdinal() - 1);
  }

  void subscribed(Subscribed subscribed, long sequence, int length) {
    grants.put(
        subscribed.filter(), new Granted(subscribed.subscription(), new At(sequence, length)));
  }

  /** A message, or the same one where it was moved to. */
  void queued(Message message, Copy copy, At at) {
    highest = Math.max(highest, copy.ordinal());
    Entry before = entries.get(copy.ordinal());
    if (before != null && !before.is(Entry.State.READY)) return;
    discard(before);
    Entry entry =
        Entry.restored(copy, message, MessageQueue.deadline(parts.options().sessions(), message));
    entry.carriedBy(at.sequence, at.length);
    if (!parts.totals().takeBody(entry.size())) entry.forgetBody();
    entries.put(copy.ordinal(), entry);
  }

  void received(long ordinal, long sequence, int length) {
    highest = Math.max(highest, ordinal);
    discard(entries.get(ordinal));
    Entry entry = Entry.released(ordinal);
    entry.carriedBy(sequence, length);
    entries.put(ordinal, entry);
  }

  void done(long ordinal) {
    highest = Math.max(highest, ordinal);
    discard(entries.remove(ordinal));
  }

  /** The session is no more. */
  void discard() {
    entries.values().forEach(this::discard);
  }

  private void discard(Entry entry) {
    if (entry != null && entry.hasBody()) parts.totals().bodyGone(entry.size());
  }

  /** Whether nothing says that its client has left. */
  boolean wasConnected() {
    return state.isPresent() && state.get().disconnectedAt().isEmpty();
  }

  /** Whether its newest record doesn't say how the session made of it stands now. */
  boolean isToBeNoted(KeptSession made) {
    return wasConnected() || made.hasEnded() && !state.orElseThrow().leaving();
  }

  /**
   * Makes the session of it; nothing when there is none: it ended. One that was leaving goes on to
   * leave, and so does one of which the client has a later one already: that took its place, though
   * it could not be written down.
   */
  Optional<KeptSession> restore(long number, KeptSessions sessions) {
    if (state.isEmpty()) {
      discard();
      return Optional.empty();
    }
    SessionState stands = state.get();
    SessionKey key = new SessionKey(stands.principal(), stands.clientId());
    boolean leaving = stands.leaving() || sessions.holds(key);
    KeptSession session = sessions.restore(number, key, leaving);
    session.lock().lock();
    try {
      restore(session, stands);
      if (leaving) session.retire();
      else restoreClaims(session);
    } finally {
      session.lock().unlock();
    }
    return Optional.of(session);
  }

  /** While a client was connected, anything may have been sent to it. */
  private void restore(KeptSession session, SessionState stands) {
    session.standing().restore(stands, parts.clock().millis());
    session.place().is(stateAt.sequence, stateAt.length);
    long sentUpTo = wasConnected() ? highest : stands.sentUpTo();
    MessageQueue queue = session.outflow().queue();
    entries.values().forEach(entry -> queue.restore(entry, entry.ordinal() <= sentUpTo));
    queue.goOnAfter(highest, sentUpTo);
  }

  /** What only one has that its client may take up. */
  private void restoreClaims(KeptSession session) {
    receipts.forEach((id, at) -> session.inflow().receipts().restore(id, at.sequence, at.length));
    grants.forEach(
        (filter, granted) -> {
          Place place = new Place(parts.totals());
          place.is(granted.at.sequence, granted.at.length);
          session.restoreGrant(filter, new Grants.Grant(granted.subscription, place));
        });
  }
}
