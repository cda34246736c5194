package io.mestral.verticles.http;

import io.mestral.storage.HeldMessage;
import io.mestral.storage.Network;
import io.mestral.storage.Orphan;
import io.mestral.storage.OrphanRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** No orphan ever: what they do is shown on a whole node. */
public class InMemoryOrphans implements OrphanRegistry {
  @Override
  public Future<Orphan> add(Orphan draft, Network from) {
    return Future.succeededFuture(draft);
  }

  @Override
  public Future<Optional<Orphan>> find(UUID session) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Orphan> update(UUID session, UnaryOperator<Orphan> change) {
    return Future.failedFuture("no orphans here");
  }

  @Override
  public Future<Optional<Orphan>> findByToken(String tokenHash) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Optional<Orphan>> handshake(String tokenHash, Instant now) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Void> hold(long orphan, HeldMessage message) {
    return Future.failedFuture("no orphans here");
  }

  @Override
  public Future<List<HeldMessage>> held(long orphan, long after, int limit) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Void> forget(long orphan, long upTo) {
    return Future.succeededFuture();
  }

  @Override
  public Future<List<Orphan>> toReplay(int limit) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Integer> sweep(Instant untouchedSince, Instant arrivedBefore) {
    return Future.succeededFuture(0);
  }
}
