package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.OIDCError;
import com.nimbusds.openid.connect.sdk.Prompt;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Role;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.Metadata;
import io.mestral.storage.OAuthApplication;
import io.mestral.storage.OAuthGrant;
import io.mestral.storage.OAuthToken;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The authorization endpoint without its pages: what an application asks a user for, and the answer
 * that the user's browser takes back to it. Nobody is sent anywhere that the application didn't
 * register.
 */
public final class AuthorizationDesk {
  private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);
  private static final int LONGEST_NONCE = 500;

  private final Metadata metadata;
  private final TokenVault vault;
  private final Issuer issuer;
  private final Clock clock;

  /** Grants what users grant. */
  public AuthorizationDesk(Metadata metadata, TokenVault vault, Issuer issuer, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.issuer = issuer;
    this.clock = clock;
  }

  /** What is to be done with a request. */
  public sealed interface Outcome {}

  /** The user is to be asked. */
  public record Ask(
      OAuthApplication application,
      Set<Scope> scopes,
      Optional<Instant> signedInSince,
      boolean signInAgain,
      Answering answering)
      implements Outcome {
    /** Where the answer goes. */
    public URI redirect() {
      return answering.redirect;
    }
  }

  /** The user's browser is to go back at once. */
  public record Back(URI address) implements Outcome {}

  /** The user is to be told, for nobody knows where else the answer could go. */
  public record Tell(String message) implements Outcome {}

  /** The same request without the wish to be asked anew; for after that was done. */
  public static String asked(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>(URLUtils.parseParameters(query));
    parameters.remove("prompt");
    parameters.remove("max_age");
    return URLUtils.serializeParameters(parameters);
  }

  /** How the answer goes back. */
  public record Answering(URI redirect, State state, OAuthToken.CodeRequest code) {}

  /**
   * Looks at a request as it stands in the query.
   *
   * @param isSignedIn whether somebody is, whom to ask
   */
  public Future<Outcome> look(String query, boolean isSignedIn) {
    Map<String, List<String>> parameters = URLUtils.parseParameters(query);
    Optional<String> client = single(parameters, "client_id");
    Optional<String> redirect = single(parameters, "redirect_uri");
    if (client.isEmpty() || redirect.isEmpty())
      return told("The application sent no client_id, or no redirect_uri, or several.");
    return metadata
        .applications()
        .findByUid(client.get())
        .map(
            found -> {
              if (found.isEmpty()) return new Tell("There is no such application.");
              if (!RedirectUris.isAmong(found.get().redirectUris(), redirect.get()))
                return new Tell("The application didn't register this redirect_uri.");
              return look(found.get(), parameters, redirect.get(), isSignedIn);
            });
  }

  private static Future<Outcome> told(String message) {
    return Future.succeededFuture(new Tell(message));
  }

  private static Optional<String> single(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private Outcome look(
      OAuthApplication application,
      Map<String, List<String>> parameters,
      String redirect,
      boolean isSignedIn) {
    State state =
        single(parameters, "state").filter(text -> !text.isBlank()).map(State::new).orElse(null);
    try {
      URI address = new URI(redirect);
      try {
        return asked(application, parameters, address, isSignedIn);
      } catch (OAuthProblem refused) {
        return back(address, refused.error(), state);
      }
    } catch (URISyntaxException registeredSo) {
      return new Tell("The application's redirect_uri can't be read.");
    }
  }

  private Outcome asked(
      OAuthApplication application,
      Map<String, List<String>> parameters,
      URI redirect,
      boolean isSignedIn) {
    AuthorizationRequest request = parsed(parameters);
    check(request);
    Set<Scope> scopes = scopes(application, request);
    Optional<AuthenticationRequest> openId = openId(parameters, scopes);
    Prompt prompt = request.getPrompt() == null ? new Prompt() : request.getPrompt();
    if (prompt.contains(Prompt.Type.NONE))
      throw new OAuthProblem(isSignedIn ? OIDCError.CONSENT_REQUIRED : OIDCError.LOGIN_REQUIRED);
    Optional<Instant> since =
        openId
            .filter(asked -> asked.getMaxAge() > 0)
            .map(asked -> clock.instant().minusSeconds(asked.getMaxAge()));
    OAuthToken.CodeRequest code =
        new OAuthToken.CodeRequest(
            redirect.toString(),
            request.getCodeChallenge().getValue(),
            openId.map(AuthenticationRequest::getNonce).map(nonce -> nonce.getValue()));
    boolean again =
        prompt.contains(Prompt.Type.LOGIN)
            || prompt.contains(Prompt.Type.SELECT_ACCOUNT)
            || openId.filter(asked -> asked.getMaxAge() == 0).isPresent();
    return new Ask(
        application, scopes, since, again, new Answering(redirect, request.getState(), code));
  }

  private static AuthorizationRequest parsed(Map<String, List<String>> parameters) {
    try {
      return AuthorizationRequest.parse(parameters);
    } catch (ParseException unreadable) {
      throw OAuthProblem.unreadable(unreadable);
    }
  }

  /** PKCE for everybody, by S256 alone (OAuth 2.1, 7.5.1). */
  private void check(AuthorizationRequest request) {
    if (request.specifiesRequestObject()) throw new OAuthProblem(OAuth2Error.REQUEST_NOT_SUPPORTED);
    if (!ResponseType.CODE.equals(request.getResponseType()))
      throw new OAuthProblem(OAuth2Error.UNSUPPORTED_RESPONSE_TYPE);
    if (request.getResponseMode() != null && !ResponseMode.QUERY.equals(request.getResponseMode()))
      throw OAuthProblem.of(OAuth2Error.INVALID_REQUEST, "response_mode must be query");
    if (request.getCodeChallenge() == null
        || !CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
        || request.getCodeChallenge().getValue().length() != 43)
      throw OAuthProblem.of(
          OAuth2Error.INVALID_REQUEST, "code_challenge is required, with S256 as its method");
    if (request.getResources() != null
        && request.getResources().stream().anyMatch(one -> !one.toString().equals(issuer.url())))
      throw new OAuthProblem(OAuth2Error.INVALID_TARGET);
  }

  /** What isn't known is left out (OpenID Connect Core 3.1.2.1); what isn't allowed is refused. */
  private static Set<Scope> scopes(OAuthApplication application, AuthorizationRequest request) {
    if (request.getScope() == null || request.getScope().isEmpty()) return application.scopes();
    Set<Scope> asked = Scope.known(request.getScope().toString());
    if (asked.isEmpty() || !application.scopes().containsAll(asked))
      throw OAuthProblem.of(
          OAuth2Error.INVALID_SCOPE,
          "the application may ask for: " + Scope.text(application.scopes()));
    return asked;
  }

  private static Optional<AuthenticationRequest> openId(
      Map<String, List<String>> parameters, Set<Scope> scopes) {
    if (!scopes.contains(Scope.OPENID) || !parameters.containsKey("scope")) return Optional.empty();
    try {
      AuthenticationRequest request = AuthenticationRequest.parse(parameters);
      if (request.getNonce() != null && request.getNonce().getValue().length() > LONGEST_NONCE)
        throw OAuthProblem.of(OAuth2Error.INVALID_REQUEST, "the nonce is too long");
      return Optional.of(request);
    } catch (ParseException unreadable) {
      throw OAuthProblem.unreadable(unreadable);
    }
  }

  private Back back(URI redirect, ErrorObject error, State state) {
    return new Back(
        new AuthorizationErrorResponse(redirect, error, state, issuer.id(), ResponseMode.QUERY)
            .toURI());
  }

  /** Where the browser goes when the user said no. */
  public URI denied(Ask ask) {
    Answering answering = ask.answering;
    return back(answering.redirect, OAuth2Error.ACCESS_DENIED, answering.state).address;
  }

  /**
   * Grants what was asked for, but for what the user may not do either; succeeds with where the
   * browser goes.
   *
   * @param since when the user signed in
   */
  public Future<URI> granted(Ask ask, Principal.User user, Instant since) {
    Instant now = clock.instant();
    Secret code = vault.newApiToken();
    OAuthGrant grant =
        new OAuthGrant(
            UUID.randomUUID(),
            ask.application.id(),
            user.id(),
            grantable(ask.scopes, user.role()),
            since,
            now,
            now.plus(CODE_LIFETIME));
    OAuthToken token =
        new OAuthToken(
            vault.hash(code),
            grant.id(),
            Optional.of(ask.answering.code),
            now,
            now.plus(CODE_LIFETIME),
            Optional.empty());
    return metadata.grants().add(grant, token).map(done -> answer(ask.answering, code));
  }

  private static Set<Scope> grantable(Set<Scope> scopes, Role role) {
    if (role == Role.ADMIN) return scopes;
    return scopes.stream().filter(scope -> scope != Scope.ADMIN).collect(Collectors.toSet());
  }

  private URI answer(Answering answering, Secret code) {
    return new AuthorizationSuccessResponse(
            answering.redirect,
            new AuthorizationCode(code.reveal()),
            null,
            answering.state,
            issuer.id(),
            ResponseMode.QUERY)
        .toURI();
  }
}
