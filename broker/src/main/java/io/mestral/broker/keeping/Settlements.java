package io.mestral.broker.keeping;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down which messages are done with, many at a time: nobody waits for it, and what a crash
 * keeps from being written only comes to its client once more, marked as a repetition.
 */
final class Settlements {
  private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);
  private static final int MOST = 256;

  private final LogStream log;
  private final Lock lock = new ReentrantLock(); // sessions of all event loops come here
  private Map<Long, List<Long>> done = new HashMap<>();
  private int count;

  Settlements(LogStream log) {
    this.log = log;
  }

  void add(long session, long ordinal) {
    Map<Long, List<Long>> full = Map.of();
    lock.lock();
    try {
      done.computeIfAbsent(session, key -> new ArrayList<>()).add(ordinal);
      if (++count >= MOST) full = takeAll();
    } finally {
      lock.unlock();
    }
    write(full);
  }

  /** Writes what there is. */
  void flush() {
    Map<Long, List<Long>> waiting;
    lock.lock();
    try {
      waiting = takeAll();
    } finally {
      lock.unlock();
    }
    write(waiting);
  }

  private Map<Long, List<Long>> takeAll() {
    Map<Long, List<Long>> all = done;
    done = new HashMap<>();
    count = 0;
    return all;
  }

  private void write(Map<Long, List<Long>> settled) {
    settled.forEach(
        (session, ordinals) -> {
          Future<Long> written = log.append(new LogEntry.Done(session, ordinals));
          written.onFailure(
              cause ->
                  LOG.warn(
                      "{} delivered messages will come again after a restart: {}",
                      ordinals.size(),
                      cause.getMessage()));
        });
  }
}
