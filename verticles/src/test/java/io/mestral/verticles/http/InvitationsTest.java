package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.FORBIDDEN;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static io.mestral.verticles.http.HttpTest.unprocessable;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code accounts.sign-up=invite}. */
class InvitationsTest extends PeopleTest {
  private static final String INVALID = unprocessable("{\"invitation\":[\"is invalid\"]}");

  @Override
  SignUp signUp() {
    return SignUp.INVITE;
  }

  @Test
  void anInvitationMakesOneAccount() {
    String code = invite(new JsonObject()).getString("invitation");
    HttpResponse<Buffer> made = signUp("grace", code);
    assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
    assertThat(signIn("grace", "hopper").statusCode()).isEqualTo(200);
    assertAnswer(signUp("eve", code), 422, INVALID);
    JsonArray all = get("/ops/v1/invitations").as(admin).array();
    assertThat(all.getJsonObject(0).getInteger("used_by"))
        .isEqualTo(made.bodyAsJsonObject().getInteger("id"));
    assertThat(all.encode()).doesNotContain(code);
  }

  @Test
  void withoutAGoodOneNobodyGetsInButByAdministrators() {
    assertAnswer(
        post("/v0/users").send(account("grace")),
        422,
        unprocessable("{\"invitation\":[\"can't be blank\"]}"));
    assertAnswer(signUp("grace", "guessed"), 422, INVALID);
    assertAnswer(post("/v0/users").as(ada).send(account("grace")), 403, FORBIDDEN);
    assertThat(post("/v0/users").as(admin).send(account("grace")).statusCode()).isEqualTo(201);
  }

  @Test
  void oneThatIsOverOrTakenBackIsNoGood() {
    String brief = invite(new JsonObject().put("days", 1)).getString("invitation");
    JsonObject wrong = invite(new JsonObject());
    String path = "/ops/v1/invitations/" + wrong.getInteger("id");
    assertThat(delete(path).as(ada).send().statusCode()).isEqualTo(403);
    assertThat(delete(path).as(admin).send().statusCode()).isEqualTo(200);
    assertThat(delete(path).as(admin).send().statusCode()).isEqualTo(404);
    assertAnswer(signUp("grace", wrong.getString("invitation")), 422, INVALID);
    node.clock.forward(Duration.ofDays(1));
    assertAnswer(signUp("grace", brief), 422, INVALID);
  }

  @Test
  void onlyAdministratorsInvite() {
    assertThat(post("/ops/v1/invitations").as(ada).send().statusCode()).isEqualTo(403);
    assertThat(get("/ops/v1/invitations").send().statusCode()).isEqualTo(401);
    assertThat(
            post("/ops/v1/invitations")
                .as(admin)
                .send(new JsonObject().put("days", 0))
                .statusCode())
        .isEqualTo(422);
  }

  private JsonObject invite(JsonObject wanted) {
    HttpResponse<Buffer> answer = post("/ops/v1/invitations").as(admin).send(wanted);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
    return answer.bodyAsJsonObject();
  }

  private HttpResponse<Buffer> signUp(String name, String invitation) {
    return post("/v0/users").send(account(name).put("invitation", invitation));
  }

  private static JsonObject account(String name) {
    return new JsonObject()
        .put("username", name)
        .put("email", name + "@example.org")
        .put("password", "hopper");
  }
}
