package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec 2.7, legacy kits. */
class LegacyKitTest extends HttpTest {
  private static final String TIME = "UTC:2026,2,3,10,06,00#";

  private int id;

  @BeforeEach
  void makeAKit() {
    id = device(ada, new JsonObject().put("name", "Old").put("mac_address", "00:06:66:21:03:4a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v0/datetime", "/datetime", "/v0/add", "/add", "/add/"})
  void whateverAKitAsksItIsToldTheTime(String path) {
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      HttpResponse<Buffer> answer = node.call(HttpMethod.valueOf(method), path).send();
      assertAnswer(answer, 200, TIME);
      assertThat(answer.getHeader("Content-Type")).startsWith("text/plain");
    }
  }

  @Test
  void monthAndDayHaveNoZeroInFrontAndTheRestHasTwoDigits() {
    node.clock.forward(Duration.between(TestNode.NOW, Instant.parse("2026-11-20T01:02:03Z")));
    assertThat(get("/v0/datetime").send().bodyAsString()).isEqualTo("UTC:2026,11,20,01,02,03#");
  }

  @Test
  void rawNumbersAreTakenInByTheSensorsOfTheBoard() {
    String data =
        "[{\"temp\":\"26000\",\"bat\":\"850\",\"nonsense\":\"7\","
            + "\"timestamp\":\"2026-02-03 10:00:00\"},"
            + "{\"temp\":\"26500\",\"timestamp\":\"2026-02-03 10:01:00\"}]";
    assertAnswer(send("00:06:66:21:03:4A", "1.1-0.9.0-A", data), 200, TIME);
    JsonArray sensors = sensors();
    assertThat(sensors).hasSize(2);
    assertThat(sensors.getJsonObject(0).getInteger("id")).isEqualTo(17);
    assertThat(sensors.getJsonObject(0).getDouble("value")).isEqualTo(85.0);
    assertThat(sensors.getJsonObject(1).getInteger("id")).isEqualTo(12);
    assertThat(sensors.getJsonObject(1).getDouble("value"))
        .isEqualTo(175.72 / 65536.0 * 26500 - 53);
    assertThat(sensors.getJsonObject(1).getDouble("prev_value"))
        .isEqualTo(175.72 / 65536.0 * 26000 - 53);
  }

  @Test
  void theBoardBeforeHadOtherSensorsUnderTheSameKeys() {
    send("0006662103 4a".replace(" ", ""), "1.0-0.8.1", one("temp", "2026-02-03 10:00:00"));
    assertThat(sensors().getJsonObject(0).getInteger("id")).isEqualTo(4);
  }

  @Test
  void whatTheDeviceHasUnderAKeyComesFirst() {
    reading(ada, id, "2026-02-03T09:00:00Z", 4, 20);
    send("00:06:66:21:03:4a", "1.1-0.9.0-A", one("temp", "2026-02-03 10:00:00"));
    assertThat(sensors()).hasSize(1);
    assertThat(sensors().getJsonObject(0).getInteger("id")).isEqualTo(4);
    assertThat(sensors().getJsonObject(0).getDouble("value")).isEqualTo(25.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{}",
        "[{\"temp\":\"250\",\"timestamp\":\"2022-02-03 10:00:00\"}]",
        "[{\"temp\":\"250\",\"timestamp\":\"2026-02-05 10:00:00\"}]",
        "[{\"temp\":\"250\",\"timestamp\":\"soon\"}]",
        "[{\"temp\":\"250\"}]"
      })
  void whatCantBeTakenInStandsAmongTheErrors(String data) {
    assertAnswer(send("00:06:66:21:03:4a", "1.1-0.9.0-A", data), 200, TIME);
    assertThat(sensors()).isEmpty();
    assertThat(get("/v0/devices/" + id + "/ingest_errors").as(ada).array()).hasSize(1);
  }

  @Test
  void aKitThatNobodyHasIsAnsweredLikeOthers() {
    assertAnswer(send("00:06:66:00:00:00", "1.1", one("temp", "2026-02-03 10:00:00")), 200, TIME);
    assertAnswer(send("nonsense", "", "[]"), 200, TIME);
  }

  private static String one(String key, String time) {
    return "[{\"" + key + "\":\"250\",\"timestamp\":\"" + time + "\"}]";
  }

  private HttpResponse<Buffer> send(String mac, String version, String data) {
    return node.call(HttpMethod.PUT, "/add")
        .with("X-SmartCitizenMacADDR", mac)
        .with("X-SmartCitizenVersion", version)
        .with("X-SmartCitizenData", data)
        .send();
  }

  private JsonArray sensors() {
    return get("/v0/devices/" + id).object().getJsonObject("data").getJsonArray("sensors");
  }
}
