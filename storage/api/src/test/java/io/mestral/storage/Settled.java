package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures, with an end to patience. */
public final class Settled {
  private Settled() {}

  /** What the future succeeds with. */
  public static <T> T value(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failure) {
      throw new AssertionError("no success: " + failure, failure);
    }
  }

  /** What the future fails with. */
  public static Throwable failure(Future<?> future) {
    try {
      Object value = future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      throw new AssertionError("a success instead of a failure: " + value);
    } catch (ExecutionException failure) {
      return failure.getCause();
    } catch (InterruptedException | TimeoutException failure) {
      throw new AssertionError("no answer: " + failure, failure);
    }
  }

  /** Checks that the future fails for this reason. */
  public static void isRefused(Future<?> future, Refusal reason) {
    assertThat(Refusal.of(failure(future))).isEqualTo(reason);
  }
}
