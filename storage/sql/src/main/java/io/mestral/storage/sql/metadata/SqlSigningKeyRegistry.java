package io.mestral.storage.sql.metadata;

import io.mestral.model.platform.SealedToken;
import io.mestral.storage.SigningKey;
import io.mestral.storage.SigningKeyRegistry;
import io.mestral.storage.sql.Engine;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;

final class SqlSigningKeyRegistry implements SigningKeyRegistry {
  private static final String LIST = "SELECT id, hash, cipher, created_at FROM signing_keys";
  private static final String INSERT =
      "INSERT INTO signing_keys (id, hash, cipher, created_at) VALUES ($1, $2, $3, $4)";
  private static final String REMOVE = "DELETE FROM signing_keys WHERE id = $1";

  private final Engine engine;

  SqlSigningKeyRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<List<SigningKey>> list() {
    return engine
        .read(
            session ->
                session.list(
                    LIST,
                    row ->
                        new SigningKey(
                            row.text("id"),
                            new SealedToken(row.text("hash"), row.bytes("cipher")),
                            row.time("created_at"))))
        .map(
            keys ->
                keys.stream()
                    .sorted(
                        Comparator.comparing(SigningKey::createdAt).thenComparing(SigningKey::id))
                    .toList());
  }

  @Override
  public Future<Void> add(SigningKey key) {
    return engine
        .writeAlone(
            key.id().hashCode(),
            session ->
                session.change(
                    INSERT, key.id(), key.sealed().hash(), key.sealed().cipher(), key.createdAt()))
        .mapEmpty();
  }

  @Override
  public Future<Void> remove(String id) {
    return engine.writeAlone(id.hashCode(), session -> session.change(REMOVE, id)).mapEmpty();
  }
}
