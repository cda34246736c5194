package io.mestral.storage.cassandra;

/** Every statement the store makes; {@code %s} is the keyspace. */
enum Cql {
  INSERT_ROW(
      "INSERT INTO %s.readings (device, week, second, sensors, vals) VALUES (?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?"),
  SELECT_ROWS(
      "SELECT second, sensors, vals, WRITETIME(vals) FROM %s.readings"
          + " WHERE device = ? AND week = ? AND second >= ? AND second <= ?"),
  SELECT_ROWS_NEWEST_FIRST(
      "SELECT second, sensors, vals, WRITETIME(vals) FROM %s.readings"
          + " WHERE device = ? AND week = ? ORDER BY second DESC, sensors DESC"),
  DELETE_ROW(
      "DELETE FROM %s.readings USING TIMESTAMP ?"
          + " WHERE device = ? AND week = ? AND second = ? AND sensors = ?"),

  DELETE_ROWS("DELETE FROM %s.readings USING TIMESTAMP ? WHERE device = ? AND week = ?"),

  DELETE_ROWS_OF_DAY(
      "DELETE FROM %s.readings USING TIMESTAMP ?"
          + " WHERE device = ? AND week = ? AND second >= ? AND second <= ?"),

  INSERT_WEEK("INSERT INTO %s.weeks (device, week) VALUES (?, ?) USING TIMESTAMP ?"),
  SELECT_WEEKS("SELECT week FROM %s.weeks WHERE device = ? AND week >= ? AND week <= ?"),

  SELECT_DEVICES("SELECT DISTINCT device FROM %s.weeks"),
  DELETE_WEEKS("DELETE FROM %s.weeks USING TIMESTAMP ? WHERE device = ? AND week < ?"),

  INSERT_HOUR(
      "INSERT INTO %s.hours (device, year, sensor, hour, summary) VALUES (?, ?, ?, ?, ?)"
          + " USING TIMESTAMP ?"),
  SELECT_HOURS(
      "SELECT hour, summary FROM %s.hours"
          + " WHERE device = ? AND year = ? AND sensor = ? AND hour >= ? AND hour <= ?"),
  SELECT_HOURS_OF(
      "SELECT sensor, hour, summary FROM %s.hours"
          + " WHERE device = ? AND year = ? AND sensor IN ? AND hour >= ? AND hour <= ?"),
  DELETE_HOURS(
      "DELETE FROM %s.hours USING TIMESTAMP ?"
          + " WHERE device = ? AND year = ? AND sensor = ? AND hour >= ? AND hour <= ?"),

  INSERT_DAY(
      "INSERT INTO %s.days (device, sensor, day, summary) VALUES (?, ?, ?, ?) USING TIMESTAMP ?"),
  SELECT_DAYS(
      "SELECT day, summary FROM %s.days"
          + " WHERE device = ? AND sensor = ? AND day >= ? AND day <= ?"),
  SELECT_DAYS_OF(
      "SELECT sensor, day FROM %s.days"
          + " WHERE device = ? AND sensor IN ? AND day >= ? AND day <= ?"),
  SELECT_NEXT_SENSOR("SELECT sensor FROM %s.days WHERE device = ? AND sensor > ? LIMIT 1"),
  SELECT_SENSORS_ON("SELECT sensor FROM %s.days WHERE device = ? AND sensor IN ? AND day = ?"),
  DELETE_DAYS(
      "DELETE FROM %s.days USING TIMESTAMP ?"
          + " WHERE device = ? AND sensor = ? AND day >= ? AND day <= ?"),

  INSERT_NEWEST("INSERT INTO %s.newest (device, series) VALUES (?, ?) USING TIMESTAMP ?"),
  SELECT_NEWEST("SELECT series FROM %s.newest WHERE device = ?"),
  SELECT_NEWEST_OF("SELECT device, series FROM %s.newest WHERE device IN ?"),
  SCAN_NEWEST("SELECT device, series FROM %s.newest"),

  INSERT_CHANGE("INSERT INTO %s.changes (node, number, before, devices) VALUES (?, ?, ?, ?)"),
  SELECT_CHANGES(
      "SELECT number, before, devices FROM %s.changes WHERE node = ? AND number > ? LIMIT ?"),
  INSERT_FEED("INSERT INTO %s.feeds (part, node, last) VALUES ('all', ?, ?)"),
  SELECT_FEEDS("SELECT node, last FROM %s.feeds WHERE part = 'all'"),

  INSERT_ARRIVAL("INSERT INTO %s.arrivals (part, last) VALUES ('all', ?) USING TIMESTAMP ?"),
  SELECT_ARRIVAL("SELECT last FROM %s.arrivals WHERE part = 'all'"),

  SELECT_CLAIM("SELECT attempt, since FROM %s.claims WHERE part = 'readings'"),
  TAKE_CLAIM(
      "INSERT INTO %s.claims (part, attempt, since) VALUES ('readings', ?, ?) IF NOT EXISTS"),
  RELEASE_CLAIM("DELETE FROM %s.claims WHERE part = 'readings' IF attempt = ?"),

  INSERT_LATE(
      "INSERT INTO %s.late_days (device, day, sensor, opened) VALUES (?, ?, ?, ?)"
          + " USING TIMESTAMP ?"),
  SELECT_LATE("SELECT day, sensor FROM %s.late_days WHERE device = ? AND day >= ? AND day <= ?"),
  SCAN_LATE("SELECT device, day, opened FROM %s.late_days"),
  DELETE_LATE("DELETE FROM %s.late_days USING TIMESTAMP ? WHERE device = ? AND day = ?"),

  INSERT_RETIRED(
      "INSERT INTO %s.retired (part, raw, rollup, raw_week, rollup_week)"
          + " VALUES ('all', ?, ?, ?, ?) USING TIMESTAMP ?"),
  SELECT_RETIRED("SELECT raw, rollup, raw_week, rollup_week FROM %s.retired WHERE part = 'all'");

  private final String text;

  Cql(String text) {
    this.text = text;
  }

  String in(String keyspace) {
    return String.format(text, keyspace);
  }
}
