package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.SealedToken;
import io.mestral.storage.NodeKey;
import io.mestral.storage.NodeKeyRegistry;
import io.mestral.storage.Steps;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

final class SqlNodeKeyRegistry implements NodeKeyRegistry {
  /** They are few, and what is done about one concerns the others. */
  private static final long ALL_OF_THEM = 0;

  private static final Comparator<NodeKey> OLDEST_FIRST =
      Comparator.comparing(NodeKey::createdAt).thenComparing(NodeKey::name);

  private static final String LIST =
      "SELECT name, public_key, hash, cipher, created_at, ends_at FROM node_keys";
  private static final String NAMED = "SELECT name FROM node_keys WHERE name = $1";
  private static final String END =
      "UPDATE node_keys SET ends_at = $1 WHERE ends_at IS NULL OR ends_at > $1";
  private static final String INSERT =
      "INSERT INTO node_keys (name, public_key, hash, cipher, created_at) VALUES"
          + " ($1, $2, $3, $4, $5)";
  private static final String REMOVE_ENDED = "DELETE FROM node_keys WHERE ends_at <= $1";

  private final Engine engine;

  SqlNodeKeyRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<List<NodeKey>> list() {
    return engine
        .read(session -> session.list(LIST, SqlNodeKeyRegistry::read))
        .map(found -> found.stream().sorted(OLDEST_FIRST).toList());
  }

  @Override
  public Future<Boolean> replace(List<NodeKey> fresh, Instant formerEnd) {
    return engine.write(
        ALL_OF_THEM,
        session ->
            session
                .first(NAMED, row -> row.text("name"), fresh.get(0).name())
                .compose(
                    taken ->
                        taken.isPresent()
                            ? Future.succeededFuture(false)
                            : session
                                .change(END, formerEnd)
                                .compose(done -> insert(session, fresh))
                                .map(true)));
  }

  private static Future<Void> insert(Session session, List<NodeKey> fresh) {
    return Steps.forEach(
        fresh,
        key ->
            session.change(
                INSERT,
                key.name(),
                key.publicKey(),
                key.sealed().hash(),
                key.sealed().cipher(),
                key.createdAt()));
  }

  @Override
  public Future<Integer> removeEnded(Instant now) {
    return engine.writeAlone(ALL_OF_THEM, session -> session.change(REMOVE_ENDED, now));
  }

  private static NodeKey read(Row row) {
    return new NodeKey(
        row.text("name"),
        row.text("public_key"),
        new SealedToken(row.text("hash"), row.bytes("cipher")),
        row.time("created_at"),
        row.optionalTime("ends_at"));
  }
}
