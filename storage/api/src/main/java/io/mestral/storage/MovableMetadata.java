package io.mestral.storage;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Metadata that can be told table by table, and be brought to another engine. */
public interface MovableMetadata extends Metadata {
  /**
   * A table.
   *
   * @param columns all but those that follow from other tables
   * @param key the columns that name a row
   */
  record Table(String name, List<String> columns, List<String> key) {
    /** Copies the lists. */
    public Table {
      columns = List.copyOf(columns);
      key = List.copyOf(key);
    }

    /** What names a row of it. */
    public List<Object> keyOf(TableRow row) {
      return key.stream().map(column -> row.values().get(columns.indexOf(column))).toList();
    }
  }

  /**
   * From now on what would change something through a port is refused with {@code UNAVAILABLE};
   * what reads is answered, and the methods here go on. Any thread may ask.
   *
   * @param why what whoever wants a change is told
   */
  void hold(String why);

  /** Whether no change that was asked for before is still under way. */
  boolean isQuiet();

  /** Changes are made again. */
  void release();

  /** All tables with what there is, each after those it refers to. */
  Future<List<Table>> tables();

  /**
   * Rows of a table in the order of their keys.
   *
   * @param after those behind this key; empty for the first
   */
  Future<List<TableRow>> rows(Table table, Optional<List<Object>> after, int limit);

  /** The highest number that was given away in each table that numbers its rows. */
  Future<Map<String, Long>> numbers();

  /** Forgets everything, the catalogue included. Nobody else may use it meanwhile. */
  Future<Void> clear();

  /** Adds rows as they are, numbers included. */
  Future<Void> put(Table table, List<TableRow> rows);

  /** Makes what follows from the rows, and has numbers go on behind those that were given away. */
  Future<Void> finish(Map<String, Long> numbers);
}
