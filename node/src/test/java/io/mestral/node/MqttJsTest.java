package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.TestAuthority;
import io.mestral.broker.clients.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT.js, the client of browsers and Node, in MQTT 3.1, 3.1.1 and 5, over all it can use. */
class MqttJsTest {
  /** Where {@code ./mestral test} installs it. */
  private static final Path MODULES = Path.of("target/js");

  private static final Path SCRIPT = Path.of("src/test/js/everyday.mjs").toAbsolutePath();

  @TempDir static Path folder;
  private static NodeProcess node;

  @BeforeAll
  static void aNodeOpenToAll() throws Exception {
    Programs.require(Programs.isInstalled("node"), "node isn't installed: get the package nodejs");
    Programs.require(
        Files.exists(MODULES.resolve("node_modules/mqtt")),
        "MQTT.js isn't in " + MODULES.toAbsolutePath() + ": ./mestral test puts it there by npm");
    TestAuthority authority = new TestAuthority("tests");
    authority.write(folder.resolve("ca.pem"));
    authority.identity("CN=server").write(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    node =
        NodeProcess.start(
            folder.resolve("data"),
            "mqtt.access=open",
            "mqtt.max-packet=2 MiB",
            "http.tls.port=0",
            "http.tls.cert=" + folder.resolve("cert.pem"),
            "http.tls.key=" + folder.resolve("key.pem"));
  }

  @AfterAll
  static void theNodeStops() {
    if (node != null) node.close();
  }

  @ParameterizedTest(name = "{0} over {1}")
  @CsvSource({
    "qos, tcp", "large, tcp", "retained, tcp", "will, tcp",
    "qos, ws", "large, ws", "retained, ws", "will, ws",
    "qos, wss", "large, wss", "retained, wss", "will, wss"
  })
  void whatPeopleDoWithItWorks(String scenario, String transport) throws Exception {
    List<String> command = List.of("node", SCRIPT.toString(), url(transport), scenario);
    Process client =
        Programs.start(
            MODULES, command, Map.of("NODE_EXTRA_CA_CERTS", folder.resolve("ca.pem").toString()));
    assertThat(Programs.await(client)).containsExactly("ok " + scenario);
  }

  private static String url(String transport) {
    return switch (transport) {
      case "tcp" -> "mqtt://127.0.0.1:" + node.mqttPort();
      case "ws" -> node.httpUrl().replace("http:", "ws:") + "/mqtt";
      default -> node.httpsUrl().toString().replace("https:", "wss:") + "/mqtt";
    };
  }
}
