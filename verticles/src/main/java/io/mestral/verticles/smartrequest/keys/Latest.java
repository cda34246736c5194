package io.mestral.verticles.smartrequest.keys;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What a store was read to hold; of two reads the one that began later counts. */
final class Latest<T> {
  private final AtomicLong begun = new AtomicLong();
  private final AtomicReference<Seen<T>> seen;

  private record Seen<T>(long number, T what) {}

  Latest(T before) {
    this.seen = new AtomicReference<>(new Seen<>(0, before));
  }

  T get() {
    return seen.get().what;
  }

  /** Succeeds when nothing is told any more that is older than this call. */
  Future<T> renew(Supplier<Future<T>> read) {
    long number = begun.incrementAndGet();
    return read.get()
        .map(
            what ->
                seen.updateAndGet(known -> known.number > number ? known : new Seen<>(number, what))
                    .what);
  }
}
