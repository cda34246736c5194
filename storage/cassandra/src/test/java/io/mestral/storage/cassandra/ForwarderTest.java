package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwarderTest {
  private static final StreamName STREAM = new StreamName("cassandra");

  @Test
  void aRecordOfALaterVersionIsSetAsideAndTheOthersAreCarried() {
    Vertx vertx = Vertx.vertx();
    MemoryJournal journal = new MemoryJournal(1 << 20);
    Buffer later = Buffer.buffer(new byte[] {2, 1, 0});
    Settled.value(journal.append(STREAM, rows(1)));
    Settled.value(journal.append(STREAM, later));
    Settled.value(journal.append(STREAM, rows(2)));
    List<Long> carried = new ArrayList<>();
    Forwarder.Work work =
        new Forwarder.Work() {
          @Override
          public Future<Void> carry(List<Row> rows) {
            for (Row row : rows) carried.add(row.device());
            return Future.succeededFuture();
          }

          @Override
          public Future<Void> delete(Entry.Deletion deletion) {
            return Future.failedFuture("there is none");
          }

          @Override
          public void damaged(long sequence, Entry.Malformed damage) {
            assertThat(sequence).isEqualTo(2);
          }

          @Override
          public void failed() {
            throw new AssertionError("nothing fails");
          }
        };
    Forwarder forwarder = new Forwarder(vertx, journal, STREAM, new Pending(1000), work);
    Settled.value(forwarder.begin().compose(begun -> forwarder.settled()));
    assertThat(carried).containsExactly(1L, 2L);
    assertThat(journal.aside()).containsExactly(new JournalRecord(2, later));
    assertThat(journal.records(STREAM)).isZero();
    Settled.value(vertx.close());
  }

  private static Buffer rows(long device) {
    Row row = new Row(device, 1_770_000_000L, 1, new int[] {55}, new double[] {1});
    return Entry.bodies(List.of(row), 1000).get(0);
  }
}
