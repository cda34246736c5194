package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.verticles.http.ops.MqttClients.Client;
import io.mestral.verticles.http.ops.MqttClients.Connection;
import io.mestral.verticles.http.ops.MqttClients.Counts;
import io.mestral.verticles.http.ops.MqttClients.Event;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators see of the broker's clients. */
class OpsSessionsTest extends HttpTest {
  private static final Instant SINCE = Instant.parse("2026-02-03T10:00:00Z");

  @BeforeEach
  void threeClientsAreConnected() {
    node.mqtt.connected.add(client("a1", "meter", "anonymous", 0));
    node.mqtt.connected.add(client("b2", "meter 2", "user:3", 7));
    node.mqtt.connected.add(client("c3", "panel", "user:3", 0));
  }

  @Test
  void clientsAreListedWithTheirFigures() {
    assertAnswer(
        get("/ops/v1/sessions?client_id=panel").as(admin).send(),
        200,
        "[{\"id\":\"c3\",\"client_id\":\"panel\",\"principal\":\"user:3\",\"connected\":true,"
            + "\"protocol\":\"5.0\",\"transport\":\"tcp\",\"address\":\"127.0.0.1\","
            + "\"clean_start\":true,\"keep_alive\":60,\"connected_at\":\"2026-02-03T10:00:00Z\","
            + "\"last_packet_at\":\"2026-02-03T10:00:05Z\",\"inflight\":1,\"incoming\":2,"
            + "\"queued\":0,\"queued_bytes\":0,\"messages_received\":3,\"messages_sent\":4,"
            + "\"bytes_received\":5,\"bytes_sent\":6,\"messages_refused\":7,"
            + "\"messages_dropped\":8,\"blocked_ms\":9}]");
  }

  @Test
  void aListComesInPagesAndCanBeNarrowed() {
    HttpResponse<Buffer> first = get("/ops/v1/sessions?per_page=2").as(admin).send();
    assertThat(ids(first)).containsExactly("a1", "b2");
    assertThat(first.getHeader("Total")).isEqualTo("3");
    assertThat(first.getHeader("Link")).contains("/ops/v1/sessions?page=2&per_page=2");
    assertThat(ids(get("/ops/v1/sessions?client_id=meter").as(admin).send()))
        .containsExactly("a1", "b2");
    assertThat(ids(get("/ops/v1/sessions?principal=user:3").as(admin).send()))
        .containsExactly("b2", "c3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ops/v1/queues", "/ops/v1/sessions/slow"})
  void thoseForWhichSomethingWaitsHaveAListOfTheirOwn(String path) {
    assertThat(ids(get(path).as(admin).send())).containsExactly("b2");
  }

  @Test
  void oneClientIsShownWithSubscriptionsAndEvents() {
    node.mqtt.events.add(new Event(SINCE, "client_connected", "connected with MQTT 5.0 over tcp"));
    JsonObject shown = get("/ops/v1/sessions/a1").as(admin).send().bodyAsJsonObject();
    assertThat(shown.getString("client_id")).isEqualTo("meter");
    assertThat(shown.getJsonArray("received_by_qos")).containsExactly(1, 2, 3);
    assertThat(shown.getJsonObject("refused_by_reason").encode())
        .isEqualTo("{\"not_authorized\":5}");
    assertThat(shown.getJsonArray("subscriptions")).containsExactly("home/#");
    assertThat(shown.getJsonArray("events").encode())
        .isEqualTo(
            "[{\"at\":\"2026-02-03T10:00:00Z\",\"event\":\"client_connected\","
                + "\"text\":\"connected with MQTT 5.0 over tcp\"}]");
  }

  @Test
  void aClientCanBeSentAway() {
    assertAnswer(
        delete("/ops/v1/sessions/a1").as(admin).send(),
        200,
        "{\"message\":\"OK\",\"disconnected\":true,\"session_ended\":false,"
            + "\"messages_discarded\":0}");
    assertThat(ids(get("/ops/v1/sessions").as(admin).send())).containsExactly("b2", "c3");
    assertThat(delete("/ops/v1/sessions/a1").as(admin).send().statusCode()).isEqualTo(404);
    assertThat(get("/ops/v1/sessions/a1").as(admin).send().statusCode()).isEqualTo(404);
  }

  @Test
  void aSessionCanBeEndedWithAllThatWaitsInIt() {
    assertAnswer(
        delete("/ops/v1/sessions/b2?end=true").as(admin).send(),
        200,
        "{\"message\":\"OK\",\"disconnected\":true,\"session_ended\":true,"
            + "\"messages_discarded\":7}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ops/v1/sessions",
        "/ops/v1/sessions/a1",
        "/ops/v1/sessions/slow",
        "/ops/v1/queues"
      })
  void onlyAdministratorsSeeClients(String path) {
    assertThat(get(path).send().statusCode()).isEqualTo(401);
    assertThat(get(path).as(ada).send().statusCode()).isEqualTo(403);
  }

  @Test
  void onlyAdministratorsSendClientsAway() {
    assertThat(delete("/ops/v1/sessions/a1").send().statusCode()).isEqualTo(401);
    assertThat(delete("/ops/v1/sessions/a1").as(ada).send().statusCode()).isEqualTo(403);
    assertThat(node.mqtt.connected).hasSize(3);
  }

  private static Iterable<String> ids(HttpResponse<Buffer> answer) {
    JsonArray rows = answer.bodyAsJsonArray();
    return IntStream.range(0, rows.size())
        .mapToObj(i -> rows.getJsonObject(i).getString("id"))
        .toList();
  }

  private static Client client(String id, String clientId, String principal, int queued) {
    return new Client(
        id,
        clientId,
        principal,
        Optional.of(
            new Connection("5.0", "tcp", "127.0.0.1", true, 60, SINCE, SINCE.plusSeconds(5))),
        new Counts(1, 2, queued, queued * 100L, 3, 4, 5, 6, 7, 8, Duration.ofMillis(9)));
  }
}
