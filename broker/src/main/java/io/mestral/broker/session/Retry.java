package io.mestral.broker.session;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again until it succeeds, and waits longer from one time to the next. */
public final class Retry {
  private static final Logger LOG = LoggerFactory.getLogger(Retry.class);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Later later;
  private final Supplier<Future<Void>> attempt;

  /** Runs a task when so much time has passed. */
  @FunctionalInterface
  public interface Later {
    /** Once, unless everything ends before. */
    void run(Duration delay, Runnable task);
  }

  private Retry(Later later, Supplier<Future<Void>> attempt) {
    this.later = later;
    this.attempt = attempt;
  }

  /** Succeeds when an attempt did; never fails. */
  public static Future<Void> untilDone(Later later, Supplier<Future<Void>> attempt) {
    return new Retry(later, attempt).run(FIRST_WAIT);
  }

  private Future<Void> run(Duration wait) {
    return attempt.get().recover(cause -> again(wait, cause));
  }

  private Future<Void> again(Duration wait, Throwable cause) {
    LOG.warn("somebody's rights can't be looked up, again in {}: {}", wait, cause.toString());
    Promise<Void> done = Promise.promise();
    Duration next = wait.multipliedBy(2);
    later.run(
        wait, () -> run(next.compareTo(LONGEST_WAIT) < 0 ? next : LONGEST_WAIT).onComplete(done));
    return done.future();
  }
}
