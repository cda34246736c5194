package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class DirtyHoursTest {
  private static final long HOUR = 1_775_001_600;

  @Test
  void aRecordThatNamesNoHoursIsSetAsideAndTheOthersCount() {
    MemoryJournal journal = new MemoryJournal(1 << 20);
    Buffer strange = Buffer.buffer(new byte[17]);
    Settled.value(journal.append(DirtyHours.STREAM, strange));
    Buffer named = Buffer.buffer().appendLong(7).appendLong(HOUR);
    Settled.value(journal.append(DirtyHours.STREAM, named));
    DirtyHours hours = new DirtyHours(journal, 100);
    Settled.value(hours.restore(HOUR * 1000));
    assertThat(hours.of(7, HOUR, HOUR)).containsExactly(HOUR);
    assertThat(hours.size()).isEqualTo(1);
    assertThat(journal.aside()).containsExactly(new JournalRecord(1, strange));
  }
}
