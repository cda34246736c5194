package io.mestral.storage.sql.metadata;

import io.mestral.storage.TrustedKeyRecord;
import io.mestral.storage.TrustedKeyRecord.Kind;
import io.mestral.storage.TrustedKeyRegistry;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

final class SqlTrustedKeyRegistry implements TrustedKeyRegistry {
  private static final String LIST =
      "SELECT id, kind, controller, material, created_at FROM trusted_keys ORDER BY id";
  private static final String INSERT =
      "INSERT INTO trusted_keys (id, kind, controller, material, created_at)"
          + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";
  private static final String REMOVE = "DELETE FROM trusted_keys WHERE id = $1";

  private final Engine engine;

  SqlTrustedKeyRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<List<TrustedKeyRecord>> list() {
    return engine.read(session -> session.list(LIST, SqlTrustedKeyRegistry::read));
  }

  @Override
  public Future<Boolean> add(TrustedKeyRecord key) {
    return engine
        .writeAlone(
            key.id().hashCode(),
            session ->
                session.change(
                    INSERT,
                    key.id(),
                    key.kind().name().toLowerCase(Locale.ROOT),
                    key.controller(),
                    key.material(),
                    key.createdAt()))
        .map(rows -> rows > 0);
  }

  @Override
  public Future<Boolean> remove(String id) {
    return engine
        .writeAlone(id.hashCode(), session -> session.change(REMOVE, id))
        .map(rows -> rows > 0);
  }

  private static TrustedKeyRecord read(Row row) {
    return new TrustedKeyRecord(
        row.text("id"),
        Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
        row.text("controller"),
        row.text("material"),
        row.time("created_at"));
  }
}
