package io.mestral.verticles.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentBatchesTest {
  private final RecentBatches batches = new RecentBatches();
  private final AtomicInteger steps = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();

  @Test
  void theSameBatchAgainTakesNoStep() {
    take("raw", "{55:1}");
    take("raw", "{55:1}");
    assertThat(steps).hasValue(1);
    assertThat(repeats).hasValue(1);
  }

  @Test
  void anotherTopicOrContentIsAnotherBatch() {
    take("raw", "{55:1}");
    take("raw", "{55:2}");
    take("json", "{55:1}");
    assertThat(steps).hasValue(3);
    assertThat(repeats).hasValue(0);
  }

  @Test
  void aStepThatFailsIsTakenAgainByWhoeverWaitsForIt() {
    Promise<Void> first = Promise.promise();
    Future<Void> original = batches.once(arrival("raw", "x"), first::future, () -> {});
    Future<Void> repeat = take("raw", "x");
    assertThat(steps).hasValue(0);
    first.fail("full");
    assertThat(original.failed()).isTrue();
    assertThat(repeat.succeeded()).isTrue();
    assertThat(steps).hasValue(1);
  }

  @Test
  void thereIsAnEndToWhatIsRemembered() {
    for (int i = 0; i < 100; i++) take("raw", "{55:" + i + "}");
    take("raw", "{55:99}");
    assertThat(steps).hasValue(100);
    take("raw", "{55:0}");
    assertThat(steps).hasValue(101);
  }

  private Future<Void> take(String topic, String payload) {
    return batches.once(
        arrival(topic, payload),
        () -> {
          steps.incrementAndGet();
          return Future.succeededFuture();
        },
        repeats::incrementAndGet);
  }

  private static Arrival arrival(String topic, String payload) {
    return new Arrival(topic, Buffer.buffer(payload), Instant.EPOCH);
  }
}
