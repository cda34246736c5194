package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.series.Days;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReadingStoreFaultsTest extends ReadingStoreFixture {
  @Test
  void aKillBetweenBlocksAndTrimDoublesNothing() throws IOException {
    open();
    append(1, APRIL, 1);
    append(1, APRIL + 60, 2);
    Path journal = folder.resolve("journal");
    Path before = folder.resolve("journal-before");
    copy(journal, before);
    Settled.value(disk.store.seal());
    append(1, APRIL + 60, 3); // and this one is lost with the journal
    disk.abandon();
    delete(journal);
    copy(before, journal);
    open();
    assertThat(read(1)).isEqualTo(samples(APRIL, 1, APRIL + 60, 2));
    Settled.value(disk.store.seal());
    assertThat(read(1)).isEqualTo(samples(APRIL, 1, APRIL + 60, 2));
    assertThat(latest(1)).isEqualTo(new Latest(APRIL + 60, 2, OptionalDouble.of(1)));
  }

  @Test
  void sealedReadingsAreTrimmedFromTheJournal() {
    open();
    for (int i = 0; i < 10; i++) append(1, APRIL + i, i);
    Settled.value(disk.store.seal());
    append(1, APRIL + 10, 10);
    assertThat(Settled.value(disk.journal.read(EmbeddedReadingStore.STREAM, 0, 100))).hasSize(1);
  }

  @Test
  void whatCannotBeReadJustNowIsNotLeftOutOfAnAnswer() throws Exception {
    open();
    append(1, MARCH, 1);
    append(1, APRIL, 2);
    reseal();
    Path series = folder.resolve("readings/series.db");
    List<Path> files = List.of(month("2026-03"), series);
    for (Path file : files) {
      Files.move(file, folder.resolve(file.getFileName()));
      Files.createDirectory(file);
    }
    open();
    Series all = new Series(new DeviceId(1), SENSOR);
    Settled.isRefused(disk.store.read(all, TimeRange.ALWAYS, 10), Refusal.UNAVAILABLE);
    Settled.isRefused(disk.store.summaries(all, Span.HOUR, TimeRange.ALWAYS), Refusal.UNAVAILABLE);
    Settled.isRefused(disk.store.latest(List.of(all.device())), Refusal.UNAVAILABLE);
    Settled.isRefused(
        disk.store.latest(List.of(all.device()), List.of(SENSOR)), Refusal.UNAVAILABLE);
    TimeRange april = new TimeRange(APRIL, APRIL + 1);
    assertThat(Settled.value(disk.store.read(all, april, 10))).isEqualTo(samples(APRIL, 2));
    for (Path file : files) {
      Files.delete(file);
      Files.move(folder.resolve(file.getFileName()), file);
    }
    assertThat(read(1)).isEqualTo(samples(MARCH, 1, APRIL, 2));
    assertThat(latest(1)).isEqualTo(new Latest(APRIL, 2, OptionalDouble.of(1)));
    assertThat(damaged()).isEmpty();
  }

  @Test
  void aTableIsSealedByItselfWhenItIsFull() {
    disk = StoreOnDisk.open(vertx, StoreOnDisk.options(folder, 1000), Clock.systemUTC());
    for (int i = 0; i < 20; i++) {
      List<Reading> batch = new ArrayList<>();
      for (int j = 0; j < 100; j++) batch.add(reading(1, APRIL + i * 100 + j, j));
      Settled.value(disk.store.append(batch));
    }
    Settled.value(disk.store.seal());
    assertThat(disk.meters.counter("mestral.readings.sealed").count()).isEqualTo(2000);
    assertThat(disk.store.memory().weight()).isZero();
    assertThat(read(1).size()).isEqualTo(2000);
  }

  @Test
  void aTableIsSealedWhenItIsAnHourOld() {
    MovableClock clock = new MovableClock(APRIL);
    disk = StoreOnDisk.open(vertx, StoreOnDisk.options(folder, 1000), clock);
    append(1, APRIL, 1);
    clock.forward(3599);
    disk.store.lookAround();
    Settled.value(disk.journal.betweenRecords(() -> {}));
    assertThat(disk.store.memory().tables().open().isEmpty()).isFalse();
    clock.forward(2);
    disk.store.lookAround();
    Settled.value(disk.journal.betweenRecords(() -> {}));
    assertThat(disk.store.memory().tables().open().isEmpty()).isTrue();
  }

  @Test
  void manySealingsOfADayLeaveFewParts() throws SQLException {
    open();
    for (int i = 0; i < 25; i++) {
      append(1, APRIL + i * 60, i);
      Settled.value(disk.store.seal());
    }
    assertThat(count("2026-04", "SELECT count(*) FROM block")).isBetween(1, 3);
    assertThat(read(1).size()).isEqualTo(25);
  }

  @Test
  void aRecordThatIsNoBatchIsSetAsideAndTheOthersCount() {
    open();
    append(1, APRIL, 1);
    Settled.value(disk.journal.append(EmbeddedReadingStore.STREAM, Buffer.buffer("rubbish")));
    append(1, APRIL + 1, 2);
    assertThat(read(1)).isEqualTo(samples(APRIL, 1, APRIL + 1, 2));
    assertThat(folder.resolve("journal/damaged/record-readings-2")).hasContent("rubbish");
    disk.abandon();
    open();
    assertThat(read(1)).isEqualTo(samples(APRIL, 1, APRIL + 1, 2));
  }

  @Test
  void aSecondOutsideAllYearsIsRefusedWithItsBatch() {
    open();
    Settled.isRefused(
        disk.store.append(List.of(reading(1, APRIL, 1), reading(1, Long.MAX_VALUE, 2))),
        Refusal.PAYLOAD_INVALID);
    assertThat(read(1)).isEqualTo(Samples.EMPTY);
    append(1, Days.FIRST_SECOND, 1);
    append(1, Days.LAST_SECOND, 2);
    Settled.value(disk.store.seal());
    assertThat(read(1)).isEqualTo(samples(Days.FIRST_SECOND, 1, Days.LAST_SECOND, 2));
  }

  @Test
  void aClosedStoreRefuses() {
    open();
    Settled.value(disk.store.close());
    Settled.isRefused(disk.store.append(List.of(reading(1, APRIL, 1))), Refusal.UNAVAILABLE);
    Settled.isRefused(disk.store.check(), Refusal.UNAVAILABLE);
    Settled.value(disk.store.close());
  }

  @Test
  void withoutAJournalThatCanBeWrittenNothingIsAcknowledged() {
    open();
    append(1, APRIL, 1);
    Settled.value(disk.journal.close());
    Settled.isRefused(disk.store.append(List.of(reading(1, APRIL + 1, 2))), Refusal.UNAVAILABLE);
    Settled.isRefused(disk.store.check(), Refusal.UNAVAILABLE);
    assertThat(read(1)).isEqualTo(samples(APRIL, 1));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static void delete(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
