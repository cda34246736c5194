package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge joins a node with a code that is good once. */
class EdgeEnrolmentTest {
  @TempDir Path folder;

  private NodeProcess edge(String name, String... more) throws IOException {
    List<String> settings =
        new ArrayList<>(List.of("limits.http-per-minute=0", "node.profile=edge"));
    settings.addAll(List.of(more));
    return NodeProcess.start(folder.resolve(name), settings.toArray(String[]::new));
  }

  private static boolean isConnected(NodeProcess edge, Path data) throws IOException {
    return edge.http(data).get("/ops/v1/uplink").get("connected").asBoolean();
  }

  private String code(NodeProcess cloud, String name) throws IOException {
    JsonNode made =
        cloud
            .http(folder.resolve("cloud"))
            .post(
                "/ops/v1/edges",
                "{\"name\":\"%s\",\"url\":\"mqtt://127.0.0.1:%d\"}"
                    .formatted(name, cloud.mqttPort()));
    return made.get("code").asText();
  }

  @Test
  void aCodeIsNeededOnceAndGoodOnce() throws Exception {
    try (NodeProcess cloud = NodeProcess.start(folder.resolve("cloud"))) {
      String code = code(cloud, "hill");
      Path data = folder.resolve("edge");
      try (NodeProcess edge = edge("edge", "uplink.enrol=" + code)) {
        EdgePair.await("enrolled", () -> isInStep(cloud));
        assertThat(isConnected(edge, data)).isTrue();
        assertThat(edge.log()).contains("this node is enrolled as hill");
      }
      assertThat(Files.readString(data.resolve("uplink.json"))).contains("\"hill\"");
      try (NodeProcess edge = edge("edge")) {
        EdgePair.await("connected without the code", () -> isConnected(edge, data));
      }
      try (NodeProcess edge = edge("edge", "uplink.enrol=" + code)) {
        EdgePair.await("connected with the same code", () -> isConnected(edge, data));
        try (NodeProcess thief = edge("thief", "uplink.enrol=" + code)) {
          EdgePair.await("refused", () -> thief.log().contains("no uplink to"));
          assertThat(isConnected(thief, folder.resolve("thief"))).isFalse();
          assertThat(isConnected(edge, data)).as("the first one stays").isTrue();
        }
      }
    }
  }

  /** The edge was told what it has to know. */
  private boolean isInStep(NodeProcess cloud) throws IOException {
    JsonNode edges = cloud.http(folder.resolve("cloud")).get("/ops/v1/edges");
    return edges.size() == 1 && edges.get(0).get("connected").asBoolean();
  }

  @Test
  void anotherCodeMakesItAnotherEdge() throws Exception {
    try (NodeProcess cloud = NodeProcess.start(folder.resolve("cloud"))) {
      String first = code(cloud, "hill");
      String second = code(cloud, "dale");
      Path data = folder.resolve("edge");
      try (NodeProcess edge = edge("edge", "uplink.enrol=" + first)) {
        EdgePair.await("connected", () -> isConnected(edge, data));
      }
      try (NodeProcess edge = edge("edge", "uplink.enrol=" + second)) {
        EdgePair.await("connected anew", () -> isConnected(edge, data));
        EdgePair.await("as dale", () -> edge.log().contains("enrolled as dale"));
      }
    }
  }

  @Test
  void aNameIsOneEdgesAlone() throws Exception {
    try (NodeProcess cloud = NodeProcess.start(folder.resolve("cloud"))) {
      code(cloud, "hill");
      String answer =
          cloud
              .http(folder.resolve("cloud"))
              .send("POST", "/ops/v1/edges", "{\"name\":\"hill\",\"url\":\"mqtts://a.example\"}")
              .body();
      assertThat(answer).contains("\"name\":[\"has already been taken\"]");
    }
  }

  @Test
  void whatIsNoCodeIsRefused() {
    assertThatThrownBy(() -> edge("edge", "uplink.enrol=nonsense"))
        .hasMessageContaining("uplink.enrol is no code of ./mestral admin edge add");
  }
}
