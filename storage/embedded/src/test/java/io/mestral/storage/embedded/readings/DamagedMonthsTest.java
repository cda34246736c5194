package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.storage.Settled;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files of months that are damaged, or none of ours. */
class DamagedMonthsTest extends ReadingStoreFixture {
  @Test
  void aMonthThatIsNoDatabaseCostsOnlyThatMonth() throws IOException {
    open();
    append(1, MARCH, 1);
    append(1, APRIL, 2);
    reseal();
    Files.writeString(month("2026-03"), "this was a database".repeat(1000));
    open();
    assertThat(read(1)).isEqualTo(samples(APRIL, 2));
    append(1, MARCH + 60, 3);
    Settled.value(disk.store.seal());
    assertThat(read(1)).isEqualTo(samples(MARCH + 60, 3, APRIL, 2));
    assertThat(damaged()).containsExactly("readings-2026-03.db");
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isPositive();
  }

  @Test
  void aDamagedBlockIsLeftOutAndKeptWhenItsDayIsMerged() throws SQLException {
    open();
    append(1, APRIL, 1);
    append(2, APRIL, 2);
    reseal();
    execute(month("2026-04"), "UPDATE block SET crc = crc + 1 WHERE device = 1");
    open();
    assertThat(read(1)).isEqualTo(Samples.EMPTY);
    assertThat(read(2)).isEqualTo(samples(APRIL, 2));
    for (int i = 1; i <= 4; i++) {
      append(1, APRIL + i, i);
      Settled.value(disk.store.seal());
    }
    assertThat(read(1)).isEqualTo(samples(APRIL + 1, 1, APRIL + 2, 2, APRIL + 3, 3, APRIL + 4, 4));
    assertThat(count("2026-04", "SELECT count(*) FROM damaged")).isEqualTo(1);
  }

  @Test
  void ofAFileWithABrokenPageTheOtherBlocksAreSaved() throws IOException {
    open();
    List<Reading> many = new ArrayList<>();
    for (int device = 1; device <= 200; device++)
      for (int i = 0; i < 300; i++)
        many.add(new Reading(new DeviceId(device), SENSOR, APRIL + i, (device * i % 70) / 10.0));
    Settled.value(disk.store.append(many));
    reseal();
    try (RandomAccessFile file = new RandomAccessFile(month("2026-04").toFile(), "rw")) {
      long page = file.length() / 8192 / 2;
      file.seek(page * 8192);
      file.write(new byte[8192]);
    }
    open();
    int before = 0;
    for (int device = 1; device <= 200; device++) before += read(device).size() > 0 ? 1 : 0;
    awaitRepair();
    int after = 0;
    for (int device = 1; device <= 200; device++) after += read(device).size() == 300 ? 1 : 0;
    assertThat(after).isBetween(180, 199).isGreaterThanOrEqualTo(before - 1);
    assertThat(damaged()).containsExactly("readings-2026-04.db");
    append(300, APRIL, 1);
    Settled.value(disk.store.seal());
    assertThat(read(300)).isEqualTo(samples(APRIL, 1));
  }

  @Test
  void ofAFileCutShortWhatIsLeftIsServedAgain() throws IOException {
    open();
    List<Reading> many = new ArrayList<>();
    for (int device = 1; device <= 100; device++)
      for (int i = 0; i < 300; i++)
        many.add(new Reading(new DeviceId(device), SENSOR, APRIL + i, (device * i % 70) / 10.0));
    Settled.value(disk.store.append(many));
    reseal();
    try (RandomAccessFile file = new RandomAccessFile(month("2026-04").toFile(), "rw")) {
      file.setLength(file.length() * 9 / 10);
    }
    open();
    assertThat(read(1)).isEqualTo(Samples.EMPTY);
    awaitRepair();
    int whole = 0;
    for (int device = 1; device <= 100; device++) whole += read(device).size() == 300 ? 1 : 0;
    assertThat(whole).isBetween(80, 99);
    assertThat(damaged()).containsExactly("readings-2026-04.db");
  }

  @Test
  void aFileOfANewerVersionIsSetAside() throws SQLException {
    open();
    append(1, APRIL, 1);
    reseal();
    execute(month("2026-04"), "ALTER TABLE day ADD COLUMN of_a_newer_version INTEGER");
    execute(month("2026-04"), "PRAGMA user_version = 3");
    open();
    assertThat(read(1)).isEqualTo(Samples.EMPTY);
    append(1, APRIL + 1, 2);
    Settled.value(disk.store.seal());
    assertThat(read(1)).isEqualTo(samples(APRIL + 1, 2));
    assertThat(damaged()).containsExactly("readings-2026-04.db");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6, 10, 18})
  void aFileOfWhichTheVersionAloneIsDamagedLosesNothing(int version) throws Exception {
    open();
    append(1, APRIL, 1);
    reseal();
    execute(month("2026-04"), "PRAGMA user_version = " + version);
    open();
    read(1); // calls for the repair
    awaitRepair();
    assertThat(read(1)).isEqualTo(samples(APRIL, 1));
    assertThat(damaged()).containsExactly("readings-2026-04.db");
  }

  @Test
  void aFileThatIsNamedAfterNoMonthIsLeftAlone() throws IOException {
    Path stray = month("2024-13");
    Files.createDirectories(stray.getParent());
    Files.writeString(stray, "someone's");
    open();
    append(1, APRIL, 1);
    reseal();
    open();
    assertThat(read(1)).isEqualTo(samples(APRIL, 1));
    assertThat(stray).hasContent("someone's");
  }

  @Test
  void anEmptyFileOfAMonthIsDamageThatReadingNotices() throws IOException {
    open();
    append(1, APRIL, 1);
    reseal();
    Files.write(month("2026-04"), new byte[0]);
    open();
    assertThat(read(1)).isEqualTo(Samples.EMPTY);
    awaitRepair();
    assertThat(damaged()).containsExactly("readings-2026-04.db");
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isEqualTo(1);
    append(1, APRIL + 1, 2);
    Settled.value(disk.store.seal());
    assertThat(read(1)).isEqualTo(samples(APRIL + 1, 2));
  }

  @Test
  void aFileOfAMonthWithoutTablesIsDamageThatSealingNotices() throws Exception {
    open();
    append(1, APRIL, 1);
    reseal();
    Files.delete(month("2026-04"));
    execute(month("2026-04"), "PRAGMA journal_mode = WAL");
    open();
    append(1, APRIL + 1, 2);
    Settled.value(disk.store.seal());
    assertThat(damaged()).containsExactly("readings-2026-04.db");
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isEqualTo(1);
    assertThat(read(1)).isEqualTo(samples(APRIL + 1, 2));
  }

  @Test
  void aFileThatAKilledStartLeftUnfinishedIsNoDamage() throws IOException {
    Path unfinished = month("2026-04").resolveSibling("readings-2026-04.db.new");
    Files.createDirectories(unfinished.getParent());
    Files.write(unfinished, new byte[100]);
    open();
    append(1, APRIL, 1);
    reseal();
    open();
    assertThat(read(1)).isEqualTo(samples(APRIL, 1));
    assertThat(damaged()).isEmpty();
    assertThat(unfinished).doesNotExist();
  }

  /** Reading calls for a repair and doesn't wait for it; sealing takes its turns behind it. */
  private void awaitRepair() throws IOException {
    for (int turn = 0; turn < 100_000 && damaged().isEmpty(); turn++)
      Settled.value(disk.store.seal());
    Settled.value(disk.store.seal());
  }
}
