package io.mestral.storage.sql.metadata;

import io.mestral.storage.EntityRegistry;
import io.mestral.storage.StoredEntity;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

final class SqlEntityRegistry implements EntityRegistry {
  /** All changes are one queue: the directory above makes them one after the other anyway. */
  private static final long QUEUE = "entities".hashCode();

  private static final String ALL = "iri, owner, gateway, document, registered_at, changed_at";
  private static final String SELECT = "SELECT " + ALL + " FROM entities ";
  private static final String PUT =
      "INSERT INTO entities ("
          + ALL
          + ") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (iri) DO UPDATE SET"
          + " owner = excluded.owner, gateway = excluded.gateway, document = excluded.document,"
          + " registered_at = excluded.registered_at, changed_at = excluded.changed_at";
  private static final String REMOVE = "DELETE FROM entities WHERE iri = $1";
  private static final String FIND = SELECT + "WHERE iri = $1";
  private static final String AFTER = "WHERE iri > $1 ORDER BY iri LIMIT $2";
  private static final String PAGE = SELECT + AFTER;
  private static final String LENGTHS = "SELECT length(document) AS n FROM entities " + AFTER;

  private final Engine engine;

  SqlEntityRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<Void> apply(List<StoredEntity> puts, List<String> removals) {
    if (puts.isEmpty() && removals.isEmpty()) return Future.succeededFuture();
    return engine.write(
        QUEUE,
        session ->
            session
                .changeAll(PUT, puts.stream().map(SqlEntityRegistry::line).toList())
                .compose(
                    put ->
                        session.changeAll(
                            REMOVE, removals.stream().map(iri -> new Object[] {iri}).toList())));
  }

  private static Object[] line(StoredEntity one) {
    return new Object[] {
      one.iri(),
      one.owner(),
      one.gateway(),
      one.document().getBytes(),
      one.registeredAt(),
      one.changedAt()
    };
  }

  @Override
  public Future<Optional<StoredEntity>> find(String iri) {
    return engine.read(session -> session.first(FIND, SqlEntityRegistry::read, iri));
  }

  @Override
  public Future<List<StoredEntity>> page(String after, int limit) {
    return engine.read(
        session ->
            session
                .list(LENGTHS, row -> row.number("n"), after, (long) limit)
                .compose(
                    lengths ->
                        session.list(PAGE, SqlEntityRegistry::read, after, fitting(lengths))));
  }

  /**
   * How many of the first make a page; the engines know lengths without reading what is so long.
   */
  private static long fitting(List<Long> lengths) {
    long bytes = 0;
    for (int i = 0; i < lengths.size(); i++) {
      bytes += lengths.get(i);
      if (i > 0 && bytes > MAX_PAGE_BYTES) return i;
    }
    return lengths.size();
  }

  private static StoredEntity read(Row row) {
    return new StoredEntity(
        row.text("iri"),
        row.text("owner"),
        row.optionalText("gateway"),
        Buffer.buffer(row.bytes("document")),
        row.time("registered_at"),
        row.time("changed_at"));
  }
}
