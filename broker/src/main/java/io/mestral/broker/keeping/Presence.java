package io.mestral.broker.keeping;

import io.mestral.broker.session.Incoming;
import io.mestral.broker.session.RetainedFlow;
import io.mestral.broker.session.Terms.Way;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A session's client as long as it is connected. */
final class Presence {
  private final Way way;
  private final Incoming incoming = new Incoming();
  private final RetainedFlow retained;
  private final AtomicBoolean called = new AtomicBoolean();
  private volatile boolean started;
  private boolean sending; // only the client's own loop asks

  /**
   * A client that has just connected.
   *
   * @param toQueue how retained messages come into its queue
   */
  Presence(Way way, Function<Presence, RetainedFlow.Way> toQueue) {
    this.way = way;
    this.retained = new RetainedFlow(toQueue.apply(this));
  }

  /** Retained messages on their way to it; only on its own event loop. */
  RetainedFlow retained() {
    return retained;
  }

  Way way() {
    return way;
  }

  Incoming incoming() {
    return incoming;
  }

  /** The client had its CONNACK. */
  void start() {
    started = true;
  }

  boolean isStarted() {
    return started;
  }

  /** Whether nobody is sending; then the caller is until {@link #endSending}. */
  boolean beginSending() {
    if (sending) return false;
    sending = true;
    return true;
  }

  void endSending() {
    sending = false;
  }

  /** Has the event loop look for messages: now if this is it, else once for all that came. */
  void wake(Runnable look) {
    if (!started) return;
    if (way.courier().isHome()) {
      look.run();
    } else if (called.compareAndSet(false, true)) {
      way.courier()
          .soon(
              () -> {
                called.set(false); // before looking, so that nothing is left lying
                look.run();
              });
    }
  }
}
