package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.mestral.node.RunningNode;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Stops the node when SIGTERM or SIGINT comes, and lets the process end as one that was asked to.
 */
final class GracefulStop {
  /** Within the 10 s that are promised, with a second to spare for the JVM itself. */
  private static final int MOST_SECONDS = 9;

  private GracefulStop() {}

  /** A start that failed has its own exit code, which is left alone. */
  static void onSignal(Future<? extends RunningNode> starting, Console console) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (!starting.failed())
                    Runtime.getRuntime().halt(stop(starting, console).number());
                },
                "mestral-stop"));
  }

  /** Without a halt the JVM would end with 143, as if it had been killed. */
  private static ExitCode stop(Future<? extends RunningNode> starting, Console console) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    try {
      RunningNode node = within(starting, deadline);
      within(node.stop(), deadline);
      return ExitCode.OK;
    } catch (TimeoutException e) {
      console.err().println("mestral: not stopped within " + MOST_SECONDS + " s; ending anyway");
    } catch (ExecutionException e) {
      console.err().println("mestral: the stop failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.FAILED;
  }

  /**
   * The stop isn't chained to the start: that chain would go on where the start ran, an event loop
   * that the stop ends.
   */
  private static <T> T within(Future<T> future, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }
}
