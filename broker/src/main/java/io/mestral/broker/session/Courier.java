package io.mestral.broker.session;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries messages from other threads to the sessions of one event loop: one turn of the loop for
 * all that wait, not one for each. What waits is bounded by the outboxes it is meant for.
 */
public final class Courier {
  private static final int PER_TURN = 1024; // then sockets get their turn

  private final Context context;
  private final Thread home = Thread.currentThread();
  private final Queue<Parcel> parcels = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean called = new AtomicBoolean();

  /** Must be made on the event loop it serves. */
  public Courier(Context context) {
    this.context = context;
  }

  /** Whether this is the event loop it serves. */
  public boolean isHome() {
    return Thread.currentThread() == home;
  }

  /** Runs it on the event loop: at once if this is it, else as soon as it comes round. */
  public void run(Runnable task) {
    if (isHome()) task.run();
    else context.runOnContext(turn -> task.run());
  }

  /** Runs it when the event loop comes round, so never in the middle of anything. */
  public void soon(Runnable task) {
    context.runOnContext(turn -> task.run());
  }

  /** Runs it on the event loop when so much time has passed. */
  public void later(Duration delay, Runnable task) {
    context.owner().setTimer(delay.toMillis(), timer -> context.runOnContext(turn -> task.run()));
  }

  /** Brings a message to a session of this event loop; whoever sends it bounds how many wait. */
  public void carry(Session session, Arrival arrival) {
    parcels.add(new Parcel(session, arrival));
    if (called.compareAndSet(false, true)) context.runOnContext(turn -> round());
  }

  private void round() {
    for (int i = 0; i < PER_TURN; i++) {
      Parcel parcel = parcels.poll();
      if (parcel == null) break;
      parcel.session.handOver(parcel.arrival);
    }
    called.set(false); // before looking, so that nobody's parcel is left lying
    if (!parcels.isEmpty() && called.compareAndSet(false, true))
      context.runOnContext(turn -> round());
  }

  private record Parcel(Session session, Arrival arrival) {}
}
