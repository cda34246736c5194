package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.outcome.Refusal;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Spec 2.2 and the sessions of 2.9. */
class AuthenticationTest extends HttpTest {
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
    assertAnswer(
        get("/v0/me?access_token=nonsense").send(),
        401,
        "{\"id\":\"unauthorized\",\"message\":\"Invalid OAuth2 Params\","
            + "\"url\":\"https://developer.smartcitizen.me/#authentication\",\"errors\":\"\"}");
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
    node.metadata.tokens.trouble = Optional.of(trouble);
    HttpResponse<Buffer> answer = signIn("ada", TestNode.PASSWORD);
    assertAnswer(answer, 200, "{\"access_token\":\"" + ada.token() + "\"}");
    assertThat(answer.getHeader("Set-Cookie")).isNull();
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
