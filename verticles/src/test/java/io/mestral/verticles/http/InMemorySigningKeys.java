package io.mestral.verticles.http;

import io.mestral.storage.SigningKey;
import io.mestral.storage.SigningKeyRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Signing keys in a list. */
public final class InMemorySigningKeys implements SigningKeyRegistry {
  private final List<SigningKey> keys = new CopyOnWriteArrayList<>();

  @Override
  public Future<List<SigningKey>> list() {
    return Future.succeededFuture(List.copyOf(keys));
  }

  @Override
  public Future<Void> add(SigningKey key) {
    keys.add(key);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> remove(String id) {
    keys.removeIf(key -> key.id().equals(id));
    return Future.succeededFuture();
  }
}
