package io.mestral.verticles.http;

import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.ApiToken;
import io.mestral.storage.TokenRegistry;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API tokens in a map. */
final class InMemoryTokens implements TokenRegistry {
  private final Map<String, ApiToken> tokens = new ConcurrentHashMap<>();

  /** What every addition fails with from now on, as on a full disk. */
  volatile Optional<Refusal> trouble = Optional.empty();

  @Override
  public Future<Void> add(ApiToken token) {
    if (trouble.isPresent())
      return Future.failedFuture(new RefusedException(trouble.get(), "on purpose"));
    if (token.kind() == ApiToken.Kind.PRIVATE)
      tokens.values().removeIf(old -> isPrivateOf(old, token.user()));
    tokens.put(token.token().hash(), token);
    return Future.succeededFuture();
  }

  @Override
  public Future<Optional<ApiToken>> find(String hash) {
    return Future.succeededFuture(Optional.ofNullable(tokens.get(hash)));
  }

  @Override
  public Future<Optional<ApiToken>> privateTokenOf(UserId user) {
    return Future.succeededFuture(
        tokens.values().stream().filter(token -> isPrivateOf(token, user)).findFirst());
  }

  @Override
  public Future<Void> remove(String hash) {
    tokens.remove(hash);
    return Future.succeededFuture();
  }

  void endSessions(UserId user, String except) {
    tokens
        .values()
        .removeIf(
            token ->
                token.user().equals(user)
                    && token.kind() == ApiToken.Kind.SESSION
                    && !token.token().hash().equals(except));
  }

  private static boolean isPrivateOf(ApiToken token, UserId user) {
    return token.kind() == ApiToken.Kind.PRIVATE && token.user().equals(user);
  }
}
