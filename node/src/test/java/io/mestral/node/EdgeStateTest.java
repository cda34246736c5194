package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge knows users and kits of the node above, and needs nobody to let them in. */
class EdgeStateTest {
  @TempDir Path folder;

  private static Mqtt3BlockingClient kit(NodeProcess node, String token) {
    Mqtt3BlockingClient kit =
        MqttClient.builder()
            .useMqttVersion3()
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .simpleAuth()
            .username(token)
            .applySimpleAuth()
            .buildBlocking();
    kit.connect();
    return kit;
  }

  /** Whether a kit may log in with a token. */
  static boolean isLetIn(NodeProcess node, String token) {
    try {
      kit(node, token).disconnect();
      return true;
    } catch (Mqtt3ConnAckException refused) {
      return false;
    } catch (ConnectionFailedException none) {
      throw new AssertionError("nobody listens", none);
    }
  }

  private static JsonNode device(HttpProbe owner, String name) {
    return owner.post("/v0/devices", "{\"name\":\"" + name + "\"}");
  }

  private static String newToken(HttpProbe owner, JsonNode device) {
    return owner.post(path(device) + "/token", "{}").get("device_token").asText();
  }

  private static String path(JsonNode device) {
    return "/v0/devices/" + device.get("id").asLong();
  }

  private static boolean isThere(HttpProbe node, JsonNode device) {
    return node.send("GET", path(device), "").statusCode() == 200;
  }

  @Test
  void kitsAndUsersOfTheCloudAreLetInWithoutIt() throws Exception {
    try (EdgePair pair = EdgePair.of("ada", folder)) {
      HttpProbe ada = pair.signedIn(pair.atCloud(), "ada");
      JsonNode roof = device(ada, "Roof");
      String token = newToken(ada, roof);
      EdgePair.await("the kit", () -> isLetIn(pair.edge(), token));
      pair.killCloud();
      pair.killEdge();
      pair.startEdge();
      HttpProbe here = pair.signedIn(pair.atEdge(), "ada");
      assertThat(here.get("/v0/me").get("username").asText()).isEqualTo("ada");
      assertThat(pair.atEdge().as(ada.token()).get("/v0/me").get("username").asText())
          .as("the token of the node above")
          .isEqualTo("ada");
      assertThat(isLetIn(pair.edge(), "nobody")).isFalse();
      Mqtt3BlockingClient kit = kit(pair.edge(), token);
      kit.publishWith()
          .topic("device/sck/" + token + "/readings")
          .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
          .payload(
              "{\"data\":[{\"recorded_at\":\"2026-02-03T10:05:00Z\",\"sensors\":[{\"id\":55,\"value\":19.72}]}]}"
                  .getBytes())
          .send();
      pair.startCloud();
      pair.awaitAtCloud(roof.get("uuid").asText(), Map.of("10:05:00", 19.72));
      assertThat(pair.atCloud().get(path(roof)).get("uuid")).isEqualTo(roof.get("uuid"));
    }
  }

  @Test
  void aTokenThatWasReplacedIsNoGoodWithinASecond() throws Exception {
    try (EdgePair pair = EdgePair.of("ada", folder)) {
      HttpProbe ada = pair.signedIn(pair.atCloud(), "ada");
      JsonNode roof = device(ada, "Roof");
      String former = newToken(ada, roof);
      EdgePair.await("the kit", () -> isLetIn(pair.edge(), former));
      Mqtt3BlockingClient kit = kit(pair.edge(), former);
      Instant before = Instant.now();
      String token = newToken(ada, roof);
      EdgePair.await("sent away", () -> kit.getState() == MqttClientState.DISCONNECTED);
      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
      assertThat(isLetIn(pair.edge(), former)).isFalse();
      assertThat(isLetIn(pair.edge(), token)).isTrue();
      HttpProbe there = pair.atEdge().as(ada.token());
      assertThat(there.send("POST", path(roof) + "/token", "{}").statusCode())
          .as("tokens are changed above")
          .isEqualTo(403);
    }
  }

  @Test
  void aPasswordThatWasChangedIsTheOneThatCountsEverywhere() throws Exception {
    try (EdgePair pair = EdgePair.of("ada", folder)) {
      EdgePair.await(
          "ada", () -> EdgePair.signedIn(pair.atEdge(), "ada", EdgePair.PASSWORD).isPresent());
      HttpProbe there = pair.signedIn(pair.atEdge(), "ada");
      assertThat(there.send("PUT", "/v0/me", "{\"password\":\"another horse\"}").statusCode())
          .as("accounts are changed above")
          .isEqualTo(403);
      HttpProbe ada = pair.signedIn(pair.atCloud(), "ada");
      assertThat(ada.send("PUT", "/v0/me", "{\"password\":\"another horse\"}").statusCode())
          .isEqualTo(200);
      EdgePair.await(
          "the new one",
          () -> EdgePair.signedIn(pair.atEdge(), "ada", "another horse").isPresent());
      assertThat(EdgePair.signedIn(pair.atEdge(), "ada", EdgePair.PASSWORD)).isEmpty();
    }
  }

  @Test
  void devicesOfTheEdgeHaveTheSameNumberEverywhere() throws Exception {
    try (EdgePair pair = EdgePair.of("ada", folder)) {
      EdgePair.await(
          "ada", () -> EdgePair.signedIn(pair.atEdge(), "ada", EdgePair.PASSWORD).isPresent());
      device(pair.atCloud(), "Another's");
      HttpProbe here = pair.signedIn(pair.atEdge(), "ada");
      pair.link().cut();
      JsonNode roof = device(here, "Roof");
      JsonNode cellar = device(here, "Cellar");
      assertThat(here.send("PATCH", path(roof), "{\"name\":\"Loft\"}").statusCode()).isEqualTo(200);
      String ownToken = newToken(here, roof);
      pair.link().mend();
      HttpProbe ada = pair.signedIn(pair.atCloud(), "ada");
      EdgePair.await("the devices", () -> isThere(ada, roof) && isThere(ada, cellar));
      assertThat(ada.get(path(roof)).get("uuid")).isEqualTo(roof.get("uuid"));
      assertThat(ada.get(path(roof)).get("name").asText()).isEqualTo("Loft");
      assertThat(ada.get(path(roof)).get("owner").get("username").asText()).isEqualTo("ada");
      assertThat(ada.send("PATCH", path(roof), "{\"name\":\"Nest\"}").statusCode()).isEqualTo(200);
      EdgePair.await("Nest", () -> here.get(path(roof)).get("name").asText().equals("Nest"));
      assertThat(isLetIn(pair.edge(), ownToken))
          .as("it keeps the token that the edge gave it")
          .isTrue();
      assertThat(here.send("DELETE", path(cellar), "").statusCode()).isEqualTo(200);
      EdgePair.await("gone", () -> !isThere(ada, cellar));
      assertThat(ada.send("DELETE", path(roof), "").statusCode()).isEqualTo(200);
      EdgePair.await("gone, too", () -> !isThere(here, roof));
    }
  }
}
