package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Reading;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Carrying records over to a cluster that is played. */
class ForwarderTest {
  private static final StreamName STREAM = CassandraReadingStore.STREAM;
  private final Vertx vertx = Vertx.vertx();
  private final Context home = vertx.getOrCreateContext();
  private final MemoryJournal journal = new MemoryJournal(64 << 20);
  private final Arrivals arrivals = new Arrivals(Clock.systemUTC());
  private final Cluster cluster = new Cluster();
  private final Forwarder forwarder =
      new Forwarder(vertx, journal, STREAM, new Pending(1_000_000), cluster);

  @AfterEach
  void close() {
    Settled.value(vertx.close());
  }

  @Test
  void aSlowClusterGetsFewerRowsAtATimeUntilItManages() {
    cluster.mostRows = 500;
    for (int i = 0; i < 3000; i++) keep(i);
    Settled.value(atHome(forwarder::begin));
    Settled.value(atHome(forwarder::settled));
    assertThat(cluster.rows).hasSize(3000);
    assertThat(journal.records(STREAM)).isZero();
  }

  @Test
  void recordsThatTheDiskHasLostAreNotWaitedFor() {
    keep(0);
    Settled.value(atHome(forwarder::begin));
    Settled.value(atHome(forwarder::settled));
    for (int i = 1; i < 5; i++) Settled.value(journal.trim(STREAM, keep(i)));
    Settled.value(
        atHome(
            () -> {
              forwarder.kept(5);
              return forwarder.settled();
            }));
    assertThat(forwarder.backlog()).isZero();
  }

  @Test
  void aRecordThatSaysNothingIsSetAsideAndTheOthersAreCarried() {
    Buffer strange = Buffer.buffer(new byte[] {Entry.VERSION, 9, 0});
    keep(1);
    Settled.value(journal.append(STREAM, strange));
    keep(2);
    Settled.value(atHome(forwarder::begin));
    Settled.value(atHome(forwarder::settled));
    assertThat(cluster.rows).extracting(Row::second).containsExactly(1L, 2L);
    assertThat(cluster.damaged).containsExactly(2L);
    assertThat(journal.aside()).containsExactly(new JournalRecord(2, strange));
    assertThat(journal.records(STREAM)).isZero();
  }

  @Test
  void aBacklogIsThatOfTheMomentItWasAskedFor() {
    cluster.mostRows = 0;
    keep(1);
    Settled.value(atHome(forwarder::begin));
    LongSupplier then = forwarder.backlogOfNow();
    long second = keep(2);
    Settled.value(
        atHome(
            () -> {
              forwarder.kept(second);
              return Future.succeededFuture();
            }));
    assertThat(then.getAsLong()).isEqualTo(1);
    assertThat(forwarder.backlog()).isEqualTo(2);
    Settled.value(
        atHome(
            () -> {
              cluster.mostRows = Integer.MAX_VALUE;
              return forwarder.settled();
            }));
    assertThat(then.getAsLong()).isZero();
  }

  private long keep(int second) {
    Reading reading = new Reading(new DeviceId(1), new SensorId(53), second, 1);
    Buffer body = Entry.bodies(Row.of(List.of(reading), arrivals), 1 << 20).get(0);
    return Settled.value(journal.append(STREAM, body));
  }

  private <T> Future<T> atHome(Supplier<Future<T>> call) {
    Promise<T> done = Promise.promise();
    home.runOnContext(turn -> call.get().onComplete(done));
    return done.future();
  }

  private static final class Cluster implements Forwarder.Work {
    private final List<Row> rows = new ArrayList<>();
    private final List<Long> damaged = new ArrayList<>();
    private int mostRows = Integer.MAX_VALUE;

    @Override
    public void found(Entry entry) {
      assertThat(entry.lastArrival()).isPositive();
    }

    @Override
    public Future<Void> carry(List<Row> some) {
      if (some.size() > mostRows)
        return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "too slow"));
      rows.addAll(some);
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> delete(Entry.Deletion deletion) {
      return Future.succeededFuture();
    }

    @Override
    public void damaged(long sequence, Entry.Malformed damage) {
      damaged.add(sequence);
    }

    @Override
    public void failed() {}
  }
}
