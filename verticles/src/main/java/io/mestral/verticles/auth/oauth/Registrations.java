package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.client.ClientInformation;
import com.nimbusds.oauth2.sdk.client.ClientMetadata;
import com.nimbusds.oauth2.sdk.client.ClientRegistrationRequest;
import com.nimbusds.oauth2.sdk.client.RegistrationError;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.mestral.model.UserId;
import io.mestral.model.access.Scope;
import io.mestral.storage.OAuthApplication;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Registers applications that ask for it themselves (RFC 7591). Nothing that they name is fetched.
 */
public final class Registrations {
  private static final int LONGEST_NAME = 255;
  private static final Set<GrantType> GRANTS =
      Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS);
  private static final Set<ClientAuthenticationMethod> METHODS =
      Set.of(
          ClientAuthenticationMethod.NONE,
          ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
          ClientAuthenticationMethod.CLIENT_SECRET_POST);

  private final Applications applications;

  Registrations(Applications applications) {
    this.applications = applications;
  }

  /**
   * Succeeds with what was registered, which may be less than was asked for; fails with an {@link
   * OAuthProblem}.
   *
   * @param owner empty for a stranger's
   */
  public Future<ClientInformation> answer(HTTPRequest http, Optional<UserId> owner) {
    ClientMetadata asked;
    Applications.Wanted wanted;
    try {
      asked = ClientRegistrationRequest.parse(http).getClientMetadata();
      asked.applyDefaults();
      wanted = wanted(asked);
    } catch (ParseException unreadable) {
      return Future.failedFuture(OAuthProblem.unreadable(unreadable));
    } catch (OAuthProblem refused) {
      return Future.failedFuture(refused);
    }
    boolean confidential =
        !ClientAuthenticationMethod.NONE.equals(asked.getTokenEndpointAuthMethod());
    return applications
        .register(wanted, owner, confidential)
        .map(made -> information(made, asked.getTokenEndpointAuthMethod()));
  }

  private static Applications.Wanted wanted(ClientMetadata asked) {
    if (!GRANTS.containsAll(asked.getGrantTypes()))
      throw refused("grant_types may be authorization_code, refresh_token, client_credentials");
    boolean otherResponses =
        asked.getResponseTypes() != null
            && asked.getResponseTypes().stream().anyMatch(type -> !type.equals(ResponseType.CODE));
    if (otherResponses) throw refused("response_types may be code");
    if (!METHODS.contains(asked.getTokenEndpointAuthMethod()))
      throw refused(
          "token_endpoint_auth_method may be none, client_secret_basic, client_secret_post");
    String name = asked.getName() == null ? "Unnamed application" : asked.getName().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME)
      throw refused("client_name has at most " + LONGEST_NAME + " characters");
    return new Applications.Wanted(name, redirectUris(asked), scopes(asked));
  }

  private static List<String> redirectUris(ClientMetadata asked) {
    Set<URI> given = asked.getRedirectionURIs() == null ? Set.of() : asked.getRedirectionURIs();
    List<String> uris = given.stream().map(URI::toString).toList();
    boolean needsOne = asked.getGrantTypes().contains(GrantType.AUTHORIZATION_CODE);
    if (needsOne && uris.isEmpty()
        || uris.size() > RedirectUris.MOST
        || !uris.stream().allMatch(RedirectUris::isRegistrable))
      throw OAuthProblem.of(
          RegistrationError.INVALID_REDIRECT_URI,
          "redirect_uris are https, http on 127.0.0.1 or [::1], or of a scheme with a dot in it");
    return uris;
  }

  private static Set<Scope> scopes(ClientMetadata asked) {
    if (asked.getScope() == null || asked.getScope().isEmpty()) return Applications.MODEST;
    Set<Scope> scopes = Scope.known(asked.getScope().toString());
    if (scopes.isEmpty()) throw refused("none of these scopes is known");
    return scopes;
  }

  private static OAuthProblem refused(String why) {
    ErrorObject kind = RegistrationError.INVALID_CLIENT_METADATA;
    return OAuthProblem.of(kind, why);
  }

  private ClientInformation information(OAuthApplication made, ClientAuthenticationMethod method) {
    ClientMetadata metadata = new ClientMetadata();
    metadata.setName(made.name());
    metadata.setScope(com.nimbusds.oauth2.sdk.Scope.parse(Scope.text(made.scopes())));
    metadata.setTokenEndpointAuthMethod(method);
    metadata.setGrantTypes(grants(made));
    if (!made.redirectUris().isEmpty()) {
      metadata.setRedirectionURIs(
          made.redirectUris().stream().map(URI::create).collect(Collectors.toSet()));
      metadata.setResponseTypes(Set.of(ResponseType.CODE));
    }
    return new ClientInformation(
        new ClientID(made.uid()),
        Date.from(made.createdAt()),
        metadata,
        applications
            .secretOf(made)
            .map(secret -> new com.nimbusds.oauth2.sdk.auth.Secret(secret.reveal()))
            .orElse(null));
  }

  private static Set<GrantType> grants(OAuthApplication made) {
    Set<GrantType> grants = new LinkedHashSet<>();
    if (!made.redirectUris().isEmpty()) {
      grants.add(GrantType.AUTHORIZATION_CODE);
      grants.add(GrantType.REFRESH_TOKEN);
    }
    if (made.isConfidential() && made.owner().isPresent()) grants.add(GrantType.CLIENT_CREDENTIALS);
    return grants;
  }
}
