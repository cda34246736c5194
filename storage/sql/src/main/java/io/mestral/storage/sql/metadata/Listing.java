package io.mestral.storage.sql.metadata;

import io.mestral.storage.Page;
import io.mestral.storage.Paging;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.function.Function;

/** Pages of what a search finds, and how much that is. */
final class Listing<T> {
  private final Engine engine;
  private final String columns;
  private final Function<Row, T> reader;

  /**
   * @param columns what {@code reader} needs
   */
  Listing(Engine engine, String columns, Function<Row, T> reader) {
    this.engine = engine;
    this.columns = columns;
    this.reader = reader;
  }

  /**
   * @param text knows the arguments of the rest
   * @param where tables and conditions
   */
  Future<Page<T>> page(SearchText text, String where, String order, Paging paging) {
    Object[] found = text.arguments();
    String limits =
        " LIMIT " + text.place((long) paging.size()) + " OFFSET " + text.place(paging.offset());
    String page = "SELECT " + columns + " FROM " + where + " ORDER BY " + order + limits;
    String count = "SELECT count(*) AS n FROM " + where;
    return engine.read(
        session ->
            session
                .list(page, reader, text.arguments())
                .compose(
                    items -> session.number(count, found).map(total -> new Page<>(items, total))));
  }
}
