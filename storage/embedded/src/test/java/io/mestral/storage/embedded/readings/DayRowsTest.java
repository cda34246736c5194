package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.files.ReadingsFolder;
import io.mestral.storage.embedded.readings.salvage.Salvage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of days: files of every version, damage, and what they say once blocks are gone. */
class DayRowsTest {
  private static final long START = 1_774_828_800L; // 2026-03-30T00:00:00Z
  private static final Series NOISE = new Series(new DeviceId(42), new SensorId(53));
  private static final Series LIGHT = new Series(new DeviceId(42), new SensorId(14));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StoreOnDisk disk;

  @AfterEach
  void close() {
    if (disk != null) disk.close();
    Settled.value(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"readings-1", "readings-2"})
  void filesOfEveryVersionAnswerAndAreUpgraded(String version) throws Exception {
    layOut(version);
    open();
    for (int round = 0; round < 2; round++) {
      assertThat(read(NOISE).size()).isEqualTo(4 * 144);
      assertThat(read(NOISE).value(500)).isEqualTo((500 * 37 % 801 - 400) / 10.0);
      assertThat(read(LIGHT).value(7)).isEqualTo(14 / 7.0);
      for (Span span : Span.values()) agree(span);
      Settled.value(disk.store.append(List.of(reading(START + 600 * 600, 1))));
      Settled.value(disk.store.seal());
      delete(START + 600 * 600);
    }
    Settled.value(disk.store.seal());
    for (String month : List.of("2026-03", "2026-04")) {
      assertThat(number(month, "PRAGMA user_version")).isEqualTo(2);
      assertThat(number(month, "SELECT count(*) FROM day")).isEqualTo(4);
    }
  }

  @Test
  void aDamagedRowIsMendedFromTheBlocks() throws Exception {
    layOut("readings-2");
    sql("2026-03", "UPDATE day SET data = zeroblob(40) WHERE sensor = 53");
    open();
    agree(Span.HOUR);
    Settled.value(disk.store.seal()); // behind the mending
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isEqualTo(2);
    agree(Span.DAY);
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isEqualTo(2);
  }

  @Test
  void theRowsOfASalvagedFileAreMadeAgain() throws Exception {
    layOut("readings-2");
    try (RandomAccessFile file = new RandomAccessFile(month("2026-03").toFile(), "rw")) {
      file.write(new byte[8192]);
    }
    open();
    read(NOISE); // finds out
    for (int turn = 0; turn < 100_000 && !Files.exists(folder.resolve("readings/damaged")); turn++)
      Settled.value(disk.store.seal());
    Settled.value(disk.store.seal());
    assertThat(read(NOISE).size()).isEqualTo(4 * 144);
    for (Span span : Span.values()) agree(span);
    assertThat(number("2026-03", "SELECT count(*) FROM day")).isEqualTo(4);
  }

  @Test
  void blocksThatTheIndexLostAreFoundByASalvage() throws Exception {
    layOut("readings-2");
    byte[] file = Files.readAllBytes(month("2026-03"));
    int index = (int) number("2026-03", "SELECT rootpage FROM sqlite_schema WHERE type = 'index'");
    file[index * 8192 - 3]--; // of the first entry's columns: it stands at the page's end
    Files.write(month("2026-03"), file);
    open();
    read(NOISE); // one of the two finds out
    read(LIGHT);
    for (int turn = 0; turn < 100_000 && !Files.exists(folder.resolve("readings/damaged")); turn++)
      Settled.value(disk.store.seal());
    Settled.value(disk.store.seal());
    assertThat(read(NOISE).size()).isEqualTo(4 * 144);
    assertThat(read(LIGHT).size()).isEqualTo(2 * 144);
    assertThat(disk.meters.counter("mestral.readings.damaged").count()).isPositive();
  }

  @Test
  void whatWasRemovedIsNotSalvaged() throws Exception {
    layOut("readings-2");
    open();
    Settled.value(disk.store.delete(NOISE, new TimeRange(START + 1000, START + 100_000)));
    Settled.value(disk.store.seal());
    Samples left = read(NOISE);
    disk.close();
    ReadingsFolder files = new ReadingsFolder(folder.resolve("readings"));
    Salvage.of(files, month("2026-03"));
    open();
    assertThat(read(NOISE)).isEqualTo(left);
    agree(Span.HOUR);
  }

  private void layOut(String version) throws IOException, URISyntaxException {
    Path from = Path.of(getClass().getResource("/formats/" + version).toURI());
    Path to = Files.createDirectories(folder.resolve("readings"));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private void open() {
    disk = StoreOnDisk.open(vertx, folder);
  }

  private void delete(long second) {
    Settled.value(disk.store.delete(NOISE, new TimeRange(second, second)));
  }

  private static Reading reading(long second, double value) {
    return new Reading(NOISE.device(), NOISE.sensor(), second, value);
  }

  private void agree(Span span) {
    List<Summary> found = summaries(span);
    List<Summary> expected = Summary.of(read(NOISE), span);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      Summary made = expected.get(i);
      double close = 1e-12 * made.count() * 40;
      assertThat(found.get(i).sum()).isCloseTo(made.sum(), within(close));
      assertThat(found.get(i).squares()).isCloseTo(made.squares(), within(close * 40));
      assertThat(found.get(i).count()).isEqualTo(made.count());
      assertThat(found.get(i).min()).isEqualTo(made.min());
      assertThat(found.get(i).lastTime()).isEqualTo(made.lastTime());
    }
  }

  private List<Summary> summaries(Span span) {
    return Settled.value(disk.store.summaries(NOISE, span, TimeRange.ALWAYS));
  }

  private Samples read(Series series) {
    return Settled.value(disk.store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private Path month(String month) {
    return folder.resolve("readings/readings-" + month + ".db");
  }

  private void sql(String month, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + month(month));
        Statement change = connection.createStatement()) {
      change.executeUpdate(statement);
    }
  }

  private long number(String month, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + month(month));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }
}
