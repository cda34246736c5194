package io.mestral.verticles.http.oauth;

import com.nimbusds.oauth2.sdk.client.ClientInformationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import io.mestral.config.OAuthOptions.Registration;
import io.mestral.model.UserId;
import io.mestral.model.access.Principal;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.auth.oauth.OAuthProblem;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code POST /oauth/register} (RFC 7591): an application makes itself known. */
public final class RegistrationResource {
  private final AuthorizationServer server;

  /** Registers at that server. */
  public RegistrationResource(AuthorizationServer server) {
    this.server = server;
  }

  /** Registers for a user, or for a stranger where that is allowed. */
  public Future<Answer> create(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    if (server.registration() == Registration.OFF) throw Problem.forbidden();
    if (viewer.user().isEmpty() && server.registration() != Registration.OPEN)
      throw Problem.noGoodToken();
    if (viewer.user().isPresent() && !viewer.isInPerson())
      throw Problem.insufficientScope(Optional.empty());
    exchange.deed().note();
    HTTPRequest request = Wire.post(exchange);
    request.setAuthorization(null); // who asks is known
    Optional<UserId> owner = viewer.user().map(Principal.User::id);
    return server
        .registrations()
        .answer(request, owner)
        .map(made -> Wire.answer(new ClientInformationResponse(made, true).toHTTPResponse()))
        .recover(
            failure ->
                failure instanceof OAuthProblem problem
                    ? Future.succeededFuture(Wire.error(problem.error()))
                    : Future.failedFuture(failure));
  }
}
