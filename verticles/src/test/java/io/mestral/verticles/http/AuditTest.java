package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.FORBIDDEN;
import static io.mestral.verticles.http.HttpTest.UNAUTHORIZED;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people did is written down. */
class AuditTest extends PeopleTest {
  @Test
  void whoDidWhatToWhichThingFromWhereAndHowItEnded() {
    int roof = device(ada, "Roof");
    patch("/v0/devices/" + roof).as(admin).send(new JsonObject().put("name", "Cellar"));
    patch("/v0/devices/" + roof).as(bob).send(new JsonObject().put("is_private", true));
    List<JsonObject> log = log("/ops/v1/audit", admin);
    assertThat(log).hasSize(3);
    JsonObject refused = log.get(0);
    assertThat(refused.getString("actor")).isEqualTo("bob");
    assertThat(refused.getInteger("actor_id")).isEqualTo((int) bob.user().id().value());
    assertThat(refused.getString("action")).isEqualTo("PATCH /v0/devices/:id");
    assertThat(refused.getString("object")).isEqualTo("device " + roof);
    assertThat(refused.getInteger("owner_id")).isEqualTo((int) ada.user().id().value());
    assertThat(refused.getString("address")).isEqualTo("127.0.0.1");
    assertThat(refused.getInteger("status")).isEqualTo(403);
    assertThat(refused.getString("outcome")).isEqualTo("refused");
    assertThat(refused.getJsonArray("fields")).containsExactly("is_private");
    assertThat(refused.getString("at")).isEqualTo("2026-02-03T10:06:00Z");
    assertThat(log.get(2).getString("action")).isEqualTo("POST /v0/devices");
    assertThat(log.get(2).getString("object")).isEqualTo("device " + roof);
  }

  @Test
  void everybodySeesWhatConcernsThem() {
    int roof = device(ada, "Roof");
    device(bob, "Bob's");
    patch("/v0/devices/" + roof).as(admin).send(new JsonObject().put("name", "Cellar"));
    assertThat(log("/v0/me/audit", ada))
        .extracting(entry -> entry.getString("actor"))
        .containsExactly("root", "ada");
    assertThat(log("/v0/me/audit", bob)).hasSize(1);
    assertAnswer(get("/v0/me/audit").send(), 401, UNAUTHORIZED);
    assertThat(get("/ops/v1/audit").as(ada).send().bodyAsString()).startsWith(opsForbidden());
  }

  @Test
  void itIsNarrowedAndPaged() {
    int roof = device(ada, "Roof");
    for (int i = 0; i < 3; i++)
      patch("/v0/devices/" + roof).as(ada).send(new JsonObject().put("name", "Roof " + i));
    device(bob, "Bob's");
    assertThat(log("/ops/v1/audit?user=ada", admin)).hasSize(4);
    assertThat(log("/ops/v1/audit?actor=" + bob.user().id(), admin)).hasSize(1);
    assertThat(log("/ops/v1/audit?action=PATCH", admin)).hasSize(3);
    assertThat(log("/ops/v1/audit?to=2026-02-03T10:05:59Z", admin)).isEmpty();
    assertThat(log("/ops/v1/audit?per_page=2&page=2", admin)).hasSize(2);
    assertThat(get("/ops/v1/audit?per_page=2").as(admin).send().getHeader("Total")).isEqualTo("5");
    assertThat(get("/ops/v1/audit?user=nobody").as(admin).send().statusCode()).isEqualTo(404);
  }

  @Test
  void signingUpAndInIsWrittenDownReadingIsNot() {
    post("/v0/users")
        .send(
            new JsonObject()
                .put("username", "grace")
                .put("email", "grace@example.org")
                .put("password", "hopper"));
    signIn("grace", "hopper");
    signIn("grace", "wrong");
    get("/v0/me").as(ada).send();
    get("/v0/devices").as(ada).send();
    assertThat(log("/ops/v1/audit", admin))
        .extracting(entry -> entry.getString("actor") + " " + entry.getString("action"))
        .containsExactly("grace POST /v0/sessions", "grace POST /v0/users");
  }

  @Test
  void measurementsAreNoDeeds() {
    int roof = device(ada, "Roof");
    post("/v0/devices/" + roof + "/readings")
        .as(ada)
        .send(new JsonObject().put("data", new JsonArray()));
    assertThat(log("/ops/v1/audit", admin)).hasSize(1);
  }

  @Test
  void noSecretIsInIt() {
    int roof = device(ada, new JsonObject().put("name", "Roof").put("device_token", "tok3n1"));
    patch("/v0/devices/" + roof + "?access_token=" + ada.token())
        .send(new JsonObject().put("device_token", "tok3n2").put("tok3n3", "x"));
    patch("/v0/me").as(ada).send(new JsonObject().put("password", "hunter2secret"));
    post("/v0/password_resets").send(new JsonObject().put("username", "bob"));
    String path = link(mails().get(0), "/password_reset/");
    String code = path.substring(path.lastIndexOf('/') + 1);
    patch("/v0/password_resets/" + code).send(new JsonObject().put("password", "hunter3secret"));
    patch("/v0/password_resets/" + code).as(ada).send(new JsonObject().put("password", "hunter4"));
    String invitation = post("/ops/v1/invitations").as(admin).object().getString("invitation");
    String log = get("/ops/v1/audit").as(admin).send().bodyAsString();
    assertThat(log)
        .contains("\"device_token\"")
        .contains("\"password\"")
        .contains("PATCH /v0/password_resets/:token")
        .contains("\"invitation 1\"");
    for (String secret :
        List.of("tok3n", ada.token(), "hunter", code, invitation, TestNode.PASSWORD))
      assertThat(log).doesNotContain(secret);
  }

  /** Outside the platform's routes errors have the request's id behind. */
  private static String opsForbidden() {
    return FORBIDDEN.substring(0, FORBIDDEN.length() - 1);
  }

  private List<JsonObject> log(String uri, TestNode.Person viewer) {
    return get(uri).as(viewer).array().stream().map(JsonObject.class::cast).toList();
  }
}
