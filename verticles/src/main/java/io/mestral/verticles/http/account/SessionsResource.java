package io.mestral.verticles.http.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.Future;

/** {@code POST /v0/sessions} (spec 2.9): a name and a password for a token and a cookie. */
public final class SessionsResource {
  private final UserRegistry registry;
  private final TokenVerifier verifier;
  private final Accounts accounts;

  /** Signs users of that registry in. */
  public SessionsResource(UserRegistry registry, TokenVerifier verifier, Accounts accounts) {
    this.registry = registry;
    this.verifier = verifier;
    this.accounts = accounts;
  }

  /** Signs in: the private token in the body, a session of its own in the cookie. */
  public Future<Answer> create(Exchange exchange) {
    Params params = exchange.params();
    params.require("username", "password");
    String name = params.text("username").orElseThrow();
    Secret password = Secret.of(params.text("password").orElseThrow());
    return registry
        .findByNameOrEmail(name)
        .compose(
            user -> {
              if (user.isEmpty()) throw Problem.recordNotFound("User", "username", name);
              return verifier.byPassword(name, password);
            })
        .map(user -> user.orElseThrow(SessionsResource::wrongPassword))
        .compose(user -> open(user, exchange.address().startsWith("https:")));
  }

  private Future<Answer> open(Principal.User user, boolean secure) {
    return accounts
        .privateToken(user.id())
        .compose(
            token ->
                accounts
                    .session(user.id())
                    .map(
                        session ->
                            Answer.ok(
                                    json ->
                                        json.object(
                                            () -> json.field("access_token", token.reveal())))
                                .with(
                                    "Set-Cookie", SessionCookie.header(session.reveal(), secure))));
  }

  private static Problem wrongPassword() {
    ObjectNode errors = JsonNodeFactory.instance.objectNode();
    errors.putObject("message").put("password", "is incorrect");
    return Problem.unprocessable(errors.put("password", "is incorrect"));
  }
}
