package io.mestral.verticles.http;

import io.mestral.model.UserId;
import io.mestral.storage.GrantRegistry;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.OAuthToken;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Grants and their tokens in maps. */
final class InMemoryGrants implements GrantRegistry {
  private final Map<UUID, OAuthGrant> grants = new ConcurrentHashMap<>();
  private final Map<String, OAuthToken> tokens = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();

  @Override
  public Future<Void> add(OAuthGrant grant) {
    grants.put(grant.id(), grant);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> add(OAuthGrant grant, OAuthToken code) {
    tokens.put(code.hash(), code);
    return add(grant);
  }

  @Override
  public Future<Optional<OAuthGrant>> find(UUID id) {
    return Future.succeededFuture(Optional.ofNullable(grants.get(id)));
  }

  @Override
  public Future<Optional<OAuthGrant>> standing(UUID id, String accessToken) {
    return find(id).map(found -> found.filter(grant -> !revoked.contains(accessToken)));
  }

  @Override
  public Future<List<OAuthGrant>> ofUser(UserId user) {
    return Future.succeededFuture(
        grants.values().stream().filter(grant -> grant.user().equals(user)).toList());
  }

  @Override
  public Future<List<OAuthGrant>> ofApplication(long application, int limit) {
    return Future.succeededFuture(
        grants.values().stream()
            .filter(grant -> grant.application() == application)
            .limit(limit)
            .toList());
  }

  @Override
  public Future<Optional<OAuthToken>> findToken(String hash) {
    return Future.succeededFuture(Optional.ofNullable(tokens.get(hash)));
  }

  @Override
  public Future<Boolean> exchange(String hash, OAuthToken next) {
    OAuthToken before = tokens.get(hash);
    if (before == null || before.usedAt().isPresent()) return Future.succeededFuture(false);
    OAuthToken used =
        new OAuthToken(
            hash,
            before.grant(),
            before.request(),
            before.createdAt(),
            before.expiresAt(),
            Optional.of(next.createdAt()));
    if (!tokens.replace(hash, before, used)) return Future.succeededFuture(false);
    tokens.put(next.hash(), next);
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> revoke(UUID id) {
    grants.remove(id);
    tokens.values().removeIf(token -> token.grant().equals(id));
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> revokeAccessToken(String accessToken, Instant until) {
    revoked.add(accessToken);
    return Future.succeededFuture();
  }
}
