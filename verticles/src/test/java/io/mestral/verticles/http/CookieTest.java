package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a session in a cookie counts. */
class CookieTest extends HttpTest {
  private String cookie;

  @BeforeEach
  void adaSignsIn() {
    cookie =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .getHeader("Set-Cookie")
            .split(";")[0];
  }

  private int change(String header, String value) {
    return patch("/v0/me")
        .with("Cookie", cookie)
        .with(header, value)
        .send(new JsonObject().put("city", "Girona"))
        .statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example.org, 401",
    "Origin, null, 401",
    "Origin, https://map.example.org.evil.example.org, 401",
    "Origin, http://map.example.org, 401",
    "Origin, https://map.example.org, 200",
    "Sec-Fetch-Site, cross-site, 401",
    "Sec-Fetch-Site, same-site, 401",
    "Sec-Fetch-Site, same-origin, 200",
    "Sec-Fetch-Site, none, 200",
    "X-Requested-With, curl, 200"
  })
  void aChangeCountsFromPagesThatMayAskAndFromNoBrowserAtAll(
      String header, String value, int status) {
    assertThat(change(header, value)).isEqualTo(status);
  }

  @Test
  void theNodesOwnPagesMayAsk() {
    assertThat(change("Origin", node.url())).isEqualTo(200);
  }

  @Test
  void aScriptWithACallbackIsNobodys() {
    assertThat(get("/v0/me?callback=show").with("Cookie", cookie).send().statusCode())
        .isEqualTo(401);
    assertThat(get("/v0/me").with("Cookie", cookie).send().statusCode()).isEqualTo(200);
  }

  @Test
  void readingIsNoChange() {
    assertThat(
            get("/v0/me")
                .with("Cookie", cookie)
                .with("Origin", "https://evil.example.org")
                .send()
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aTokenBesideACookieOfAnotherSitesPageStillCounts() {
    assertThat(
            patch("/v0/me")
                .as(bob)
                .with("Cookie", cookie)
                .with("Origin", "https://elsewhere.example.org")
                .send(new JsonObject().put("city", "Girona"))
                .bodyAsJsonObject()
                .getString("username"))
        .isEqualTo("bob");
  }

  @Test
  void aSessionIsNoToken() {
    String session = cookie.substring(cookie.indexOf('=') + 1);
    assertThat(get("/v0/me").with("Authorization", "Bearer " + session).send().statusCode())
        .isEqualTo(401);
  }

  @Test
  void aNamedOriginIsEchoed() {
    assertThat(
            get("/v0/version")
                .with("Origin", TestNode.FRIENDLY_ORIGIN)
                .send()
                .getHeader("Access-Control-Allow-Origin"))
        .isEqualTo(TestNode.FRIENDLY_ORIGIN);
    assertThat(
            get("/v0/version")
                .with("Origin", "https://evil.example.org")
                .send()
                .getHeader("Access-Control-Allow-Origin"))
        .isEqualTo("*");
  }
}
