package io.mestral.storage.sql;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * An engine whose writes can be held back while its tables are brought elsewhere; reads pass. Any
 * thread may use it.
 */
public final class WriteGate implements Engine {
  private final Engine engine;
  private final AtomicLong under = new AtomicLong();
  private volatile Optional<RefusedException> held = Optional.empty();

  /** An open gate before an engine. */
  public WriteGate(Engine engine) {
    this.engine = engine;
  }

  /**
   * From now on writes are refused with {@code UNAVAILABLE}; those that have begun go on.
   *
   * @param why what whoever writes is told
   */
  public void hold(String why) {
    held = Optional.of(new RefusedException(Refusal.UNAVAILABLE, why));
  }

  /** Whether no write is under way. */
  public boolean isQuiet() {
    return under.get() == 0;
  }

  /** Lets writes pass again. */
  public void release() {
    held = Optional.empty();
  }

  @Override
  public <T> Future<T> read(Work<T> work) {
    return engine.read(work);
  }

  @Override
  public <T> Future<T> write(long thing, Work<T> work) {
    return pass(() -> engine.write(thing, work));
  }

  @Override
  public <T> Future<T> writeAlone(long thing, Work<T> work) {
    return pass(() -> engine.writeAlone(thing, work));
  }

  @Override
  public Dialect dialect() {
    return engine.dialect();
  }

  private <T> Future<T> pass(Supplier<Future<T>> write) {
    under.incrementAndGet(); // first: who holds looks at the number afterwards
    Optional<RefusedException> refusal = held;
    Future<T> done;
    try {
      done = refusal.isPresent() ? Future.failedFuture(refusal.get()) : write.get();
    } catch (RuntimeException | Error thrown) {
      under.decrementAndGet();
      throw thrown;
    }
    return done.onComplete(result -> under.decrementAndGet());
  }
}
