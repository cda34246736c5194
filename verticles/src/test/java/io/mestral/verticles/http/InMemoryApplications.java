package io.mestral.verticles.http;

import io.mestral.model.UserId;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.OAuthApplication;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Applications in a map. */
final class InMemoryApplications implements ApplicationRegistry {
  private final Map<Long, OAuthApplication> applications = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();

  @Override
  public Future<OAuthApplication> add(OAuthApplication draft) {
    OAuthApplication made = withId(last.incrementAndGet(), draft);
    applications.put(made.id(), made);
    return Future.succeededFuture(made);
  }

  private static OAuthApplication withId(long id, OAuthApplication draft) {
    return new OAuthApplication(
        id,
        draft.owner(),
        draft.uid(),
        draft.secret(),
        draft.name(),
        draft.redirectUris(),
        draft.scopes(),
        draft.createdAt(),
        draft.updatedAt());
  }

  @Override
  public Future<Optional<OAuthApplication>> find(long id) {
    return Future.succeededFuture(Optional.ofNullable(applications.get(id)));
  }

  @Override
  public Future<Optional<OAuthApplication>> findByUid(String uid) {
    return Future.succeededFuture(
        applications.values().stream().filter(one -> one.uid().equals(uid)).findFirst());
  }

  @Override
  public Future<List<OAuthApplication>> ownedBy(UserId owner) {
    return Future.succeededFuture(
        applications.values().stream()
            .filter(one -> one.owner().equals(Optional.of(owner)))
            .toList());
  }

  @Override
  public Future<OAuthApplication> update(long id, UnaryOperator<OAuthApplication> change) {
    return Future.succeededFuture(applications.computeIfPresent(id, (k, v) -> change.apply(v)));
  }

  @Override
  public Future<Void> remove(long id) {
    applications.remove(id);
    return Future.succeededFuture();
  }
}
