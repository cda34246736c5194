package io.mestral.verticles.http;

import static io.mestral.verticles.http.HttpTest.FORBIDDEN;
import static io.mestral.verticles.http.HttpTest.UNAUTHORIZED;
import static io.mestral.verticles.http.HttpTest.assertAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
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
  void whomPeopleLetInAndWhatApplicationsGetForItIsWrittenDown() {
    OAuthClient app = OAuthClient.of(node, bob, new JsonObject()).visitedBy(ada);
    JsonObject first = app.tokens("profile");
    JsonObject second = app.refresh(first.getString("refresh_token")).bodyAsJsonObject();
    app.ask("/oauth/revoke", Map.of("token", second.getString("access_token")));
    app.ask("/oauth/revoke", Map.of("token", "unknown"));
    app.refresh(first.getString("refresh_token")); // a second time: somebody stole it
    int ofAda = (int) ada.user().id().value();
    List<JsonObject> log = log("/ops/v1/audit", admin);
    assertThat(log)
        .extracting(AuditTest::summary)
        .containsExactly(
            "null POST /oauth/token application 1 of " + ofAda + ": 400",
            "null POST /oauth/revoke application 1 of " + ofAda + ": 200",
            "null POST /oauth/token application 1 of " + ofAda + ": 200",
            "null POST /oauth/token application 1 of " + ofAda + ": 200",
            "null make signing key signing key of null: 200",
            "ada POST /oauth/authorize application 1 of " + ofAda + ": 303",
            "ada POST /v0/sessions user " + ofAda + " of " + ofAda + ": 200",
            "bob POST /v0/applications application 1 of " + bob.user().id() + ": 201");
    assertThat(log("/v0/me/audit", ada)).hasSize(6);
    assertThat(log.toString())
        .doesNotContain(app.id, TestNode.PASSWORD)
        .doesNotContain(first.getString("refresh_token"), first.getString("access_token"))
        .doesNotContain(second.getString("refresh_token"), second.getString("access_token"));
  }

  @Test
  void whoSaidNoToAnApplicationIsWrittenDown() {
    OAuthClient app = OAuthClient.of(node, bob, new JsonObject()).visitedBy(ada);
    app.submit(app.authorize(app.request("profile")), Map.of("decision", "deny"));
    JsonObject newest = log("/ops/v1/audit", admin).get(0);
    assertThat(newest.getString("actor")).isEqualTo("ada");
    assertThat(newest.getString("object")).isEqualTo("application 1, denied");
  }

  @Test
  void whatAnApplicationGetsInItsOwnNameIsWrittenDown() {
    OAuthClient app = OAuthClient.of(node, bob, new JsonObject().put("scopes", "devices:read"));
    app.ask("/oauth/token", Map.of("grant_type", "client_credentials"));
    JsonObject newest = log("/ops/v1/audit", admin).get(0);
    assertThat(newest.getString("action")).isEqualTo("POST /oauth/token");
    assertThat(newest.getInteger("owner_id")).isEqualTo((int) bob.user().id().value());
  }

  @Test
  void signInsThatWereRefusedAreWrittenDownForWhomTheyConcern() {
    signIn("bob", "wrong");
    signIn("nobody", "hunter2secret");
    List<JsonObject> log = log("/ops/v1/audit", admin);
    int ofBob = (int) bob.user().id().value();
    assertThat(log)
        .extracting(AuditTest::summary)
        .containsExactly(
            "null POST /v0/sessions null of null: 404",
            "null POST /v0/sessions user " + ofBob + " of " + ofBob + ": 422");
    assertThat(log.toString()).doesNotContain("nobody", "hunter2secret", "wrong");
    assertThat(log("/v0/me/audit", bob)).hasSize(1);
  }

  /** The number of a key is another each time. */
  private static String summary(JsonObject entry) {
    String object = String.valueOf(entry.getString("object"));
    return entry.getString("actor")
        + " "
        + entry.getString("action")
        + " "
        + (object.startsWith("signing key") ? "signing key" : object)
        + " of "
        + entry.getInteger("owner_id")
        + ": "
        + entry.getInteger("status");
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
        .containsExactly(
            "null POST /v0/sessions", "grace POST /v0/sessions", "grace POST /v0/users");
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
