package io.mestral.broker.keeping;

import io.mestral.broker.session.OneByOne;
import io.mestral.broker.session.Retry;
import io.mestral.broker.session.Session;
import io.mestral.broker.session.SessionKey;
import io.mestral.broker.session.SessionStore;
import io.mestral.broker.session.Terms;
import io.mestral.broker.session.Terms.LastWill;
import io.mestral.broker.telemetry.Masking;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.routing.Origin;
import io.mestral.routing.Receiver;
import io.mestral.routing.Router;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that outlive their connections, whether their clients are here or not. Open it
 * before the broker listens and close it after the last connection is gone.
 */
public final class KeptSessions implements SessionStore {
  private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);
  private static final int SWEPT_AT_ONCE = 1_000; // retained messages that may have expired
  private static final Duration PASSING_ON = Duration.ofSeconds(3); // of the ten a stop may take
  private static final Duration SETTLE_EVERY = Duration.ofMillis(200);

  private final Vertx vertx;
  private final MessageLog log;
  private final Parts parts;
  private final Router router;
  private final SessionRights rights;
  private final Cleaner cleaner;
  private final Map<SessionKey, KeptSession> sessions = new ConcurrentHashMap<>();
  private final Set<KeptSession> leaving = ConcurrentHashMap.newKeySet();
  private final Set<Future<Long>> passing = ConcurrentHashMap.newKeySet(); // one of each leaving
  private final Census census;
  private final Queue<Long> unwrittenEnds = new ConcurrentLinkedQueue<>(); // each was a session
  private final AtomicLong numbers = new AtomicLong();
  private long settling;
  private long sweeping;

  /** None yet. The router's keeper is the log. */
  public KeptSessions(Vertx vertx, MessageLog log, Router router, SessionRights rights) {
    this.vertx = vertx;
    this.log = log;
    this.parts = log.parts();
    this.router = router;
    this.census = new Census(parts.options().sessions());
    this.rights = rights;
    this.cleaner = new Cleaner(this, log);
    parts.meters().measureSessions(sessions::size);
  }

  /**
   * Rebuilds what was written down: sessions with their subscriptions and messages, and retained
   * messages. Succeeds when the broker may listen; fails when the journal can't be read. What their
   * principals may do is looked at again from then on, one after the other.
   */
  public Future<Void> open() {
    return new Restoration(this, log, router)
        .run()
        .onSuccess(
            done -> {
              settling =
                  vertx.setPeriodic(SETTLE_EVERY.toMillis(), timer -> parts.settlements().flush());
              sweeping = vertx.setPeriodic(parts.options().period().toMillis(), timer -> sweep());
              passOn(List.copyOf(leaving).iterator());
              reviewUntilKnown(new LinkedHashSet<>(sessions.values()));
            });
  }

  /**
   * Writes down what is left to say. Succeeds when all of it is settled; what is on its way from a
   * session that ended to others is waited for a while, for it would be passed on twice.
   */
  public Future<Void> close() {
    vertx.cancelTimer(settling);
    vertx.cancelTimer(sweeping);
    return Future.join(List.copyOf(passing))
        .timeout(PASSING_ON.toMillis(), TimeUnit.MILLISECONDS)
        .transform(
            done -> {
              parts.settlements().flush();
              return parts.log().settled();
            });
  }

  @Override
  public Future<Optional<Opened>> open(Terms terms) {
    KeptSession present = sessions.get(terms.key());
    Future<Long> discarded = Future.succeededFuture(0L);
    if (present != null && terms.cleanStart()) {
      discarded = present.end(true);
      present = null;
    }
    return present == null ? fresh(terms, discarded) : resumable(present, terms);
  }

  /** What the client may not have any more is taken away before it is sent anything. */
  private Future<Optional<Opened>> resumable(KeptSession session, Terms terms) {
    session.sweep(); // its time may be over already
    return rights
        .reviewInTime(session, terms.principal())
        .compose(
            reviewed ->
                session
                    .connect(terms)
                    .map(written -> resumed(session, written))
                    .orElseGet(() -> fresh(terms, Future.succeededFuture(0L))));
  }

  private Future<Optional<Opened>> fresh(Terms terms, Future<Long> discarded) {
    return terms.expiry().isZero() ? discarded.map(Optional.empty()) : made(terms, discarded);
  }

  /** What is queued can be had even when nothing can be written. */
  private static Future<Optional<Opened>> resumed(KeptSession session, Future<Long> written) {
    return written
        .recover(
            cause -> {
              LOG.warn("a client's return could not be written down: {}", cause.getMessage());
              return Future.succeededFuture(0L);
            })
        .map(Optional.of(new Opened(session, true)));
  }

  private Future<Optional<Opened>> made(Terms terms, Future<Long> discarded) {
    if (!census.admits(terms.key()))
      return Future.failedFuture(
          new RefusedException(Refusal.QUOTA_EXCEEDED, "too many sessions are kept"));
    KeptSession session = make(numbers.incrementAndGet(), terms.key());
    put(session);
    return session
        .connect(terms)
        .orElseGet(() -> Future.failedFuture("it ended before it began"))
        .compose(written -> discarded)
        .map(written -> Optional.of(new Opened(session, false)))
        .onFailure(cause -> session.end(true));
  }

  /**
   * A session that is restored; its number is not given away again.
   *
   * @param leaves whether it has ended, and only has messages to pass on
   */
  KeptSession restore(long number, SessionKey key, boolean leaves) {
    used(number);
    KeptSession session = make(number, key);
    if (leaves) leaving.add(session);
    else put(session);
    return session;
  }

  /** A number that was seen. */
  void used(long number) {
    numbers.accumulateAndGet(number, Math::max);
  }

  private KeptSession make(long number, SessionKey key) {
    return new KeptSession(number, key, this, router, parts);
  }

  /**
   * Writes down that a session is no more; if that fails, again until it succeeds: nothing but the
   * log would bring it back.
   */
  Future<Long> writeEnd(long number) {
    return parts
        .log()
        .append(new LogEntry.SessionEnded(number))
        .onFailure(cause -> unwrittenEnds.add(number));
  }

  private void writeEnds() {
    List<Long> ends = new ArrayList<>();
    for (Long end = unwrittenEnds.poll(); end != null; end = unwrittenEnds.poll()) ends.add(end);
    ends.forEach(this::writeEnd);
  }

  private void put(KeptSession session) {
    census.add(session.key());
    KeptSession before = sessions.put(session.key(), session);
    if (before != null) census.remove(before.key());
  }

  void forget(KeptSession session) {
    if (sessions.remove(session.key(), session)) census.remove(session.key());
  }

  /** A session that ends has messages to pass on. */
  void leaves(KeptSession session) {
    leaving.add(session);
  }

  /**
   * Has the messages of a session that ended go to others before the log forgets it. Completes when
   * that is written down.
   */
  Future<Long> passOn(KeptSession ended) {
    Future<Long> passed =
        ended
            .passOn()
            .recover(
                cause -> {
                  LOG.error("messages of a group are lost: {}", cause.getMessage());
                  return Future.succeededFuture();
                })
            .compose(
                done -> {
                  ended.gone();
                  leaving.remove(ended);
                  return writeEnd(ended.number());
                });
    passing.add(passed);
    return passed.onComplete(done -> passing.remove(passed));
  }

  /** One after the other: each may have many. */
  private void passOn(Iterator<KeptSession> left) {
    if (!left.hasNext()) return;
    passOn(left.next()).onComplete(done -> vertx.runOnContext(turn -> passOn(left)));
  }

  /** All of now, with those that ended and have messages to pass on. */
  Collection<KeptSession> kept() {
    Set<KeptSession> all =
        new HashSet<>(sessions.values()); // before the leaving: one that ends is with both
    all.addAll(leaving);
    return all;
  }

  @Override
  public Collection<Session> all() {
    return Collections.unmodifiableCollection(sessions.values());
  }

  /** How many there are, whether their clients are here or not. */
  public int size() {
    return sessions.size();
  }

  Future<Delivery> keepFor(KeptSession session, Publish publish, Subscription subscription) {
    return log.keepFor(new Receiver(session, subscription), publish);
  }

  @Override
  public boolean holds(SessionKey key) {
    return sessions.containsKey(key);
  }

  @Override
  public Future<OptionalInt> discard(SessionKey key) {
    KeptSession session = sessions.get(key);
    return session == null
        ? Future.succeededFuture(OptionalInt.empty())
        : session.discard().map(OptionalInt::of);
  }

  @Override
  public Future<Void> review(String principal) {
    return OneByOne.each(
        sessions.values().stream()
            .filter(session -> session.key().principal().equals(principal))
            .toList(),
        rights::review);
  }

  private void reviewUntilKnown(Set<KeptSession> unknown) {
    Retry.untilDone(
        (delay, task) -> vertx.setTimer(delay.toMillis(), timer -> task.run()),
        () ->
            OneByOne.each(
                List.copyOf(unknown),
                session -> rights.review(session).onSuccess(known -> unknown.remove(session))));
  }

  /** Publishes a will that is due, if its client may still publish it. */
  void publish(KeptSession session, LastWill will) {
    rights
        .permit(session, will)
        .compose(permitted -> router.route(permitted, Origin.NOBODY))
        .onComplete(
            done -> {
              session.willPublished();
              if (done.failed() || done.result() instanceof Delivery.Refused)
                LOG.warn("a will was lost: {}", Masking.topic(will.message().topic()));
            });
  }

  private void sweep() {
    for (KeptSession session : sessions.values()) session.sweep();
    for (KeptSession session : leaving) session.sweep();
    writeEnds();
    router.retained().sweep(SWEPT_AT_ONCE);
    cleaner.cleanIfItPays();
  }
}
