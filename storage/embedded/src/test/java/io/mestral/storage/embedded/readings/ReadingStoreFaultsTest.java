package io.mestral.storage.embedded.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.series.Columns;
import io.mestral.storage.embedded.readings.series.Days;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingStoreFaultsTest {
  private static final long APRIL = 1_775_001_600L; // 2026-04-01T00:00:00Z
  private static final long MARCH = APRIL - 20 * 86_400;
  private static final SensorId SENSOR = new SensorId(53);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private StoreOnDisk disk;

  @AfterEach
  void close() {
    if (disk != null) disk.close();
    Settled.value(vertx.close());
  }

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

  /** Reading calls for a repair and doesn't wait for it; sealing takes its turns behind it. */
  private void awaitRepair() throws IOException {
    for (int turn = 0; turn < 100_000 && damaged().isEmpty(); turn++)
      Settled.value(disk.store.seal());
    Settled.value(disk.store.seal());
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
  void theNewestReadingsAreCollectedAgainWhenTheirFileIsGoneOrBroken() throws IOException {
    open();
    append(1, MARCH, 1);
    append(1, APRIL, 2);
    append(2, MARCH, 3);
    reseal();
    Path series = folder.resolve("readings/series.db");
    for (int round = 0; round < 2; round++) {
      if (round == 0) Files.delete(series);
      else Files.writeString(series, "broken".repeat(5000));
      open();
      latest(1); // finds out
      Settled.value(disk.store.seal()); // behind the collecting
      assertThat(latest(1)).isEqualTo(new Latest(APRIL, 2, OptionalDouble.of(1)));
      assertThat(latest(2)).isEqualTo(new Latest(MARCH, 3, OptionalDouble.empty()));
      disk.close();
    }
    assertThat(damaged()).containsExactly("series.db");
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

  @Test
  void theNewestReadingsAreCollectedAtOnceOrNotAtAll() throws Exception {
    open();
    List<Reading> many = new ArrayList<>();
    for (int device = 1; device <= 2000; device++) many.add(reading(device, APRIL, device));
    Settled.value(disk.store.append(many));
    reseal();
    Path series = folder.resolve("readings/series.db");
    Path seen = folder.resolve("seen.db");
    Files.delete(series);
    open();
    for (long turn = 0; turn < 1L << 32 && !Files.exists(series); turn++) Thread.onSpinWait();
    Files.copy(series, seen); // as a kill would leave it
    assertThat(number(seen, "SELECT count(*) FROM series")).isEqualTo(2000);
  }

  @Test
  void newestReadingsThatCouldNotBeCollectedAreLookedForAtTheNextStart() throws Exception {
    open();
    append(1, MARCH, 1);
    append(2, APRIL, 2);
    reseal();
    Path series = folder.resolve("readings/series.db");
    Files.delete(series);
    Path away = folder.resolve("away.db");
    Files.move(month("2026-03"), away);
    Files.createDirectory(month("2026-03")); // can't be opened
    open();
    append(3, APRIL, 3);
    reseal();
    Files.delete(month("2026-03"));
    Files.move(away, month("2026-03"));
    open();
    Settled.value(disk.store.seal()); // behind the collecting
    for (int device = 1; device <= 3; device++)
      assertThat(latest(device).value()).isEqualTo(device);
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
  void anEmptyFileOfTheNewestReadingsIsCollectedAgain() throws IOException {
    open();
    append(1, APRIL, 1);
    reseal();
    Files.write(folder.resolve("readings/series.db"), new byte[0]);
    open();
    latest(1); // finds out
    Settled.value(disk.store.seal()); // behind the collecting
    assertThat(latest(1)).isEqualTo(new Latest(APRIL, 1, OptionalDouble.empty()));
    assertThat(damaged()).containsExactly("series.db");
  }

  @Test
  void aBrokenRowOfTheNewestReadingsHoldsUpNoSealing() throws SQLException, IOException {
    open();
    append(1, MARCH, 1);
    reseal();
    Path series = folder.resolve("readings/series.db");
    execute(series, "UPDATE series SET crc = crc + 1");
    open();
    append(1, APRIL, 2);
    Settled.value(disk.store.seal());
    assertThat(latest(1)).isEqualTo(new Latest(APRIL, 2, OptionalDouble.of(1)));
    assertThat(damaged()).containsExactly("series.db");
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

  private void open() {
    disk = StoreOnDisk.open(vertx, folder);
  }

  /** All in blocks, nothing open. */
  private void reseal() {
    Settled.value(disk.store.seal());
    disk.close();
  }

  private void append(long device, long second, double value) {
    Settled.value(disk.store.append(List.of(reading(device, second, value))));
  }

  private static Reading reading(long device, long second, double value) {
    return new Reading(new DeviceId(device), SENSOR, second, value);
  }

  private Samples read(long device) {
    Series series = new Series(new DeviceId(device), SENSOR);
    return Settled.value(disk.store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  private Latest latest(long device) {
    DeviceId id = new DeviceId(device);
    Map<SensorId, Latest> all = Settled.value(disk.store.latest(List.of(id))).get(id);
    return all.get(SENSOR);
  }

  private static Samples samples(double... secondsAndValues) {
    Columns columns = new Columns(4);
    for (int i = 0; i < secondsAndValues.length; i += 2)
      columns.add((long) secondsAndValues[i], secondsAndValues[i + 1]);
    return columns.toSamples();
  }

  private Path month(String month) {
    return folder.resolve("readings/readings-" + month + ".db");
  }

  private List<String> damaged() {
    Path damaged = folder.resolve("readings/damaged");
    try (var files = Files.list(damaged)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith("-wal") && !name.endsWith("-shm"))
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static void execute(Path file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement change = connection.createStatement()) {
      change.executeUpdate(statement);
    }
  }

  private int count(String month, String query) throws SQLException {
    return number(month(month), query);
  }

  private static int number(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
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
