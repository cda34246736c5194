package io.mestral.broker.session;

import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Every client that is connected, whichever event loop it lives on. At most one for each key. */
public final class SessionRegistry {
  private static final Future<Boolean> FREE = Future.succeededFuture(false);

  private final Revocations revocations = new Revocations();
  private final Map<SessionKey, Seat> seats = new ConcurrentHashMap<>();
  private final SessionStore store;

  /** For sessions that end with their connections. */
  public SessionRegistry() {
    this(SessionStore.NONE);
  }

  /** For clients whose sessions are kept here. */
  public SessionRegistry(SessionStore store) {
    this.store = store;
  }

  /** The sessions that outlive their connections. */
  public SessionStore store() {
    return store;
  }

  /** Whether any session outlives its connection. */
  public boolean keepsSessions() {
    return store != SessionStore.NONE;
  }

  /**
   * Takes the place of an older connection with the same key, if there is any. Succeeds with
   * whether there was, when the older one is gone; completes on any thread.
   */
  public Future<Boolean> claim(Seat seat) {
    Seat[] older = new Seat[1];
    seats.compute(
        seat.key(),
        (key, present) -> {
          if (present != null) seat.behind(present);
          older[0] = present;
          return seat;
        });
    return older[0] == null ? FREE : older[0].giveWay().map(true);
  }

  /** Frees a place: its connection is gone, and the session knows. */
  public void vacate(Seat seat) {
    seats.remove(seat.key(), seat);
    seat.vacate();
  }

  /**
   * Sends clients away whose right to be here is gone, such as a device whose token was replaced.
   * Any thread may ask; it looks through all places without waiting for any, and each connection
   * ends on its own event loop.
   *
   * @param whom asked on the caller's thread, so it must not block
   * @param why what MQTT 5 clients are told; older ones are just closed
   * @return how many were told to go
   */
  public int endAll(Predicate<Principal> whom, Refusal why) {
    revocations.add(whom); // first: who isn't in the list yet asks after being put there
    int ended = 0;
    for (Seat seat : seats.values())
      if (whom.test(seat.principal())) {
        seat.sendAway(why);
        ended++;
      }
    return ended;
  }

  /** A moment to ask {@link #objection} about, before anything is looked up. */
  public long moment() {
    return revocations.count();
  }

  /**
   * Why this client can't be let in, if {@link #endAll} meant it after the moment or if that was so
   * long ago that nobody can tell. To be asked once it has its seat: it was let in on credentials
   * that may hold no longer.
   */
  public Optional<Refusal> objection(Principal principal, long since) {
    return revocations.objection(principal, since);
  }

  /** How many clients are connected. */
  public int size() {
    return seats.size();
  }
}
