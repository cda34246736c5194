package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec 2.8. */
class AccountsTest extends HttpTest {
  private static final List<String> SECRETS =
      List.of("email", "legacy_api_key", "forwarding_token", "forwarding_username");

  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  @Test
  void signingUpShowsTheNewUserAsAStrangerSeesIt() {
    JsonObject wanted =
        grace().put("city", "Turin").put("country_code", "it").put("url", "https://a.test");
    HttpResponse<Buffer> answer = post("/v0/users").send(wanted);
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonObject user = answer.bodyAsJsonObject();
    assertThat(user.fieldNames())
        .containsExactly(
            "id",
            "uuid",
            "role",
            "username",
            "profile_picture",
            "url",
            "location",
            "updated_at",
            "email",
            "legacy_api_key",
            "forwarding_token",
            "forwarding_username",
            "devices");
    assertThat(user.getString("username")).isEqualTo("grace");
    assertThat(user.getString("role")).isEqualTo("citizen");
    assertThat(user.getString("profile_picture")).isEmpty();
    assertThat(user.getString("url")).isEqualTo("https://a.test");
    assertThat(user.getJsonObject("location").encode())
        .isEqualTo("{\"city\":\"Turin\",\"country\":\"Italy\",\"country_code\":\"IT\"}");
    assertThat(user.getString("updated_at")).isEqualTo("2026-02-03T10:06:00Z");
    for (String secret : SECRETS) assertThat(user.getString(secret)).isEqualTo("[FILTERED]");
    assertThat(user.getJsonArray("devices")).isEmpty();
  }

  @Test
  void whoSignedUpCanSignIn() {
    post("/v0/users").send(grace());
    JsonObject session =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "grace").put("password", "hopper"))
            .bodyAsJsonObject();
    assertThat(session.getString("access_token")).matches("[A-Za-z0-9_-]{43}");
    JsonObject me =
        get("/v0/me").with("Authorization", "Bearer " + session.getString("access_token")).object();
    assertThat(me.getString("email")).isEqualTo("grace@example.org");
    assertThat(me.getString("legacy_api_key")).matches("[0-9a-f]{40}");
    assertThat(me.getString("forwarding_token")).isEmpty();
    assertThat(me.getString("forwarding_username")).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertAnswer(
        post("/v0/users").send(new JsonObject()),
        422,
        unprocessable(
            "{\"password\":[\"can't be blank\"],\"username\":[\"can't be blank\"],"
                + "\"email\":[\"can't be blank\"]}"));
    assertAnswer(
        post("/v0/users")
            .send(
                new JsonObject()
                    .put("username", "ada")
                    .put("email", "BOB@example.org")
                    .put("password", "1234")
                    .put("url", "javascript:alert(1)")),
        422,
        unprocessable(
            "{\"url\":[\"is invalid\"],"
                + "\"password\":[\"is too short (minimum is 5 characters)\"],"
                + "\"username\":[\"has already been taken\"],"
                + "\"email\":[\"has already been taken\"]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "ab, is too short (minimum is 3 characters)",
    "abcdefghijklmnopqrstuvwxyzabcde, is too long (maximum is 30 characters)",
    "a@b, is invalid",
    "edge:one, is invalid",
    "login, is reserved",
    "Bearer, is reserved",
    "ADA, has already been taken",
  })
  void someNamesAreNotForUsers(String name, String text) {
    assertAnswer(
        post("/v0/users").send(grace().put("username", name)),
        422,
        unprocessable("{\"username\":[\"" + text + "\"]}"));
  }

  @Test
  void aNameMayBeginWithAnAtSignAndHoldDots() {
    assertThat(post("/v0/users").send(grace().put("username", "@g.hopper")).statusCode())
        .isEqualTo(201);
    assertThat(get("/v0/users/@g.hopper").object().getString("username")).isEqualTo("@g.hopper");
  }

  @Test
  void anAddressHasAnAtSign() {
    assertAnswer(
        post("/v0/users").send(grace().put("email", "grace")),
        422,
        unprocessable("{\"email\":[\"is invalid\"]}"));
  }

  @Test
  void aSignedInCitizenMayNotMakeAccountsAnAdministratorMay() {
    assertAnswer(post("/v0/users").as(ada).send(grace()), 403, FORBIDDEN);
    assertThat(post("/v0/users").as(admin).send(grace()).statusCode()).isEqualTo(201);
  }

  @Test
  void closedSignUpIsForAdministratorsOnly() {
    try (TestNode closed = TestNode.start(0, SignUp.CLOSED)) {
      TestNode.Person root = closed.person("root", 5);
      assertAnswer(
          closed.call(io.vertx.core.http.HttpMethod.POST, "/v0/users").send(grace()),
          403,
          FORBIDDEN);
      assertThat(
              closed
                  .call(io.vertx.core.http.HttpMethod.POST, "/v0/users")
                  .as(root)
                  .send(grace())
                  .statusCode())
          .isEqualTo(201);
    }
  }

  @Test
  void usersAreFoundByNumberAndByNameButNotByAddress() {
    assertThat(get("/v0/users/" + ada.user().id()).object().getString("username")).isEqualTo("ada");
    assertThat(get("/v0/users/Ada").object().getString("username")).isEqualTo("ada");
    assertAnswer(
        get("/v0/users/ada@example.org").send(), 404, notFound("User", "id", "ada@example.org"));
    assertAnswer(get("/v0/users/4711").send(), 404, notFound("User", "id", "4711"));
  }

  @Test
  void secretsAreForTheUserAndAdministrators() {
    assertThat(get("/v0/users/ada").as(bob).object().getString("email")).isEqualTo("[FILTERED]");
    assertThat(get("/v0/users/ada").as(ada).object().getString("email"))
        .isEqualTo("ada@example.org");
    assertThat(get("/v0/users/ada").as(admin).object().getString("legacy_api_key"))
        .isEqualTo(ada.user().legacyApiKey());
  }

  @Test
  void devicesInAUserHaveNoDataNoOwnerAndForStrangersNoPlace() {
    device(ada, new JsonObject().put("name", "Roof").put("latitude", 41.4).put("longitude", 2.2));
    device(ada, new JsonObject().put("name", "Bedroom").put("is_private", true));
    JsonObject toStranger = get("/v0/users/ada").as(bob).object();
    assertThat(toStranger.getJsonArray("devices")).hasSize(1);
    JsonObject roof = toStranger.getJsonArray("devices").getJsonObject(0);
    assertThat(roof.fieldNames()).doesNotContain("data", "owner", "location");
    JsonObject toSelf = get("/v0/me").as(ada).object();
    assertThat(toSelf.getJsonArray("devices")).hasSize(2);
    assertThat(
            toSelf
                .getJsonArray("devices")
                .getJsonObject(0)
                .getJsonObject("location")
                .getDouble("latitude"))
        .isEqualTo(41.4);
  }

  @Test
  void meCanBeChangedAndKeepsWhatIsNotGiven() {
    JsonObject changed =
        patch("/v0/me")
            .as(ada)
            .send(new JsonObject().put("city", "Lisbon").putNull("country_code"))
            .bodyAsJsonObject();
    assertThat(changed.getJsonObject("location").encode())
        .isEqualTo("{\"city\":\"Lisbon\",\"country\":null,\"country_code\":null}");
    assertThat(changed.getString("email")).isEqualTo("ada@example.org");
    assertAnswer(
        patch("/v0/me").as(ada).send(new JsonObject().put("username", "bob")),
        422,
        unprocessable("{\"username\":[\"has already been taken\"]}"));
  }

  @Test
  void aChangeKeepsWhatAnotherChangedMeanwhile() {
    detours.once(
        UserRegistry.class,
        "update",
        Detours.after(() -> node.metadata.users().update(ada.user().id(), AccountsTest::promoted)));
    JsonObject changed =
        patch("/v0/me").as(ada).send(new JsonObject().put("city", "Lisbon")).bodyAsJsonObject();
    assertThat(changed.getString("role")).isEqualTo("researcher");
    JsonObject me = get("/v0/me").as(ada).object();
    assertThat(me.getString("role")).isEqualTo("researcher");
    assertThat(me.getJsonObject("location").getString("city")).isEqualTo("Lisbon");
  }

  @Test
  void aChangedPasswordIsTheOneThatCounts() {
    patch("/v0/me").as(ada).send(new JsonObject().put("password", "analytical"));
    JsonObject old = new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD);
    assertThat(post("/v0/sessions").send(old).statusCode()).isEqualTo(422);
    assertThat(post("/v0/sessions").send(old.put("password", "analytical")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aChangedPasswordEndsTheSessionsButTheOneItWasChangedIn() {
    String here = signIn();
    String elsewhere = signIn();
    JsonObject change = new JsonObject().put("password", "analytical");
    assertThat(patch("/v0/me").with("Cookie", here).send(change).statusCode()).isEqualTo(200);
    assertThat(get("/v0/me").with("Cookie", here).send().statusCode()).isEqualTo(200);
    assertThat(get("/v0/me").with("Cookie", elsewhere).send().statusCode()).isEqualTo(401);
    patch("/v0/users/ada").as(admin).send(new JsonObject().put("password", "analytic"));
    assertThat(get("/v0/me").with("Cookie", here).send().statusCode()).isEqualTo(401);
    assertThat(get("/v0/me").as(ada).send().statusCode()).isEqualTo(200);
  }

  private String signIn() {
    String cookie =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .getHeader("Set-Cookie");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @ParameterizedTest
  @CsvSource({"email,256", "city,256", "url,1001"})
  void whatIsTooLongIsRefused(String field, int length) {
    String start = field.equals("email") ? "a@" : "http://";
    JsonObject longest =
        new JsonObject().put(field, start + "x".repeat(length - 1 - start.length()));
    assertThat(patch("/v0/me").as(ada).send(longest).statusCode()).isEqualTo(200);
    JsonObject longer = new JsonObject().put(field, longest.getString(field) + "x");
    assertThat(patch("/v0/me").as(ada).send(longer).bodyAsString())
        .isEqualTo(
            unprocessable(
                "{\""
                    + field
                    + "\":[\"is too long (maximum is "
                    + (length - 1)
                    + " characters)\"]}"));
  }

  @Test
  void onlyAdministratorsGiveRoles() {
    JsonObject promotion = new JsonObject().put("role_mask", 5);
    assertThat(patch("/v0/me").as(ada).send(promotion).bodyAsJsonObject().getString("role"))
        .isEqualTo("citizen");
    assertAnswer(patch("/v0/users/ada").as(bob).send(promotion), 403, FORBIDDEN);
    assertThat(
            patch("/v0/users/ada").as(admin).send(promotion).bodyAsJsonObject().getString("role"))
        .isEqualTo("admin");
  }

  @Test
  void aRoleThatIsTakenAwayIsToldThoughThePasswordIsNotKept() {
    patch("/v0/users/ada").as(admin).send(new JsonObject().put("role_mask", 5));
    node.changedUsers.clear();
    detours.always(
        UserRegistry.class, "changePassword", Detours.failing(new IOException("the disk is full")));
    JsonObject change = new JsonObject().put("role_mask", 0).put("password", "analytical");
    assertThat(patch("/v0/users/ada").as(admin).send(change).statusCode()).isEqualTo(500);
    assertThat(node.changedUsers).containsExactly(ada.user().id());
  }

  private static User promoted(User user) {
    return new User(
        user.id(),
        user.uuid(),
        user.username(),
        user.email(),
        2,
        user.city(),
        user.countryCode(),
        user.url(),
        user.legacyApiKey(),
        user.createdAt(),
        user.updatedAt());
  }

  private static JsonObject grace() {
    return new JsonObject()
        .put("username", "grace")
        .put("email", "grace@example.org")
        .put("password", "hopper");
  }
}
