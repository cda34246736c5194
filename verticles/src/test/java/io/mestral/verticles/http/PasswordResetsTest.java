package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.FORBIDDEN;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static io.mestral.verticles.http.HttpTest.missing;
import static io.mestral.verticles.http.HttpTest.notFound;
import static io.mestral.verticles.http.HttpTest.unprocessable;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.platform.Language;
import io.mestral.storage.Mail;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec 2.9. */
class PasswordResetsTest extends PeopleTest {
  private static final String DELIVERED = "{\"message\":\"Password Reset Instructions Delivered\"}";

  @ParameterizedTest
  @CsvSource({
    "email, ADA@example.org",
    "username, Ada",
    "email_or_username, ada",
    "email_or_username, ada@example.org"
  })
  void aCodeIsMailedToWhoForgotThePassword(String parameter, String value) {
    assertAnswer(ask(parameter, value), 200, DELIVERED);
    Mail mail = mails().get(0);
    assertThat(mail.recipient()).isEqualTo("ada <ada@example.org>");
    assertThat(mail.subject()).isEqualTo("Password Reset Instructions");
    assertThat(text(mail)).contains("2026-02-03 11:06 UTC");
  }

  @Test
  void theCodeSetsThePasswordOnceAndEndsAllSessions() {
    String cookie = signIn("ada", TestNode.PASSWORD).getHeader("Set-Cookie").split(";")[0];
    assertThat(get("/v0/me").with("Cookie", cookie).send().statusCode()).isEqualTo(200);
    String token = token();
    JsonObject shown = get("/v0/password_resets/" + token).object();
    assertThat(shown.getString("username")).isEqualTo("ada");
    assertThat(shown.getString("email")).isEqualTo("[FILTERED]");
    JsonObject wanted = new JsonObject().put("password", "another one");
    HttpResponse<Buffer> set = patch("/v0/password_resets/" + token).send(wanted);
    assertThat(set.statusCode()).as(set.bodyAsString()).isEqualTo(200);
    assertThat(set.bodyAsJsonObject().getString("username")).isEqualTo("ada");
    assertThat(signIn("ada", "another one").statusCode()).isEqualTo(200);
    assertThat(signIn("ada", TestNode.PASSWORD).statusCode()).isEqualTo(422);
    assertThat(get("/v0/me").with("Cookie", cookie).send().statusCode()).isEqualTo(401);
    assertThat(node.changedUsers).contains(ada.user().id());
    String spent = notFound("User", "password_reset_token", "[FILTERED]");
    assertAnswer(patch("/v0/password_resets/" + token).send(wanted), 404, spent);
    assertAnswer(get("/v0/password_resets/" + token).send(), 404, spent);
  }

  @Test
  void aBadPasswordDoesNotSpendTheCode() {
    String path = "/v0/password_resets/" + token();
    assertAnswer(patch(path).send(new JsonObject().put("password", " ")), 400, missing("password"));
    assertAnswer(
        patch(path).send(new JsonObject().put("password", "1234")),
        422,
        unprocessable("{\"password\":[\"is too short (minimum is 5 characters)\"]}"));
    assertThat(patch(path).send(new JsonObject().put("password", "12345")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aNewCodeEndsTheFormerAndTimeEndsEach() {
    String first = token();
    String second = token();
    assertThat(get("/v0/password_resets/" + first).send().statusCode()).isEqualTo(404);
    assertThat(get("/v0/password_resets/" + second).send().statusCode()).isEqualTo(200);
    node.clock.forward(Duration.ofHours(1));
    assertThat(get("/v0/password_resets/" + second).send().statusCode()).isEqualTo(404);
  }

  @Test
  void whoIsUnknownOrSaysNothingIsTold() {
    assertAnswer(
        ask("email", "nobody@example.org"), 404, notFound("User", "email", "nobody@example.org"));
    assertAnswer(ask("email", "ada"), 404, notFound("User", "email", "ada"));
    assertAnswer(
        post("/v0/password_resets").send(new JsonObject()),
        422,
        "{\"id\":\"unprocessable_entity\",\"message\":\"Unprocessable Entity\",\"errors\":"
            + "\"Please include parameter email, username or email_or_username\",\"url\":\"\"}");
    assertThat(mails()).isEmpty();
  }

  @Test
  void whoIsSignedInNeedsNoneUnlessForOthers() {
    JsonObject wanted = new JsonObject().put("username", "ada");
    assertAnswer(post("/v0/password_resets").as(ada).send(wanted), 403, FORBIDDEN);
    assertAnswer(post("/v0/password_resets").as(admin).send(wanted), 200, DELIVERED);
  }

  @Test
  void anAccountIsAskedForSoOftenWhetherItIsThereOrNot() {
    for (int i = 0; i < 4; i++) assertThat(ask("username", "ada").statusCode()).isEqualTo(200);
    assertThat(ask("username", "ada").statusCode()).isEqualTo(429);
    for (int i = 0; i < 4; i++) assertThat(ask("username", "nobody").statusCode()).isEqualTo(404);
    assertThat(ask("username", "nobody").statusCode()).isEqualTo(429);
    assertThat(ask("username", "bob").statusCode()).isEqualTo(200);
    assertThat(mails()).hasSize(5);
    node.clock.forward(Duration.ofMinutes(15));
    assertThat(ask("username", "ada").statusCode()).isEqualTo(200);
  }

  @Test
  void anAddressAsksAndTriesSoOften() {
    for (int i = 0; i < 30; i++) ask("username", "nobody" + i);
    assertThat(ask("username", "ada").statusCode()).isEqualTo(429);
    for (int i = 0; i < 120; i++)
      assertThat(get("/v0/password_resets/x" + i).send().statusCode()).isEqualTo(404);
    assertThat(get("/v0/password_resets/y").send().statusCode()).isEqualTo(429);
  }

  @Test
  void theLinkInTheMailLeadsToAPageThatSetsIt() {
    TestNode.await(
        node.metadata
            .users()
            .update(ada.user().id(), user -> user.with(user.preferences().in(Language.CA))));
    ask("username", "ada");
    String path = link(mails().get(0), "/password_reset/");
    HttpResponse<Buffer> form = get(path).send();
    assertThat(form.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(form.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(form.bodyAsString()).contains("lang=\"ca\"").contains("Una altra contrasenya");
    String type = "application/x-www-form-urlencoded";
    HttpResponse<Buffer> refused = post(path).send(type, "password=1234");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.bodyAsString()).contains("almenys 5");
    HttpResponse<Buffer> set = post(path).send(type, "password=from+the+page");
    assertThat(set.statusCode()).isEqualTo(200);
    assertThat(set.bodyAsString()).contains("La contrasenya està desada");
    assertThat(signIn("ada", "from the page").statusCode()).isEqualTo(200);
    assertThat(get(path).send().statusCode()).isEqualTo(404);
  }

  private String token() {
    int before = mails().size();
    assertAnswer(ask("username", "ada"), 200, DELIVERED);
    String path = link(mails().get(before), "/password_reset/");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private HttpResponse<Buffer> ask(String parameter, String value) {
    return post("/v0/password_resets").send(new JsonObject().put(parameter, value));
  }
}
