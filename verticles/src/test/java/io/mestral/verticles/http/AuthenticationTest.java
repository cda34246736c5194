package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ApiToken;
import io.mestral.storage.TokenRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 2.2 and the sessions of 2.9. */
class AuthenticationTest extends HttpTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String INVALID_PARAMS =
      """
      {"id":"unauthorized","message":"Invalid OAuth2 Params",\
      "url":"https://developer.smartcitizen.me/#authentication","errors":""}""";

  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void aTokenIsTakenFromTheHeaderAndFromTheQuery() {
    assertThat(username(get("/v0/me").as(ada).send())).isEqualTo("ada");
    assertThat(username(get("/v0/me?access_token=" + ada.token()).send())).isEqualTo("ada");
    assertThat(username(get("/v0/me?bearer_token=" + ada.token()).send())).isEqualTo("ada");
  }

  @Test
  void nameAndPasswordAreTakenByBasicAuthentication() {
    assertThat(
            username(get("/v0/me").with("Authorization", basic("ada", TestNode.PASSWORD)).send()))
        .isEqualTo("ada");
    assertThat(
            username(
                get("/v0/me")
                    .with("Authorization", basic("ada@example.org", TestNode.PASSWORD))
                    .send()))
        .isEqualTo("ada");
  }

  @Test
  void wrongBasicCredentialsAreA401WithAChallengeOnAnyRoute() {
    HttpResponse<Buffer> answer =
        get("/v0/devices").with("Authorization", basic("ada", "wrong")).send();
    assertAnswer(
        answer,
        401,
        "{\"id\":\"unauthorized\",\"message\":\"Invalid Username/Password Combination\","
            + "\"url\":\"https://developer.smartcitizen.me/#authentication\",\"errors\":\"\"}");
    assertThat(answer.getHeader("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"Application\", Token realm=\"Application\"");
  }

  @Test
  void basicCredentialsThatAreNoneAreA401Too() {
    assertThat(get("/v0/devices").with("Authorization", "Basic ???").send().statusCode())
        .isEqualTo(401);
  }

  @Test
  void aBadTokenMakesAVisitor() {
    assertThat(get("/v0/devices").with("Authorization", "Bearer nonsense").send().statusCode())
        .isEqualTo(200);
    assertAnswer(get("/v0/me").with("Authorization", "Bearer nonsense").send(), 401, UNAUTHORIZED);
  }

  @Test
  void aBadTokenInTheQueryIsNamedAsSuch() {
    assertAnswer(get("/v0/me?access_token=nonsense").send(), 401, INVALID_PARAMS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "bearer_token"})
  void aTokenIsTakenFromAnyKindOfBody(String name) {
    String form = "city=Lisbon&" + name + "=" + ada.token();
    assertThat(username(patch("/v0/me").send(FORM, form))).isEqualTo("ada");
    JsonObject json = new JsonObject().put("city", "Rome").put(name, ada.token());
    assertThat(username(patch("/v0/me").send(json))).isEqualTo("ada");
    assertThat(username(patch("/v0/me").send(FORM, json.encode()))).isEqualTo("ada");
    String multipart =
        "--frontier\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--frontier--\r\n"
            .formatted(name, ada.token());
    assertThat(username(patch("/v0/me").send("multipart/form-data; boundary=frontier", multipart)))
        .isEqualTo("ada");
    assertThat(get("/v0/users/ada").object().getJsonObject("location").getString("city"))
        .isEqualTo("Rome");
  }

  @Test
  void aBadTokenInABodyIsNamedAsSuch() {
    assertAnswer(patch("/v0/me").send(FORM, "access_token=nonsense"), 401, INVALID_PARAMS);
    JsonObject json = new JsonObject().put("access_token", "nonsense");
    assertAnswer(patch("/v0/me").send(json), 401, INVALID_PARAMS);
    assertAnswer(patch("/v0/me").send(FORM, "city=Lisbon"), 401, UNAUTHORIZED);
  }

  @Test
  void aTokenInTheHeaderGoesBeforeTheBodys() {
    JsonObject json = new JsonObject().put("access_token", ada.token());
    assertThat(username(patch("/v0/me").as(bob).send(json))).isEqualTo("bob");
    assertAnswer(
        patch("/v0/me").with("Authorization", "Bearer nonsense").send(json), 401, UNAUTHORIZED);
  }

  @Test
  void aTokenInABodyStandsInForACookieThatHasExpired() {
    JsonObject json = new JsonObject().put("access_token", ada.token());
    HttpResponse<Buffer> answer =
        patch("/v0/me").with("Cookie", SessionCookie.NAME + "=expired").send(json);
    assertThat(username(answer)).isEqualTo("ada");
  }

  @Test
  void readingsMayComeWithATokenInTheirBody() {
    String readings = "/v0/devices/" + device(ada, "Roof") + "/readings";
    JsonObject batch = new JsonObject().put("data", new JsonArray());
    assertAnswer(post(readings).send(batch), 403, FORBIDDEN);
    HttpResponse<Buffer> answer = post(readings).send(batch.put("access_token", ada.token()));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isNotEqualTo(403);
  }

  @Test
  void aLargeBodyIsNotSearchedForAToken() {
    String form = "access_token=" + ada.token() + "&city=" + "x".repeat(64 * 1024);
    assertAnswer(patch("/v0/me").send(FORM, form), 401, UNAUTHORIZED);
  }

  @Test
  void signingInGivesTheSameTokenEveryTimeAndACookie() {
    HttpResponse<Buffer> first = signIn("ada", TestNode.PASSWORD);
    HttpResponse<Buffer> second = signIn("ADA@example.org", TestNode.PASSWORD);
    assertAnswer(first, 200, "{\"access_token\":\"" + ada.token() + "\"}");
    assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
    assertThat(first.getHeader("Set-Cookie"))
        .startsWith(SessionCookie.NAME + "=")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .doesNotContain(ada.token());
  }

  @Test
  void theCookieSignsInUntilItExpires() {
    String cookie = signIn("ada", TestNode.PASSWORD).getHeader("Set-Cookie").split(";")[0];
    assertThat(username(get("/v0/me").with("Cookie", cookie).send())).isEqualTo("ada");
    node.clock.forward(SessionCookie.LIFETIME.plusSeconds(1));
    assertAnswer(get("/v0/me").with("Cookie", cookie).send(), 401, UNAUTHORIZED);
  }

  @Test
  void theCookieGoesBeforeTheToken() {
    String cookie = signIn("ada", TestNode.PASSWORD).getHeader("Set-Cookie").split(";")[0];
    assertThat(username(get("/v0/me").as(bob).with("Cookie", cookie).send())).isEqualTo("ada");
    node.clock.forward(Duration.ofDays(31));
    assertThat(username(get("/v0/me").as(bob).with("Cookie", cookie).send())).isEqualTo("bob");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "QUOTA_EXCEEDED", "INTERNAL"})
  void whereNoSessionCanBeKeptSigningInGivesTheTokenAlone(Refusal trouble) {
    Throwable refusal = new RefusedException(trouble, "on purpose");
    detours.always(TokenRegistry.class, "add", Detours.failing(refusal));
    HttpResponse<Buffer> answer = signIn("ada", TestNode.PASSWORD);
    assertAnswer(answer, 200, "{\"access_token\":\"" + ada.token() + "\"}");
    assertThat(answer.getHeader("Set-Cookie")).isNull();
  }

  @Test
  void aTokenSealedWithAnotherNodesKeyMakesRoomForANewOne() {
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    SealedToken foreign = new TokenVault(otherKey).seal(Secret.of("lost"));
    TestNode.await(
        node.metadata
            .tokens()
            .add(
                new ApiToken(
                    foreign,
                    ada.user().id(),
                    ApiToken.Kind.PRIVATE,
                    TestNode.NOW,
                    Optional.empty())));
    String token = signIn("ada", TestNode.PASSWORD).bodyAsJsonObject().getString("access_token");
    assertThat(username(get("/v0/me").with("Authorization", "Bearer " + token).send()))
        .isEqualTo("ada");
    assertThat(signIn("ada", TestNode.PASSWORD).bodyAsJsonObject().getString("access_token"))
        .isEqualTo(token);
  }

  @Test
  void signingInNeedsBothNameAndPassword() {
    assertAnswer(
        post("/v0/sessions").send(new JsonObject()), 400, missing("username and password"));
    assertAnswer(
        post("/v0/sessions").send(new JsonObject().put("username", "ada")),
        400,
        missing("password"));
  }

  @Test
  void anUnknownNameIs404AndAWrongPassword422() {
    assertAnswer(signIn("nobody", "whatever"), 404, notFound("User", "username", "nobody"));
    assertAnswer(
        signIn("ada", "wrong"),
        422,
        unprocessable(
            "{\"message\":{\"password\":\"is incorrect\"},\"password\":\"is incorrect\"}"));
  }

  private HttpResponse<Buffer> signIn(String name, String password) {
    return post("/v0/sessions")
        .send(new JsonObject().put("username", name).put("password", password));
  }

  private static String username(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getString("username");
  }

  private static String basic(String name, String password) {
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
