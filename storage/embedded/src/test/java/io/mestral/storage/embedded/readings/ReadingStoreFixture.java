package io.mestral.storage.embedded.readings;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Settled;
import io.mestral.storage.embedded.readings.series.Columns;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a folder that a test may break. */
abstract class ReadingStoreFixture {
  static final long APRIL = 1_775_001_600L; // 2026-04-01T00:00:00Z
  static final long MARCH = APRIL - 20 * 86_400;
  static final SensorId SENSOR = new SensorId(53);

  @TempDir Path folder;
  final Vertx vertx = Vertx.vertx();
  StoreOnDisk disk;

  @AfterEach
  void close() {
    if (disk != null) disk.close();
    Settled.value(vertx.close());
  }

  void open() {
    disk = StoreOnDisk.open(vertx, folder);
  }

  /** All in blocks, nothing open. */
  void reseal() {
    Settled.value(disk.store.seal());
    disk.close();
  }

  void append(long device, long second, double value) {
    Settled.value(disk.store.append(List.of(reading(device, second, value))));
  }

  static Reading reading(long device, long second, double value) {
    return new Reading(new DeviceId(device), SENSOR, second, value);
  }

  Samples read(long device) {
    Series series = new Series(new DeviceId(device), SENSOR);
    return Settled.value(disk.store.read(series, TimeRange.ALWAYS, Integer.MAX_VALUE));
  }

  Latest latest(long device) {
    DeviceId id = new DeviceId(device);
    Map<SensorId, Latest> all = Settled.value(disk.store.latest(List.of(id))).get(id);
    return all.get(SENSOR);
  }

  static Samples samples(double... secondsAndValues) {
    Columns columns = new Columns(4);
    for (int i = 0; i < secondsAndValues.length; i += 2)
      columns.add((long) secondsAndValues[i], secondsAndValues[i + 1]);
    return columns.toSamples();
  }

  Path month(String month) {
    return folder.resolve("readings/readings-" + month + ".db");
  }

  List<String> damaged() {
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

  static void execute(Path file, String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement change = connection.createStatement()) {
      change.executeUpdate(statement);
    }
  }

  int count(String month, String query) throws SQLException {
    return number(month(month), query);
  }

  static int number(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getInt(1);
    }
  }
}
