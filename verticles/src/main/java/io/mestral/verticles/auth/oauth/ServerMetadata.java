package io.mestral.verticles.auth.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.ClaimType;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.mestral.model.access.Scope;
import java.util.List;

/** What the node says of itself as an authorization server (RFC 8414, OpenID Discovery). */
public final class ServerMetadata {
  private static final List<ClientAuthenticationMethod> BY_SECRET =
      List.of(
          ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
          ClientAuthenticationMethod.CLIENT_SECRET_POST);
  private static final List<ClientAuthenticationMethod> ANY =
      List.of(
          ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
          ClientAuthenticationMethod.CLIENT_SECRET_POST,
          ClientAuthenticationMethod.NONE);

  private final Issuer issuer;
  private final boolean registers;

  /**
   * @param registers whether applications can be registered by the protocol
   */
  ServerMetadata(Issuer issuer, boolean registers) {
    this.issuer = issuer;
    this.registers = registers;
  }

  /** As JSON, for {@code /.well-known/oauth-authorization-server}. */
  public String oauth() {
    AuthorizationServerMetadata metadata = new AuthorizationServerMetadata(issuer.id());
    fill(metadata);
    return metadata.toJSONObject().toJSONString();
  }

  /** As JSON, for {@code /.well-known/openid-configuration}. */
  public String openId() {
    OIDCProviderMetadata metadata =
        new OIDCProviderMetadata(
            issuer.id(), List.of(SubjectType.PUBLIC), issuer.at("/oauth/jwks"));
    fill(metadata);
    metadata.setUserInfoEndpointURI(issuer.at("/oauth/userinfo"));
    metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.ES256));
    metadata.setClaimTypes(List.of(ClaimType.NORMAL));
    metadata.setClaims(
        List.of(
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "auth_time",
            "nonce",
            "at_hash",
            "preferred_username",
            "website",
            "updated_at",
            "email",
            "email_verified"));
    metadata.setPromptTypes(
        List.of(
            Prompt.Type.NONE, Prompt.Type.LOGIN, Prompt.Type.CONSENT, Prompt.Type.SELECT_ACCOUNT));
    metadata.setSupportsClaimsParams(false);
    return metadata.toJSONObject().toJSONString();
  }

  private void fill(AuthorizationServerMetadata metadata) {
    metadata.setAuthorizationEndpointURI(issuer.at("/oauth/authorize"));
    metadata.setTokenEndpointURI(issuer.at("/oauth/token"));
    metadata.setRevocationEndpointURI(issuer.at("/oauth/revoke"));
    metadata.setIntrospectionEndpointURI(issuer.at("/oauth/introspect"));
    metadata.setJWKSetURI(issuer.at("/oauth/jwks"));
    if (registers) metadata.setRegistrationEndpointURI(issuer.at("/oauth/register"));
    com.nimbusds.oauth2.sdk.Scope scopes = new com.nimbusds.oauth2.sdk.Scope();
    for (Scope scope : Scope.values()) scopes.add(scope.label());
    metadata.setScopes(scopes);
    metadata.setResponseTypes(List.of(ResponseType.CODE));
    metadata.setResponseModes(List.of(ResponseMode.QUERY));
    metadata.setGrantTypes(
        List.of(
            GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN, GrantType.CLIENT_CREDENTIALS));
    metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
    metadata.setTokenEndpointAuthMethods(ANY);
    metadata.setRevocationEndpointAuthMethods(ANY);
    metadata.setIntrospectionEndpointAuthMethods(BY_SECRET);
    metadata.setSupportsAuthorizationResponseIssuerParam(true);
    metadata.setSupportsRequestParam(false);
    metadata.setSupportsRequestURIParam(false);
  }
}
