package io.mestral.storage.sql;

import io.mestral.storage.MovableMetadata.Table;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** What an engine knows of its tables, and how they are filled with what was elsewhere. */
public interface TableCatalog {
  /**
   * All tables, each after those it refers to, with the columns that don't follow from others; but
   * not those that are about the database and not about what is in it.
   */
  Future<List<Table>> tables(Session session);

  /** The engine's names of the columns' kinds. */
  Future<Map<String, String>> kinds(Session session, Table table);

  /** A value of a {@link io.mestral.storage.TableRow} as a column of this kind takes it. */
  Object taken(Object value, String kind);

  /** Empties all tables, given as {@link #tables} has them. */
  Future<Void> clear(Session session, List<Table> tables);

  /** The highest number that was given away in each table that numbers its rows. */
  Future<Map<String, Long>> numbers(Session session);

  /** Has numbers go on behind those that were given away. */
  Future<Void> goOn(Session session, Map<String, Long> numbers);
}
