package io.mestral.broker.keeping;

import io.mestral.broker.keeping.LogEntry.SessionState;
import io.vertx.core.Future;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Where it is written down how a session stands, and whether that is how it stands now. Belongs to
 * the session's lock.
 */
final class StateRecord {
  private final Lock lock;
  private final LogStream log;
  private final Supplier<SessionState> state;
  private final Place place;
  private long newest; // of the writings, counted from 1
  private int underWay;
  private boolean isBehind;

  /**
   * Not written down yet.
   *
   * @param state how the session stands when asked
   */
  StateRecord(Lock lock, Parts parts, Supplier<SessionState> state) {
    this.lock = lock;
    this.log = parts.log();
    this.state = state;
    this.place = new Place(parts.totals());
  }

  Place place() {
    return place;
  }

  /** For a client that comes; fails when the journal is full. */
  Future<Long> write() {
    return log.append(state.get(), outcome());
  }

  /** For what has happened already; the journal leaves room for it. */
  Future<Long> rewrite() {
    return log.move(state.get(), outcome());
  }

  /** Whether the newest writing failed: after a restart it would stand as before. */
  boolean isBehind() {
    return isBehind;
  }

  /** Whether anything would be found of it after a restart. */
  boolean mayBeOnDisk() {
    return underWay > 0 || place.isKnown();
  }

  private LogStream.Outcome outcome() {
    long number = ++newest;
    isBehind = false;
    underWay++;
    return new LogStream.Outcome() {
      @Override
      public void kept(long sequence, int length) {
        lock.lock();
        try {
          underWay--;
          place.is(sequence, length);
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void failed(Throwable cause) {
        lock.lock();
        try {
          underWay--;
          if (number == newest) isBehind = true;
        } finally {
          lock.unlock();
        }
      }
    };
  }
}
