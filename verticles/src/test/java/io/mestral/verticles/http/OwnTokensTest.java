package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Secret;
import io.mestral.storage.TokenUses;
import io.mestral.verticles.auth.DeviceTokens;
import io.mestral.verticles.stores.Detours;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tokens of people, and of their devices. */
class OwnTokensTest extends HttpTest {
  private final Detours detours = new Detours();

  @Override
  TestNode start() {
    return TestNode.start(detours);
  }

  private int status(String token) {
    return get("/v0/me").with("Authorization", "Bearer " + token).send().statusCode();
  }

  @Test
  void anotherPrivateTokenEndsTheFormerOne() {
    JsonObject made = post("/v0/me/token").as(ada).send(new JsonObject()).bodyAsJsonObject();
    assertThat(status(ada.token())).isEqualTo(401);
    assertThat(status(made.getString("access_token"))).isEqualTo(200);
    assertThat(node.ended).containsExactly("token:" + node.vault.hash(secret(ada.token())));
    assertThat(
            post("/v0/sessions")
                .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
                .bodyAsJsonObject()
                .getString("access_token"))
        .isEqualTo(made.getString("access_token"));
  }

  private static Secret secret(String text) {
    return Secret.of(text);
  }

  @Test
  void aPrivateTokenThatExpiredIsReplacedAtTheNextSignIn() {
    String token =
        post("/v0/me/token")
            .as(ada)
            .send(new JsonObject().put("expires_in", 3600))
            .bodyAsJsonObject()
            .getString("access_token");
    assertThat(status(token)).isEqualTo(200);
    node.clock.forward(Duration.ofHours(1));
    assertThat(status(token)).isEqualTo(401);
    String next =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .bodyAsJsonObject()
            .getString("access_token");
    assertThat(next).isNotEqualTo(token);
    assertThat(status(next)).isEqualTo(200);
  }

  @Test
  void aNamedTokenIsShownOnceAndGoneWhenItIsTakenBack() {
    JsonObject wanted =
        new JsonObject().put("name", "Weather script").put("scopes", "profile readings:write");
    JsonObject made = post("/v0/me/tokens").as(ada).send(wanted).bodyAsJsonObject();
    String token = made.getString("token");
    assertThat(status(token)).isEqualTo(200);
    HttpResponse<Buffer> list = get("/v0/me/tokens").as(ada).send();
    assertThat(list.bodyAsString())
        .contains("Weather script", "\"scopes\":\"profile readings:write\"", "last_used_at")
        .doesNotContain(token);
    String own = "/v0/me/tokens/" + made.getInteger("id");
    assertThat(delete(own).as(bob).send().statusCode()).isEqualTo(404);
    assertThat(delete(own).as(ada).send().statusCode()).isEqualTo(200);
    assertThat(status(token)).isEqualTo(401);
  }

  @Test
  void aNamedTokenNeedsANameAndScopesThatThereAre() {
    assertAnswer(
        post("/v0/me/tokens").as(ada).send(new JsonObject()),
        422,
        unprocessable("{\"name\":[\"can't be blank\"],\"scopes\":[\"can't be blank\"]}"));
    assertThat(
            post("/v0/me/tokens")
                .as(ada)
                .send(new JsonObject().put("name", "x").put("scopes", "everything"))
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void itIsWrittenDownOnceAnHourThatATokenWasUsed() {
    for (int i = 0; i < 5; i++) status(ada.token());
    assertThat(detours.count(TokenUses.class, "note")).isEqualTo(1);
    node.clock.forward(Duration.ofHours(1));
    status(ada.token());
    assertThat(detours.count(TokenUses.class, "note")).isEqualTo(2);
    TestNode.await(node.metadata.check()); // a write too, so it comes after that of the use
    assertThat(get("/v0/me/token").as(ada).object().getString("last_used_at"))
        .isEqualTo("2026-02-03T11:06:00Z");
  }

  @Test
  void signingOutEndsTheSession() {
    String cookie =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .getHeader("Set-Cookie")
            .split(";")[0];
    HttpResponse<Buffer> out = delete("/v0/sessions").with("Cookie", cookie).send();
    assertThat(out.getHeader("Set-Cookie")).contains("Max-Age=0");
    assertThat(get("/v0/me").with("Cookie", cookie).send().statusCode()).isEqualTo(401);
  }

  @Test
  void aDevicesFormerTokenGoesOnForAsLongAsItsOwnerSays() {
    int id = device(ada, new JsonObject().put("name", "Roof").put("device_token", "former"));
    JsonObject made =
        post("/v0/devices/" + id + "/token")
            .as(ada)
            .send(new JsonObject().put("overlap", 3600))
            .bodyAsJsonObject();
    assertThat(made.getString("device_token")).matches("[a-z0-9]{6}").isNotEqualTo("former");
    assertThat(made.getString("former_until")).isEqualTo("2026-02-03T11:06:00Z");
    var tokens =
        new DeviceTokens(
            node.metadata.devices(), node.metadata.deviceTokenEnds(), node.vault, node.clock);
    assertThat(TestNode.await(tokens.find(secret("former")))).isPresent();
    assertThat(TestNode.await(tokens.find(secret(made.getString("device_token"))))).isPresent();
    node.clock.forward(Duration.ofHours(1));
    assertThat(TestNode.await(tokens.find(secret("former")))).isEmpty();
  }

  @Test
  void aTokenThatIsReplacedByHandHasNoOverlap() {
    int id = device(ada, new JsonObject().put("name", "Roof").put("device_token", "former"));
    post("/v0/devices/" + id + "/token").as(ada).send(new JsonObject().put("overlap", 3600));
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("device_token", "byhand"));
    var tokens =
        new DeviceTokens(
            node.metadata.devices(), node.metadata.deviceTokenEnds(), node.vault, node.clock);
    assertThat(TestNode.await(tokens.find(secret("former")))).isEmpty();
    assertThat(TestNode.await(tokens.find(secret("byhand")))).isPresent();
  }

  @Test
  void whatATokenIsGoodForIsNotProlongedBySendingItAgainOrReplacingIt() {
    int id = device(ada, "Roof");
    String token =
        post("/v0/devices/" + id + "/token")
            .as(ada)
            .send(new JsonObject().put("expires_in", 60))
            .bodyAsJsonObject()
            .getString("device_token");
    patch("/v0/devices/" + id).as(ada).send(new JsonObject().put("device_token", token));
    var tokens =
        new DeviceTokens(
            node.metadata.devices(), node.metadata.deviceTokenEnds(), node.vault, node.clock);
    assertThat(TestNode.await(tokens.find(secret(token))).orElseThrow().until()).isPresent();
    post("/v0/devices/" + id + "/token").as(ada).send(new JsonObject().put("overlap", 3600));
    assertThat(TestNode.await(tokens.find(secret(token)))).isPresent();
    node.clock.forward(Duration.ofMinutes(1));
    assertThat(TestNode.await(tokens.find(secret(token)))).isEmpty();
  }

  @Test
  void aDevicesTokenCanEndByItself() {
    int id = device(ada, "Roof");
    String token =
        post("/v0/devices/" + id + "/token")
            .as(ada)
            .send(new JsonObject().put("expires_in", 60))
            .bodyAsJsonObject()
            .getString("device_token");
    var tokens =
        new DeviceTokens(
            node.metadata.devices(), node.metadata.deviceTokenEnds(), node.vault, node.clock);
    assertThat(TestNode.await(tokens.find(secret(token))).orElseThrow().until()).isPresent();
    node.clock.forward(Duration.ofMinutes(1));
    assertThat(TestNode.await(tokens.find(secret(token)))).isEmpty();
  }

  @Test
  void nobodyElseReplacesADevicesToken() {
    int id = device(ada, "Roof");
    assertThat(post("/v0/devices/" + id + "/token").as(bob).send(new JsonObject()).statusCode())
        .isEqualTo(403);
    assertThat(post("/v0/devices/" + id + "/token").send(new JsonObject()).statusCode())
        .isEqualTo(401);
    assertThat(
            post("/v0/devices/" + id + "/token")
                .as(ada)
                .send(new JsonObject().put("overlap", "a while"))
                .statusCode())
        .isEqualTo(422);
  }
}
