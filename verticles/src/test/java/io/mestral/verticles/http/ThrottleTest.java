package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.verticles.http.TestNode.Call;
import io.mestral.verticles.http.TestNode.Person;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rate limit of spec 2.3: here three requests a minute. */
class ThrottleTest {
  private TestNode node = TestNode.start(3, SignUp.OPEN);

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void theFourthRequestOfAMinuteIsPutOff() {
    for (int i = 0; i < 3; i++) assertThat(sensors().send().statusCode()).isEqualTo(200);
    HttpResponse<Buffer> fourth = sensors().send();
    assertThat(fourth.statusCode()).isEqualTo(429);
    assertThat(fourth.bodyAsString()).isEqualTo("Retry later\n");
    assertThat(fourth.getHeader("Content-Type")).isEqualTo("text/plain");
    assertThat(fourth.getHeader("Retry-After")).isEqualTo("60");
    node.clock.forward(Duration.ofMinutes(1));
    assertThat(sensors().send().statusCode()).isEqualTo(200);
  }

  @Test
  void whoSignsInHasALimitOfTheirOwn() {
    Person ada = node.person("ada", 0);
    for (int i = 0; i < 4; i++) sensors().send();
    for (int i = 0; i < 3; i++) assertThat(sensors().as(ada).send().statusCode()).isEqualTo(200);
    assertThat(sensors().as(ada).send().statusCode()).isEqualTo(429);
  }

  @Test
  void researchersAndAdministratorsHaveNone() {
    Person researcher = node.person("rosalind", 2);
    Person admin = node.person("root", 5);
    for (int i = 0; i < 5; i++) {
      assertThat(sensors().as(researcher).send().statusCode()).isEqualTo(200);
      assertThat(sensors().as(admin).send().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aResearcherFreesNobodyElseAtTheAddress() {
    Person researcher = node.person("rosalind", 2);
    assertThat(sensors().as(researcher).send().statusCode()).isEqualTo(200);
    for (int i = 0; i < 3; i++) sensors().send();
    assertThat(sensors().send().statusCode()).isEqualTo(429);
  }

  @Test
  void guessingPasswordsIsCountedApart() {
    node.person("ada", 0);
    for (int i = 0; i < 3; i++) assertThat(basic("wrong").send().statusCode()).isEqualTo(401);
    assertThat(basic(TestNode.PASSWORD).send().statusCode()).isEqualTo(429);
    assertThat(sensors().send().statusCode()).isEqualTo(200);
  }

  @Test
  void guessingAtTheLoginCountsAsGuessingInTheHeaderDoes() {
    node.close();
    node = TestNode.start(); // requests aren't limited
    node.person("ada", 0);
    for (int i = 0; i < 2; i++) assertThat(login("ada", "wrong").statusCode()).isEqualTo(422);
    assertThat(basic("wrong").send().statusCode()).isEqualTo(401);
    HttpResponse<Buffer> refused = login("ada", TestNode.PASSWORD);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.getHeader("Retry-After")).isNotEmpty();
    node.clock.forward(Duration.ofSeconds(20));
    assertThat(login("ada", TestNode.PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void probesAreNeverPutOff() {
    for (int i = 0; i < 5; i++)
      assertThat(node.get("/health/live").send().statusCode()).isEqualTo(200);
  }

  private HttpResponse<Buffer> login(String name, String password) {
    return node.call(HttpMethod.POST, "/v0/sessions")
        .send(new JsonObject().put("username", name).put("password", password));
  }

  private Call sensors() {
    return node.get("/v0/sensors");
  }

  private Call basic(String password) {
    byte[] pair = ("ada:" + password).getBytes(StandardCharsets.UTF_8);
    return sensors().with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }
}
