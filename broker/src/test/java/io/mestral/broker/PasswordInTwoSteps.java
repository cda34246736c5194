package io.mestral.broker;

import io.mestral.model.UserId;
import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * A method {@code STEPS}: the client says a name, is asked "password?", and says it; the answer to
 * the right one is "welcome". Who says "wait" as password is never answered.
 */
final class PasswordInTwoSteps implements Authenticator {
  static final String METHOD = "STEPS";

  @Override
  public Future<Login> authenticate(Credentials credentials) {
    return Future.succeededFuture(Login.ANONYMOUS);
  }

  @Override
  public Optional<AuthenticationExchange> exchange(String method, Credentials credentials) {
    return method.equals(METHOD) ? Optional.of(new Steps()) : Optional.empty();
  }

  private static final class Steps implements AuthenticationExchange {
    private String name = "";

    @Override
    public Future<Step> next(Buffer data) {
      if (name.isEmpty()) {
        name = data.toString();
        return Future.succeededFuture(new Challenge(Buffer.buffer("password?")));
      }
      return switch (data.toString()) {
        case "right" ->
            Future.succeededFuture(new Done(Login.of(user()), Buffer.buffer("welcome")));
        case "wait" -> Future.future(never -> {});
        default -> Future.failedFuture(new RefusedException(Refusal.BAD_CREDENTIALS, "wrong"));
      };
    }

    private Principal user() {
      return new Principal.User(new UserId(name.length()), name, Role.CITIZEN);
    }
  }
}
