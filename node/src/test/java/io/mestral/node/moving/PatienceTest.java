package io.mestral.node.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes that nobody has waited for to their end. */
@Timeout(30)
class PatienceTest {
  private final Patience patience =
      new Patience(Duration.ofSeconds(20), new MoveProgress(), () -> false);

  @Test
  void nothingIsChangedBeforeWhatWasGivenUpHasCome() throws Exception {
    Promise<String> first = Promise.promise();
    patience.hurry(Duration.ofMillis(50));
    assertThatThrownBy(() -> patience.write(first::future)).isInstanceOf(Patience.Late.class);
    CountDownLatch begun = new CountDownLatch(1);
    assertThatThrownBy(() -> patience.write(() -> counted(begun)))
        .isInstanceOf(Patience.Late.class);
    patience.relax();
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(() -> patience.write(() -> counted(begun)));
    assertThat(begun.await(100, TimeUnit.MILLISECONDS)).isFalse();
    first.fail("too late");
    assertThat(second.get()).isEqualTo("done");
  }

  @Test
  void whatIsRefusedIsAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            patience.write(
                () ->
                    asked.incrementAndGet() < 3
                        ? Future.failedFuture(
                            new RefusedException(Refusal.UNAVAILABLE, "it is away"))
                        : Future.succeededFuture("done")))
        .isEqualTo("done");
    assertThat(asked).hasValue(3);
    assertThatThrownBy(() -> patience.write(() -> Future.failedFuture("broken")))
        .isInstanceOf(MoveBroken.class)
        .hasMessageContaining("broken");
  }

  private static Future<String> counted(CountDownLatch begun) {
    begun.countDown();
    return Future.succeededFuture("done");
  }
}
