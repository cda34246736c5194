package io.mestral.verticles.http.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.auth.oauth.GrantWitness;
import io.mestral.verticles.auth.oauth.OAuthProblem;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.vertx.core.Future;

/** What applications ask in their own name: tokens, and what became of them. */
public final class TokenResource {
  private static final String CHALLENGE = "Basic realm=\"oauth\"";

  private final AuthorizationServer server;

  /** Asks that server. */
  public TokenResource(AuthorizationServer server) {
    this.server = server;
  }

  /** {@code POST /oauth/token} (RFC 6749, 3.2). */
  public Future<Answer> token(Exchange exchange) {
    return settled(
        server
            .tokens()
            .answer(Wire.post(exchange), exchange.origin(), witness(exchange))
            .map(tokens -> Wire.json(200, tokens.toJSONObject().toJSONString())));
  }

  /** {@code POST /oauth/revoke} (RFC 7009). */
  public Future<Answer> revoke(Exchange exchange) {
    return settled(
        server
            .revocation()
            .answer(Wire.post(exchange), exchange.origin(), witness(exchange))
            .map(done -> Wire.json(200, "{}")));
  }

  /** {@code POST /oauth/introspect} (RFC 7662). */
  public Future<Answer> introspect(Exchange exchange) {
    return settled(
        server
            .introspection()
            .answer(Wire.post(exchange), exchange.origin())
            .map(found -> Wire.json(200, found.toJSONObject().toJSONString())));
  }

  private static GrantWitness witness(Exchange exchange) {
    return (application, user) -> {
      exchange.deed().about("application " + application, user);
      exchange.deed().note();
    };
  }

  private static Future<Answer> settled(Future<Answer> answering) {
    return answering.recover(
        failure ->
            failure instanceof OAuthProblem problem
                ? Future.succeededFuture(refused(problem))
                : Future.failedFuture(failure));
  }

  private static Answer refused(OAuthProblem problem) {
    Answer answer = Wire.error(problem.error());
    boolean unknown = problem.error().getCode().equals(OAuth2Error.INVALID_CLIENT.getCode());
    return unknown ? answer.with("WWW-Authenticate", CHALLENGE) : answer;
  }
}
