package io.mestral.broker.keeping;

import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * What one session subscribes to, and where that is written down. Belongs to its session's lock.
 */
final class Grants {
  private static final Future<Void> WRITTEN = Future.succeededFuture();

  private final long session;
  private final Lock lock;
  private final Parts parts;
  private final Map<TopicFilter, Grant> grants = new HashMap<>();
  private Future<Void> writing = WRITTEN;
  private Set<TopicFilter> unwritten = Set.of(); // revoked; each was granted

  /** A subscription and where it is written down. */
  record Grant(Subscription subscription, Place place) {}

  Grants(long session, Lock lock, Parts parts) {
    this.session = session;
    this.lock = lock;
    this.parts = parts;
  }

  Set<TopicFilter> filters() {
    return grants.keySet();
  }

  Map<TopicFilter, Grant> all() {
    return grants;
  }

  void add(TopicFilter filter, Subscription subscription) {
    Grant before = grants.put(filter, new Grant(subscription, new Place(parts.totals())));
    if (before != null) before.place.gone();
    await(write(filter));
  }

  /** Puts one back that was written down. */
  void restore(TopicFilter filter, Grant grant) {
    grants.put(filter, grant);
  }

  void remove(TopicFilter filter) {
    Grant grant = grants.remove(filter);
    if (grant == null) return;
    grant.place.gone();
    await(parts.log().append(new LogEntry.Unsubscribed(session, filter)));
  }

  /**
   * Takes one away for which its client did not ask, so nobody waits for the record; if that can't
   * be written, {@link #writeRevocations} does it.
   */
  void revoke(TopicFilter filter) {
    Grant grant = grants.remove(filter);
    if (grant == null) return;
    grant.place.gone();
    writeRevocation(filter);
  }

  private void writeRevocation(TopicFilter filter) {
    parts
        .log()
        .append(
            new LogEntry.Unsubscribed(session, filter),
            new LogStream.Outcome() {
              @Override
              public void kept(long sequence, int length) {
                // it is true after a restart as well
              }

              @Override
              public void failed(Throwable cause) {
                notRevoked(filter);
              }
            });
  }

  private void notRevoked(TopicFilter filter) {
    lock.lock();
    try {
      if (unwritten.isEmpty()) unwritten = new HashSet<>();
      unwritten.add(filter);
    } finally {
      lock.unlock();
    }
  }

  /** Tries again what could not be written, unless it was granted again since. */
  void writeRevocations() {
    if (unwritten.isEmpty()) return;
    Set<TopicFilter> again = unwritten;
    unwritten = Set.of();
    again.removeAll(grants.keySet());
    again.forEach(this::writeRevocation);
  }

  /** Without a record: that the session ended says as much. */
  void clear() {
    grants.values().forEach(grant -> grant.place.gone());
    grants.clear();
  }

  private Future<Long> write(TopicFilter filter) {
    Grant grant = grants.get(filter);
    return parts.log().append(entryOf(filter, grant), Kept.at(lock, grant.place));
  }

  /** Writes one down anew. */
  Future<Long> rewrite(TopicFilter filter) {
    Grant grant = grants.get(filter);
    return parts.log().move(entryOf(filter, grant), Kept.at(lock, grant.place));
  }

  private LogEntry entryOf(TopicFilter filter, Grant grant) {
    return new LogEntry.Subscribed(session, filter, grant.subscription);
  }

  /** Succeeds when all that was added and removed since this was asked last is on disk. */
  Future<Void> written() {
    Future<Void> all = writing;
    writing = WRITTEN;
    return all;
  }

  private void await(Future<Long> append) {
    writing = writing.succeeded() ? append.mapEmpty() : Future.all(writing, append).mapEmpty();
  }
}
