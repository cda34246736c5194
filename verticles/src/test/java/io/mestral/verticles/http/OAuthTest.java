package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.mestral.verticles.auth.oauth.Issuer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The authorization server, as applications and browsers meet it. */
class OAuthTest extends HttpTest {
  private static final String SCOPES = "openid profile devices:read";

  private OAuthClient app() {
    return OAuthClient.of(node, bob, new JsonObject().put("scopes", SCOPES + " readings:read"));
  }

  private OAuthClient publicApp() {
    return OAuthClient.of(
        node,
        bob,
        new JsonObject()
            .put("confidential", false)
            .put("redirect_uri", OAuthClient.CALLBACK + "\nhttp://127.0.0.1/back"));
  }

  private HttpResponse<Buffer> with(String token, String uri) {
    return get(uri).with("Authorization", "Bearer " + token).send();
  }

  private static String error(HttpResponse<Buffer> answer) {
    return answer.statusCode() + " " + answer.bodyAsJsonObject().getString("error");
  }

  @Test
  void aUserLetsAnApplicationInAndItGoesOnWithRefreshTokens() throws Exception {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> request = app.request(SCOPES);
    request.put("nonce", "n-1");
    HttpResponse<Buffer> page = app.authorize(request);
    assertThat(page.bodyAsString()).contains("Field notes", "read your profile", "ada");
    Map<String, String> back = app.allowed(request);
    assertThat(back).containsEntry("state", "xyz").containsEntry("iss", node.url());

    JsonObject tokens = app.redeem(back.get("code")).bodyAsJsonObject();
    assertThat(tokens.getString("token_type")).isEqualTo("Bearer");
    assertThat(tokens.getString("scope").split(" ")).contains("openid", "profile");
    assertThat(tokens.getInteger("expires_in")).isEqualTo(900);
    assertThat(with(tokens.getString("access_token"), "/v0/me").bodyAsString())
        .contains("\"username\":\"ada\"");
    JWTClaimsSet id = SignedJWT.parse(tokens.getString("id_token")).getJWTClaimsSet();
    assertThat(id.getStringClaim("nonce")).isEqualTo("n-1");
    assertThat(id.getAudience()).containsExactly(app.id);
    assertThat(id.getSubject()).isEqualTo(ada.user().uuid().toString());

    JsonObject next = app.refresh(tokens.getString("refresh_token")).bodyAsJsonObject();
    assertThat(next.getString("refresh_token")).isNotEqualTo(tokens.getString("refresh_token"));
    assertThat(with(next.getString("access_token"), "/v0/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aUserSeesWhomTheyLetInAndLetsThemOutAgain() {
    JsonObject tokens = app().visitedBy(ada).tokens(SCOPES);
    String uri = "/v0/me/authorizations";
    assertThat(get(uri).as(bob).send().bodyAsJsonArray()).isEmpty();
    JsonObject one = get(uri).as(ada).send().bodyAsJsonArray().getJsonObject(0);
    assertThat(one.getJsonObject("application").getString("name")).isEqualTo("Field notes");
    assertThat(one.getString("scopes")).isEqualTo(SCOPES);

    String own = uri + "/" + one.getString("id");
    assertThat(delete(own).as(bob).send().statusCode()).isEqualTo(404);
    assertThat(delete(uri + "/7").as(ada).send().statusCode()).isEqualTo(404);
    assertThat(with(tokens.getString("access_token"), "/v0/me").statusCode()).isEqualTo(200);
    assertThat(delete(own).as(ada).send().statusCode()).isEqualTo(200);
    assertThat(with(tokens.getString("access_token"), "/v0/me").statusCode()).isEqualTo(401);
    assertThat(node.ended).contains("grant:" + one.getString("id"));
    assertThat(get(uri).as(ada).send().bodyAsJsonArray()).isEmpty();
    assertThat(delete(own).as(ada).send().statusCode()).isEqualTo(404);
  }

  @Test
  void anAuthorizationThatEndedByItselfIsNotListed() {
    app().visitedBy(ada).tokens(SCOPES);
    node.clock.forward(Duration.ofDays(31));
    assertThat(get("/v0/me/authorizations").as(ada).send().bodyAsJsonArray()).isEmpty();
  }

  @Test
  void accessTokensAreOfRfc9068AndSignedWithAPublishedKey() throws Exception {
    String token = app().visitedBy(ada).tokens(SCOPES).getString("access_token");
    SignedJWT jwt = SignedJWT.parse(token);
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("at+jwt");
    JWKSet published = JWKSet.parse(get("/oauth/jwks").send().bodyAsString());
    assertThat(published.toString(false)).doesNotContain("\"d\"");
    assertThat(
            jwt.verify(
                new ECDSAVerifier(published.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey())))
        .isTrue();
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(node.url());
    assertThat(claims.getAudience()).containsExactly(node.url());
    assertThat(claims.getJWTID()).isNotBlank();
    assertThat(claims.getClaims()).containsKeys("client_id", "scope", "iat", "exp", "sub");
  }

  @Test
  void whoeverIsNotSignedInSignsInFirst() {
    OAuthClient app = app();
    HttpResponse<Buffer> page = app.authorize(app.request(SCOPES));
    assertThat(page.bodyAsString()).contains("Sign in", "Field notes");
    HttpResponse<Buffer> wrong = app.submit(page, Map.of("username", "ada", "password", "wrong"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    HttpResponse<Buffer> right =
        app.submit(wrong, Map.of("username", "ada", "password", TestNode.PASSWORD));
    assertThat(right.statusCode()).isEqualTo(303);
    assertThat(right.getHeader("Location")).startsWith("/oauth/authorize?");
    assertThat(app.tokens(SCOPES).getString("access_token")).isNotBlank();
  }

  @Test
  void aFormThatIsNotOursDecidesNothing() {
    OAuthClient app = app().visitedBy(ada);
    HttpResponse<Buffer> page = app.authorize(app.request(SCOPES));
    HttpResponse<Buffer> answer = app.submit(page, Map.of("decision", "allow", "guard", "made up"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Location")).isNull();

    OAuthClient stranger = app();
    HttpResponse<Buffer> signIn = stranger.authorize(stranger.request(SCOPES));
    assertThat(
            stranger
                .submit(
                    signIn,
                    Map.of("username", "ada", "password", TestNode.PASSWORD, "guard", "made up"))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void whoSaysNoSendsTheApplicationAway() {
    OAuthClient app = app().visitedBy(ada);
    HttpResponse<Buffer> answer =
        app.submit(app.authorize(app.request(SCOPES)), Map.of("decision", "deny"));
    assertThat(OAuthClient.brought(answer))
        .containsEntry("error", "access_denied")
        .containsEntry("state", "xyz")
        .containsEntry("iss", node.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.org/callback",
        "https://app.example.org/callback/more",
        "https://app.example.org/callback?more=1",
        "https://app.example.org.evil.example.org/callback",
        "https://app.example.org@evil.example.org/callback",
        "http://app.example.org/callback",
        "http://127.0.0.1:4000/other",
        "http://127.0.0.1@evil.example.org/back",
        "http://localhost:4000/back",
        "javascript:alert(1)",
        "//evil.example.org"
      })
  void nobodyIsSentWhereTheApplicationDidntRegister(String redirect) {
    OAuthClient app = publicApp().visitedBy(ada);
    Map<String, String> request = app.request("openid");
    request.put("redirect_uri", redirect);
    request.put("response_type", "nonsense");
    HttpResponse<Buffer> answer = app.authorize(request);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.getHeader("Location")).isNull();
  }

  @Test
  void anApplicationOnTheUsersMachineMayListenAtAnyPort() {
    OAuthClient app = publicApp().visitedBy(ada);
    Map<String, String> request = app.request("openid");
    request.put("redirect_uri", "http://127.0.0.1:49152/back");
    HttpResponse<Buffer> answer = app.submit(app.authorize(request), Map.of("decision", "allow"));
    assertThat(answer.getHeader("Location")).startsWith("http://127.0.0.1:49152/back?");
  }

  @ParameterizedTest
  @CsvSource({
    "code_challenge,,invalid_request",
    "code_challenge_method,plain,invalid_request",
    "code_challenge_method,,invalid_request",
    "response_type,token,unsupported_response_type",
    "scope,admin,invalid_scope",
    "scope,nonsense,invalid_scope",
    "response_mode,fragment,invalid_request",
    "request,eyJhbGciOiJub25lIn0.e30.,request_not_supported",
    "prompt,none,consent_required",
    "resource,https://elsewhere.example.org,invalid_target"
  })
  void aWrongRequestGoesBackWithItsError(String parameter, String value, String error) {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> request = app.request(SCOPES);
    if (value == null) request.remove(parameter);
    else request.put(parameter, value);
    HttpResponse<Buffer> answer = app.authorize(request);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(303);
    assertThat(answer.getHeader("Location")).startsWith(OAuthClient.CALLBACK + "?");
    assertThat(OAuthClient.brought(answer))
        .containsEntry("error", error)
        .containsEntry("state", "xyz");
  }

  @Test
  void withoutSomebodySignedInAnApplicationThatMayNotAskIsToldSo() {
    OAuthClient app = app();
    Map<String, String> request = app.request(SCOPES);
    request.put("prompt", "none");
    assertThat(OAuthClient.brought(app.authorize(request)))
        .containsEntry("error", "login_required");
  }

  @Test
  void aCodeIsGoodOnceAndItsSecondUseEndsWhatCameOfIt() {
    OAuthClient app = app().visitedBy(ada);
    String code = app.allowed(app.request(SCOPES)).get("code");
    String token = app.redeem(code).bodyAsJsonObject().getString("access_token");
    assertThat(with(token, "/v0/me").statusCode()).isEqualTo(200);
    assertThat(error(app.redeem(code))).isEqualTo("400 invalid_grant");
    assertThat(with(token, "/v0/me").statusCode()).isEqualTo(401);
    assertThat(node.ended).anyMatch(standing -> standing.startsWith("grant:"));
  }

  @Test
  void aCodeIsGoodForAMinuteForItsVerifierItsApplicationAndItsAddressAlone() {
    OAuthClient app = app().visitedBy(ada);
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", app.allowed(app.request(SCOPES)).get("code"));
    assertThat(error(app.token(fields))).isEqualTo("400 invalid_grant");
    fields.put("code_verifier", "x".repeat(43));
    assertThat(error(app.token(fields))).isEqualTo("400 invalid_grant");
    fields.put("code_verifier", app.verifier.getValue());
    fields.put("redirect_uri", "https://app.example.org/other");
    assertThat(error(app.token(fields))).isEqualTo("400 invalid_grant");
    fields.remove("redirect_uri");
    assertThat(error(app().token(fields))).isEqualTo("400 invalid_grant");
    node.clock.forward(Duration.ofSeconds(61));
    assertThat(error(app.token(fields))).isEqualTo("400 invalid_grant");
  }

  @Test
  void aRefreshTokenThatComesTwiceEndsTheWholeFamily() {
    OAuthClient app = app().visitedBy(ada);
    JsonObject first = app.tokens(SCOPES);
    JsonObject second = app.refresh(first.getString("refresh_token")).bodyAsJsonObject();
    assertThat(error(app.refresh(first.getString("refresh_token")))).isEqualTo("400 invalid_grant");
    assertThat(error(app.refresh(second.getString("refresh_token"))))
        .isEqualTo("400 invalid_grant");
    assertThat(with(second.getString("access_token"), "/v0/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aRefreshTokenIsOfItsApplicationAloneAndCanBeNarrowed() {
    OAuthClient app = app().visitedBy(ada);
    String refresh = app.tokens(SCOPES).getString("refresh_token");
    assertThat(error(app().refresh(refresh))).isEqualTo("400 invalid_grant");
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", refresh);
    fields.put("scope", "readings:read");
    assertThat(error(app.token(fields))).isEqualTo("400 invalid_scope");
    fields.put("scope", "profile");
    assertThat(app.token(fields).bodyAsJsonObject().getString("scope")).isEqualTo("profile");
  }

  @Test
  void anAccessTokenEndsByItself() {
    OAuthClient app = app().visitedBy(ada);
    String token = app.tokens(SCOPES).getString("access_token");
    node.clock.forward(Duration.ofMinutes(15));
    assertThat(with(token, "/v0/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatSomebodyChangedIsNoToken() {
    String token = app().visitedBy(ada).tokens(SCOPES).getString("access_token");
    String[] parts = token.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]));
    String richer =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.replace("profile", "profile admin").getBytes());
    assertThat(with(parts[0] + "." + richer + "." + parts[2], "/v0/me").statusCode())
        .isEqualTo(401);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes());
    assertThat(with(none + "." + parts[1] + ".", "/v0/me").statusCode()).isEqualTo(401);
  }

  @Test
  void anIdentityTokenIsNoAccessToken() {
    String token = app().visitedBy(ada).tokens(SCOPES).getString("id_token");
    assertThat(with(token, "/v0/me").statusCode()).isEqualTo(401);
  }

  @Test
  void anApplicationActsForItsOwnerInItsOwnName() {
    OAuthClient app =
        OAuthClient.of(node, ada, new JsonObject().put("scopes", "devices:read devices:write"));
    HttpResponse<Buffer> answer = app.token(Map.of("grant_type", "client_credentials"));
    JsonObject tokens = answer.bodyAsJsonObject();
    assertThat(tokens.containsKey("refresh_token")).isFalse();
    HttpResponse<Buffer> made =
        post("/v0/devices")
            .with("Authorization", "Bearer " + tokens.getString("access_token"))
            .send(new JsonObject().put("name", "By script"));
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.bodyAsJsonObject().getJsonObject("owner").getString("username"))
        .isEqualTo("ada");
    assertThat(error(publicApp().token(Map.of("grant_type", "client_credentials"))))
        .isEqualTo("401 invalid_client");
  }

  @Test
  void anApplicationProvesItselfByItsSecret() {
    OAuthClient app = app();
    Map<String, String> fields =
        Map.of("grant_type", "client_credentials", "client_id", app.id, "client_secret", "wrong");
    HttpResponse<Buffer> wrong =
        post("/oauth/token").send(OAuthClient.FORM, OAuthClient.form(fields));
    assertThat(error(wrong)).isEqualTo("401 invalid_client");
    assertThat(wrong.getHeader("WWW-Authenticate")).startsWith("Basic");
    String pair = app.id + ":" + app.secret.orElseThrow();
    HttpResponse<Buffer> basic =
        post("/oauth/token")
            .with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
            .send(OAuthClient.FORM, "grant_type=client_credentials");
    assertThat(basic.statusCode()).as(basic.bodyAsString()).isEqualTo(200);
    assertThat(basic.getHeader("Cache-Control")).isEqualTo("no-store");
    HttpResponse<Buffer> none =
        post("/oauth/token")
            .send(OAuthClient.FORM, "grant_type=client_credentials&client_id=" + app.id);
    assertThat(error(none)).isEqualTo("401 invalid_client");
  }

  @Test
  void whoeverTriesSecretsIsStopped() {
    OAuthClient app = app();
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("client_id", app.id);
    int status = 401;
    for (int i = 0; i < 10 && status == 401; i++) {
      fields.put("client_secret", "guess " + i);
      status = post("/oauth/token").send(OAuthClient.FORM, OAuthClient.form(fields)).statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void aRevokedTokenIsNoGoodFromThenOn() {
    OAuthClient app = app().visitedBy(ada);
    JsonObject tokens = app.tokens(SCOPES);
    String access = tokens.getString("access_token");
    assertThat(error(app().ask("/oauth/revoke", Map.of("token", access))))
        .isEqualTo("400 unauthorized_client");
    assertThat(app.ask("/oauth/revoke", Map.of("token", access)).statusCode()).isEqualTo(200);
    assertThat(with(access, "/v0/me").statusCode()).isEqualTo(401);
    JsonObject next = app.refresh(tokens.getString("refresh_token")).bodyAsJsonObject();
    assertThat(with(next.getString("access_token"), "/v0/me").statusCode()).isEqualTo(200);
    app.ask("/oauth/revoke", Map.of("token", next.getString("refresh_token")));
    assertThat(with(next.getString("access_token"), "/v0/me").statusCode()).isEqualTo(401);
    assertThat(app.ask("/oauth/revoke", Map.of("token", "unknown")).statusCode()).isEqualTo(200);
  }

  @Test
  void applicationsLearnWhatATokenIsGoodFor() {
    OAuthClient app = app().visitedBy(ada);
    String access = app.tokens(SCOPES).getString("access_token");
    JsonObject seen = app.ask("/oauth/introspect", Map.of("token", access)).bodyAsJsonObject();
    assertThat(seen.getBoolean("active")).isTrue();
    assertThat(seen.getString("username")).isEqualTo("ada");
    assertThat(seen.getString("client_id")).isEqualTo(app.id);
    assertThat(seen.getString("scope").split(" "))
        .containsExactlyInAnyOrder("openid", "profile", "devices:read");
    app.ask("/oauth/revoke", Map.of("token", access));
    assertThat(app.ask("/oauth/introspect", Map.of("token", access)).bodyAsString())
        .isEqualTo("{\"active\":false}");
    assertThat(app.ask("/oauth/introspect", Map.of("token", ada.token())).bodyAsString())
        .isEqualTo("{\"active\":false}");
    assertThat(error(publicApp().ask("/oauth/introspect", Map.of("token", access))))
        .isEqualTo("401 invalid_client");
  }

  @Test
  void userInfoShowsWhatTheScopesSay() {
    OAuthClient app = OAuthClient.of(node, bob, new JsonObject()).visitedBy(ada);
    JsonObject info =
        with(app.tokens("openid profile email").getString("access_token"), "/oauth/userinfo")
            .bodyAsJsonObject();
    assertThat(info.getString("sub")).isEqualTo(ada.user().uuid().toString());
    assertThat(info.getString("preferred_username")).isEqualTo("ada");
    assertThat(info.getString("email")).isEqualTo("ada@example.org");
    JsonObject less =
        with(app.tokens("openid").getString("access_token"), "/oauth/userinfo").bodyAsJsonObject();
    assertThat(less.fieldNames()).containsExactly("sub");
    assertThat(
            with(app.tokens("profile").getString("access_token"), "/oauth/userinfo")
                .getHeader("WWW-Authenticate"))
        .contains("insufficient_scope");
    assertThat(get("/oauth/userinfo").send().getHeader("WWW-Authenticate"))
        .contains("invalid_token");
  }

  @Test
  void theServerSaysWhatItOffers() throws Exception {
    AuthorizationServerMetadata oauth =
        AuthorizationServerMetadata.parse(
            get("/.well-known/oauth-authorization-server").send().bodyAsString());
    OIDCProviderMetadata openId =
        OIDCProviderMetadata.parse(get("/.well-known/openid-configuration").send().bodyAsString());
    assertThat(oauth.getIssuer().getValue()).isEqualTo(node.url());
    assertThat(oauth.getCodeChallengeMethods()).hasToString("[S256]");
    assertThat(oauth.supportsAuthorizationResponseIssuerParam()).isTrue();
    assertThat(openId.getUserInfoEndpointURI()).hasToString(node.url() + "/oauth/userinfo");
    for (var uri :
        new java.net.URI[] {
          oauth.getAuthorizationEndpointURI(),
          oauth.getTokenEndpointURI(),
          oauth.getRevocationEndpointURI(),
          oauth.getIntrospectionEndpointURI(),
          oauth.getJWKSetURI(),
          oauth.getRegistrationEndpointURI()
        }) assertThat(uri).asString().startsWith(node.url() + "/oauth/");
  }

  @Test
  void anApplicationRegistersItself() {
    JsonObject wanted =
        new JsonObject()
            .put("client_name", "Desk")
            .put("redirect_uris", new JsonArray().add("com.example.desk:/back"))
            .put("token_endpoint_auth_method", "none");
    HttpResponse<Buffer> made = post("/oauth/register").as(ada).send(wanted);
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    assertThat(made.bodyAsJsonObject().getString("client_id")).isNotBlank();
    assertThat(made.bodyAsJsonObject().containsKey("client_secret")).isFalse();
    assertThat(post("/oauth/register").send(wanted).statusCode()).isEqualTo(401);
    wanted.put("redirect_uris", new JsonArray().add("http://example.org/"));
    assertThat(error(post("/oauth/register").as(ada).send(wanted)))
        .isEqualTo("400 invalid_redirect_uri");
  }

  @Test
  void pagesRunNothingAndStandInNobodysFrame() {
    OAuthClient app =
        OAuthClient.of(node, bob, new JsonObject().put("name", "<script>alert(1)</script>\"'&"))
            .visitedBy(ada);
    HttpResponse<Buffer> page = app.authorize(app.request("openid"));
    assertThat(page.bodyAsString()).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(page.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void anIssuerKeepsItsNameOnceItHasOne() {
    Issuer issuer = new Issuer(Optional.of("https://mestral.example.org"));
    issuer.announce("http://127.0.0.1:8080");
    assertThat(issuer.url()).isEqualTo("https://mestral.example.org");
  }
}
