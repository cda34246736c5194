package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

/** Spec 2.16, the probes and the page at the root. */
class ServiceTest extends HttpTest {
  @Test
  void theWelcomeNamesTheCollections() {
    JsonObject welcome = get("/v0").object();
    assertThat(welcome.fieldNames())
        .containsExactly(
            "notice",
            "api_documentation_url",
            "current_user_url",
            "components_url",
            "devices_url",
            "measurements_url",
            "sensors_url",
            "users_url",
            "tags_url",
            "tags_sensors_url",
            "version_git");
    assertThat(welcome.getString("notice")).isEqualTo("Welcome. The old API has been removed.");
    assertThat(welcome.getString("devices_url")).isEqualTo(node.url() + "/v0/devices");
    assertThat(get("/").with("Accept", "application/vnd.smartcitizen; version=0").object())
        .isEqualTo(welcome);
  }

  @Test
  void theVersionIsShown() {
    String version =
        "{\"env\":\"production\",\"version\":\"1.2.3\",\"ruby\":null,\"rails\":null,"
            + "\"branch\":null,\"revision\":null}";
    assertAnswer(get("/v0/version").send(), 200, version);
    assertAnswer(get("/version").send(), 200, version);
  }

  @Test
  void theRootIsAPageForPeople() {
    HttpResponse<Buffer> answer = get("/").send();
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.bodyAsString()).contains("Mestral node, version 1.2.3");
  }

  @Test
  void programsAreWelcomedAtTheRoot() {
    assertThat(get("/").with("Accept", "application/json").object()).isEqualTo(get("/v0").object());
  }

  @Test
  void answersWithPeoplesDataSayUnderWhichLicence() {
    int id = device(ada, "Kit");
    for (String path :
        new String[] {
          "/v0",
          "/v0/devices/" + id,
          "/v0/devices/" + id + "/readings?sensor_id=55&rollup=1h",
          "/v0/devices/" + id + "/readings.csv"
        })
      assertThat(get(path).send().getHeader("Link"))
          .as(path)
          .isEqualTo("<https://example.org/licence>; rel=\"license\"");
  }

  @Test
  void aLiveNodeSaysSo() {
    assertAnswer(get("/health/live").send(), 200, "{\"status\":\"up\"}");
  }

  @Test
  void aNodeThatCannotServeSaysWhy() {
    assertAnswer(get("/health/ready").send(), 200, "{\"status\":\"ready\"}");
    node.troubles.add("the disk is full");
    assertAnswer(
        get("/health/ready").send(),
        503,
        "{\"status\":\"unavailable\",\"reasons\":[\"the disk is full\"]}");
  }

  @Test
  void metricsAreInPrometheusForm() {
    HttpResponse<Buffer> answer = get("/metrics").send();
    assertAnswer(answer, 200, "up 1\n");
    assertThat(answer.getHeader("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }
}
