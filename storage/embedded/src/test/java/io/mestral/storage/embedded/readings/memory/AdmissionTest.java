package io.mestral.storage.embedded.readings.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.format.BatchCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who comes when there is no place in memory. */
class AdmissionTest {
  private static final Series SERIES = new Series(new DeviceId(1), new SensorId(53));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void whoFindsNoPlaceWaitsForTheTurnInTheOrderOfComing() {
    Memory memory = full();
    Admission admission = new Admission(vertx, memory, () -> true);
    List<Integer> in = new CopyOnWriteArrayList<>();
    Future<Void> first = admission.enter(300).onSuccess(place -> in.add(1));
    Future<Void> second = admission.enter(300).onSuccess(place -> in.add(2));
    Settled.isRefused(admission.enter(1), Refusal.QUOTA_EXCEEDED);
    assertThat(admission.waiting()).isEqualTo(600);
    assertThat(first.isComplete()).isFalse();
    assertThat(admission.isClosed()).isTrue();
    assertThat(memory.turn()).isTrue();
    admission.lookAround();
    Settled.value(Future.all(first, second));
    assertThat(in).containsExactly(1, 2);
    assertThat(admission.waiting()).isZero();
    assertThat(admission.isClosed()).isFalse();
    Settled.value(admission.enter(1));
  }

  @Test
  void whoWaitsIsSentAwayWhenSealingFailsOrTheStoreIsClosed() {
    AtomicBoolean flowing = new AtomicBoolean(true);
    Admission admission = new Admission(vertx, full(), flowing::get);
    Future<Void> first = admission.enter(1);
    flowing.set(false);
    Settled.isRefused(admission.enter(1), Refusal.QUOTA_EXCEEDED);
    admission.lookAround();
    Settled.isRefused(first, Refusal.QUOTA_EXCEEDED);
    flowing.set(true);
    Future<Void> second = admission.enter(1);
    admission.close(new RefusedException(Refusal.UNAVAILABLE, "closed"));
    Settled.isRefused(second, Refusal.UNAVAILABLE);
    assertThat(admission.waiting()).isZero();
  }

  /** Twice a table's readings, the most there may be beside a table that is being sealed. */
  private static Memory full() {
    Memory memory = new Memory(1000, Clock.systemUTC());
    for (Buffer body : BatchCodec.encode(batch(2000), 1 << 20)) memory.take(1, body);
    return memory;
  }

  private static List<Reading> batch(int count) {
    List<Reading> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) batch.add(new Reading(SERIES.device(), SERIES.sensor(), i, 1));
    return batch;
  }
}
