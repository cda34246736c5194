package io.mestral.broker.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT.js, the client of browsers and Node, in MQTT 3.1, 3.1.1 and 5. */
class MqttJsTest {
  /** Where {@code ./mestral test} installs it. */
  private static final Path MODULES = Path.of("target/js");

  private static final Path SCRIPT = Path.of("src/test/js/everyday.mjs").toAbsolutePath();

  @ParameterizedTest
  @ValueSource(strings = {"qos", "large", "will"})
  void whatPeopleDoWithItWorks(String scenario) throws Exception {
    Assumptions.assumeTrue(Programs.isInstalled("node"), "node is not installed");
    Assumptions.assumeTrue(
        Files.exists(MODULES.resolve("node_modules/mqtt")), "MQTT.js is not in " + MODULES);
    try (TestBroker broker = TestBroker.start()) {
      String url = "mqtt://127.0.0.1:" + broker.port();
      Process node = Programs.start(MODULES, List.of("node", SCRIPT.toString(), url, scenario));
      assertThat(Programs.await(node)).containsExactly("ok " + scenario);
    }
  }
}
