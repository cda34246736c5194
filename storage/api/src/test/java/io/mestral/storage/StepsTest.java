package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepsTest {
  private static final List<Integer> MANY = IntStream.range(0, 100_000).boxed().toList();

  private final List<Integer> taken = new ArrayList<>();

  @Test
  void aHundredThousandThatAreDoneAtOnceFitOnTheStack() {
    Future<Void> all = Steps.forEach(MANY, each -> Future.succeededFuture(taken.add(each)));
    assertThat(all.succeeded()).isTrue();
    assertThat(taken).isEqualTo(MANY);
  }

  @Test
  void aHundredThousandThatAreDoneElsewhereFollowOneAnother() throws Exception {
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    try {
      Future<Void> all =
          Steps.forEach(
              MANY,
              each -> {
                Promise<Void> done = Promise.promise();
                elsewhere.execute(
                    () -> {
                      taken.add(each);
                      done.complete();
                    });
                return done.future();
              });
      all.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(taken).isEqualTo(MANY);
    } finally {
      elsewhere.shutdownNow();
    }
  }

  @Test
  void theFirstFailureIsTheEnd() {
    Future<Void> all =
        Steps.forEach(
            MANY,
            each -> {
              taken.add(each);
              return each < 2 ? Future.succeededFuture() : Future.failedFuture("enough");
            });
    assertThat(all.cause()).hasMessage("enough");
    assertThat(taken).containsExactly(0, 1, 2);
  }

  @Test
  void whatAStepThrowsIsAFailureToo() {
    Future<Void> all =
        Steps.until(
            () -> {
              throw new IllegalStateException("enough");
            });
    assertThat(all.cause()).hasMessage("enough");
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(Steps.forEach(List.of(), each -> Future.failedFuture("never")).succeeded()).isTrue();
  }
}
