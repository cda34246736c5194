package io.mestral.storage.sql.metadata;

import io.mestral.storage.TokenUses;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Many;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

final class SqlTokenUses implements TokenUses {
  private static final String NOTE =
      """
      INSERT INTO token_uses (hash, used_at) VALUES ($1, $2)
      ON CONFLICT (hash) DO UPDATE SET used_at = excluded.used_at
      WHERE token_uses.used_at < excluded.used_at
      """;
  private static final String FORGET = "DELETE FROM token_uses WHERE hash = $1";

  private final Engine engine;
  private final String lastUses;

  SqlTokenUses(Engine engine) {
    this.engine = engine;
    lastUses = "SELECT hash, used_at FROM token_uses WHERE " + engine.dialect().among("hash", "$1");
  }

  @Override
  public Future<Void> note(String hash, Instant at) {
    return engine.writeAlone(hash.hashCode(), session -> session.change(NOTE, hash, at)).mapEmpty();
  }

  @Override
  public Future<Map<String, Instant>> lastUses(Collection<String> hashes) {
    Many wanted = Many.texts(hashes);
    return engine
        .read(
            session ->
                session.list(
                    lastUses, row -> Map.entry(row.text("hash"), row.time("used_at")), wanted))
        .map(
            found -> {
              Map<String, Instant> uses = new HashMap<>();
              found.forEach(use -> uses.put(use.getKey(), use.getValue()));
              return uses;
            });
  }

  @Override
  public Future<Void> forget(String hash) {
    return engine.writeAlone(hash.hashCode(), session -> session.change(FORGET, hash)).mapEmpty();
  }
}
