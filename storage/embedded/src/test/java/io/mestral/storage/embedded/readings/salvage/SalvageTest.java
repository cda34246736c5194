package io.mestral.storage.embedded.readings.salvage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.files.Sqlite;
import io.mestral.storage.embedded.readings.format.Block;
import io.mestral.storage.embedded.readings.months.MonthWriter;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Days;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalvageTest {
  private static final long DAY = 20_544;
  private static final int DEVICES = 40;
  private static final int SENSORS = 12;

  @TempDir Path path;
  private ReadingsFolder folder;
  private Path file;

  @BeforeEach
  void aMonthOfBlocks() throws Exception {
    folder = new ReadingsFolder(path);
    file = path.resolve("readings-2026-04.db");
    try (MonthWriter writer = MonthWriter.open(file)) {
      for (int device = 1; device <= DEVICES; device++)
        for (int sensor = 1; sensor <= SENSORS; sensor++) add(writer, device, sensor);
      writer.commit();
    }
  }

  @Test
  void ofAFileCutShortAllBlocksBeforeTheCutAreSaved() throws Exception {
    long pages = Files.size(file) / Sqlite.PAGE_SIZE;
    cut(pages * 9 / 10 * Sqlite.PAGE_SIZE + 100);
    Salvage.of(folder, file);
    assertThat(blocks()).isBetween(DEVICES * SENSORS * 85 / 100, DEVICES * SENSORS - 1);
  }

  @Test
  void blocksBetweenAndBehindBrokenPagesAreSaved() throws Exception {
    int pages = (int) (Files.size(file) / Sqlite.PAGE_SIZE);
    for (int tenth = 1; tenth <= 9; tenth++) overwrite(pages * tenth / 10);
    Salvage.of(folder, file);
    assertThat(blocks()).isBetween(DEVICES * SENSORS - 9 * 8, DEVICES * SENSORS - 1);
    assertThat(sound()).isEqualTo("ok");
  }

  @Test
  void theTablesRootAndTheListOfTablesAreNotNeeded() throws Exception {
    overwrite(0);
    overwrite(1);
    Salvage.of(folder, file);
    assertThat(blocks()).isGreaterThan(DEVICES * SENSORS - 100);
  }

  @Test
  void blocksThatOnlyTheWriteAheadLogHasAreSaved() throws Exception {
    try (Connection other = Sqlite.reader(file);
        Statement statement = other.createStatement()) {
      statement.executeQuery("SELECT count(*) FROM block").close(); // keeps the log from ending
      try (MonthWriter writer = MonthWriter.open(file)) {
        for (int sensor = 1; sensor <= SENSORS; sensor++) add(writer, 99, sensor);
        writer.commit();
      }
      assertThat(Files.size(path.resolve("readings-2026-04.db-wal"))).isPositive();
      overwrite(2);
      Salvage.of(folder, file);
    }
    assertThat(count("SELECT count(*) FROM block WHERE device = 99")).isEqualTo(SENSORS);
  }

  @Test
  void noiseIsNoBlock() throws Exception {
    byte[] noise = new byte[64 * Sqlite.PAGE_SIZE];
    new Random(7).nextBytes(noise);
    for (int page = 0; page < 64; page++) {
      noise[page * Sqlite.PAGE_SIZE] = (byte) (page % 2 == 0 ? 0x0a : 0x02);
    }
    Files.write(file, noise);
    Salvage.of(folder, file);
    assertThat(blocks()).isZero();
    assertThat(path.resolve("damaged/readings-2026-04.db")).hasBinaryContent(noise);
  }

  @Test
  void everyBlockComesBackAsItWas() throws Exception {
    List<String> before = rows();
    Salvage.of(folder, file);
    assertThat(rows()).isEqualTo(before);
  }

  private static void add(MonthWriter writer, int device, int sensor) throws SQLException {
    Random random = new Random(device * 100L + sensor);
    int length = 20 + random.nextInt(900); // some stay on their page, some overflow
    Columns columns = new Columns(length);
    for (int i = 0; i < length; i++)
      columns.add(DAY * Days.SECONDS + i * 60L, random.nextInt(10_000) / 7.0);
    writer.add(new Block.Place(device, sensor, DAY), columns.all());
  }

  private int blocks() throws SQLException {
    return count("SELECT count(*) FROM block");
  }

  private int count(String query) throws SQLException {
    try (Connection connection = Sqlite.reader(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
  }

  private String sound() throws SQLException {
    try (Connection connection = Sqlite.reader(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.getString(1);
    }
  }

  private List<String> rows() throws SQLException {
    try (Connection connection = Sqlite.reader(file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT device, sensor, day, part, format, count, first, last, crc, hex(data)"
                    + " FROM block ORDER BY 1, 2, 3, 4")) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= 10; i++) row.append(rows.getString(i)).append(' ');
        found.add(row.toString());
      }
      return found;
    }
  }

  private void overwrite(int page) throws IOException {
    byte[] noise = new byte[Sqlite.PAGE_SIZE];
    new Random(page).nextBytes(noise);
    try (RandomAccessFile broken = new RandomAccessFile(file.toFile(), "rw")) {
      broken.seek((long) page * Sqlite.PAGE_SIZE);
      broken.write(noise);
    }
  }

  private void cut(long length) throws IOException {
    try (RandomAccessFile broken = new RandomAccessFile(file.toFile(), "rw")) {
      broken.setLength(length);
    }
  }
}
