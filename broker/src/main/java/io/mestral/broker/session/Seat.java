package io.mestral.broker.session;

import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A connection's place as the one of its client: who comes next waits until it is free. */
public final class Seat {
  private static final Future<Void> FREE = Future.succeededFuture();

  private final SessionKey key;
  private final Principal principal;
  private final Courier courier;
  private final Outlet outlet;
  private final Promise<Void> vacated = Promise.promise();
  private volatile Future<Void> before = FREE;

  /** A place that isn't taken yet. */
  public Seat(SessionKey key, Principal principal, Courier courier, Outlet outlet) {
    this.key = key;
    this.principal = principal;
    this.courier = courier;
    this.outlet = outlet;
  }

  /** Whose place it is. */
  public SessionKey key() {
    return key;
  }

  /** Who the client speaks for. */
  public Principal principal() {
    return principal;
  }

  void behind(Seat older) {
    before = older.vacated.future();
  }

  /** Has its client told that it connected elsewhere; succeeds when the place is free. */
  Future<Void> giveWay() {
    courier.run(outlet::takenOver);
    return vacated.future();
  }

  /** Ends its connection for this reason. */
  void sendAway(Refusal why) {
    courier.soon(() -> outlet.sendAway(why));
  }

  /** It can't be free before the one was that it came after. */
  void vacate() {
    before.onComplete(free -> vacated.tryComplete());
  }
}
