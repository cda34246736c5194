package io.mestral.verticles.http.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v0/sessions} (spec 2.9): a name and a password for a token and a cookie. */
public final class SessionsResource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionsResource.class);
  private static final Set<Refusal> STORE_TROUBLE =
      EnumSet.of(Refusal.UNAVAILABLE, Refusal.QUOTA_EXCEEDED, Refusal.INTERNAL);

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
    return verifier
        .byPassword(name, password, exchange.origin())
        .compose(
            user -> user.isPresent() ? Future.succeededFuture(user.get()) : refuse(exchange, name))
        .onSuccess(
            user -> {
              exchange.deed().about("user " + user.id(), user.id());
              exchange.deed().noteAs(user.id());
            })
        .compose(user -> open(user, exchange.address().startsWith("https:")));
  }

  private Future<Principal.User> refuse(Exchange exchange, String name) {
    exchange.deed().note();
    return registry
        .findByNameOrEmail(name)
        .map(
            user -> {
              if (user.isEmpty()) throw Problem.recordNotFound("User", "username", name);
              UserId id = user.get().id();
              exchange.deed().about("user " + id, id);
              throw wrongPassword();
            });
  }

  private Future<Answer> open(Principal.User user, boolean secure) {
    return accounts
        .privateToken(user.id())
        .map(
            token ->
                Answer.ok(json -> json.object(() -> json.field("access_token", token.reveal()))))
        .compose(answer -> withCookie(answer, user.id(), secure));
  }

  /** Without its cookie where no session can be kept: people get in even on a full disk. */
  private Future<Answer> withCookie(Answer answer, UserId user, boolean secure) {
    return accounts
        .session(user)
        .map(session -> answer.with("Set-Cookie", SessionCookie.header(session.reveal(), secure)))
        .recover(
            failure -> {
              if (!STORE_TROUBLE.contains(Refusal.of(failure))) return Future.failedFuture(failure);
              LOG.warn("user {} signed in without a session: {}", user, failure.toString());
              return Future.succeededFuture(answer);
            });
  }

  private static Problem wrongPassword() {
    ObjectNode errors = JsonNodeFactory.instance.objectNode();
    errors.putObject("message").put("password", "is incorrect");
    return Problem.unprocessable(errors.put("password", "is incorrect"));
  }
}
