package io.mestral.broker.keeping;

import java.util.concurrent.locks.Lock;

/** Notes where something was written down, under the lock it belongs to. */
record Kept(Lock lock, Place place) implements LogStream.Outcome {
  static Kept at(Lock lock, Place place) {
    return new Kept(lock, place);
  }

  @Override
  public void kept(long sequence, int length) {
    lock.lock();
    try {
      place.is(sequence, length);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void failed(Throwable cause) {
    // whoever waits for the record hears of it
  }
}
