package io.mestral.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.broker.clients.Programs;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateways in {@code examples}, which know JSON alone; docs/gateway.md tells what they do. */
class ExampleGatewaysTest {
  /** Where {@code ./mestral test} installs MQTT.js. */
  private static final Path MODULES = Path.of("target/js").toAbsolutePath();

  private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private String token;
  private Optional<Process> gateway = Optional.empty();
  private final BlockingQueue<String> printed = new LinkedBlockingQueue<>();

  @BeforeEach
  void aNodeThatKnowsTheGateway() throws Exception {
    start();
    token =
        http.post("/ops/v1/gateways", "{\"name\":\"hall\",\"iri\":\"https://example.org/id/hall\"}")
            .get("token")
            .asText();
  }

  @AfterEach
  void stop() throws Exception {
    leave();
    node.close();
  }

  private void start() throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "smartapi.node=hub");
    http = node.http(data);
  }

  private void run(String example) throws Exception {
    Process started =
        Programs.start(
            MODULES.getParent(), command(example), Map.of("PYTHONDONTWRITEBYTECODE", "1"));
    gateway = Optional.of(started);
    Thread reader =
        new Thread(() -> started.inputReader(UTF_8).lines().forEach(printed::add), "printed");
    reader.setDaemon(true);
    reader.start();
    assertThat(printed.poll(20, TimeUnit.SECONDS)).isEqualTo("ready");
  }

  /** MQTT.js is found beside a script, and so the script goes where MQTT.js is. */
  private List<String> command(String example) throws Exception {
    List<String> arguments = List.of("127.0.0.1", String.valueOf(node.mqttPort()), "hall", token);
    if (example.endsWith(".py")) {
      Programs.require(
          Programs.isInstalled("python3") && hasPaho(),
          "Paho isn't installed for /usr/bin/python3: get the package python3-paho-mqtt");
      return joined(List.of("/usr/bin/python3", EXAMPLES.resolve(example).toString()), arguments);
    }
    Programs.require(Programs.isInstalled("node"), "node isn't installed: get the package nodejs");
    Programs.require(
        Files.exists(MODULES.resolve("node_modules/mqtt")),
        "MQTT.js isn't in " + MODULES + ": ./mestral test puts it there by npm");
    Path copy = MODULES.resolve(UUID.randomUUID() + ".mjs");
    Files.copy(EXAMPLES.resolve(example), copy);
    copy.toFile().deleteOnExit();
    return joined(List.of("node", copy.toString()), arguments);
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static boolean hasPaho() throws Exception {
    return new ProcessBuilder("/usr/bin/python3", "-c", "import paho.mqtt.client").start().waitFor()
        == 0;
  }

  private void leave() throws Exception {
    if (gateway.isPresent()) gateway.get().destroyForcibly().waitFor();
    gateway = Optional.empty();
  }

  private static String request(String kind, String says) {
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <https://client.example/id/app> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ;\n"
            .formatted(UUID.randomUUID(), kind, Instant.now().truncatedTo(ChronoUnit.MILLIS))
        + says
        + " .\n";
  }

  private static String activity(String method, String entity) {
    return "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:%s ; smartapi:entity %s ]"
        .formatted(method, entity);
  }

  private static String of(String property, String value) {
    return "smartapi:parameter [ smartapi:key \"%s\" ; rdf:value [ a smartapi:ValueObject ; %s ] ]"
        .formatted(property, value);
  }

  private Message ask(String request) {
    return read(
        http.with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", request)
            .body());
  }

  private static Message read(String turtle) {
    return new MessageReader().read(turtle.getBytes(UTF_8), Syntax.TURTLE).message();
  }

  private static final String TEMPERATURE =
      activity(
          "Read",
          "[ smartapi:parameter [ smartapi:key \"room\" ; rdf:value \"hall\" ] ; "
              + of("temperature", "qudt:unit unit:DegreeFahrenheit")
              + " ]");

  private static String level(String value) {
    return activity(
        "Write",
        "[ smartapi:parameter [ smartapi:key \"room\" ; rdf:value \"hall\" ] ; "
            + of("level", value)
            + " ]");
  }

  /** What an announcement says is known a moment after it was acknowledged. */
  private Message askUntilKnown(String says) {
    Instant end = Instant.now().plusSeconds(20);
    Message answer = ask(request("Request", says));
    while (entities(answer).isEmpty() && answer.errors().isEmpty() && Instant.now().isBefore(end))
      answer = ask(request("Request", says));
    return answer;
  }

  private static List<Entity> entities(Message answer) {
    return answer.activities().stream().flatMap(one -> one.entities().stream()).toList();
  }

  private static ValueObject value(Message answer, String property) {
    assertThat(answer.errors()).isEmpty();
    assertThat(entities(answer)).hasSize(1);
    Entity lamp = entities(answer).get(0);
    return ValueObject.at(lamp.graph(), lamp.named().value(property).orElseThrow().asNode());
  }

  private static double number(Message answer, String property) {
    return value(answer, property).value().orElseThrow().asDouble();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway.py", "gateway.mjs"})
  void anExampleIsReadAndWrittenInTheAskersUnitsAndActsOnce(String example) throws Exception {
    run(example);
    Message read = askUntilKnown(TEMPERATURE);
    assertThat(number(read, "temperature")).isCloseTo(70.7, within(1e-9));
    String write = request("Request", level("qudt:unit unit:Unitless ; rdf:value 0.4"));
    Message written = ask(write);
    assertThat(number(written, "level")).isCloseTo(0.4, within(1e-12));
    assertThat(printed.poll(5, TimeUnit.SECONDS)).isIn("level 40", "level 40.0");
    assertThat(number(ask(write), "level")).isCloseTo(0.4, within(1e-12));
    Message whole =
        ask(request("Request", activity("Read", "<https://example.org/id/hall/lamp-1>")));
    assertThat(number(whole, "level")).isEqualTo(40.0);
    assertThat(printed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway.py", "gateway.mjs"})
  void whatComesTwiceIsAnsweredTwiceAndDoneOnce(String example) throws Exception {
    run(example);
    askUntilKnown(TEMPERATURE);
    Mqtt5BlockingClient admin = client("bearer", http.token());
    try (Mqtt5BlockingClient.Mqtt5Publishes heard = admin.publishes(MqttGlobalPublishFilter.ALL)) {
      admin.subscribeWith().topicFilter("smartapi/1/hall/out/+").qos(MqttQos.AT_LEAST_ONCE).send();
      String command =
          "{\"mestral\":1,\"command\":\"urn:uuid:7a6d2c0e-0000-4000-8000-000000000001\",\"answerTo\":\"smartapi/1/hall/out/twice\",\"write\":{\"lamp-1\":{\"level\":7}}}";
      for (int time = 0; time < 2; time++) {
        publish(admin, "smartapi/1/hall/in", command);
        assertThat(
                new String(
                    heard.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes(), UTF_8))
            .contains("urn:uuid:7a6d2c0e");
      }
    }
    admin.disconnect();
    assertThat(printed.poll(5, TimeUnit.SECONDS)).isEqualTo("level 7");
    assertThat(printed).isEmpty();
  }

  @Test
  void aGatewayThatIsGoneTimesOutAndIsStillSpokenToItsWayAfterARestart() throws Exception {
    run("gateway.py");
    askUntilKnown(TEMPERATURE);
    leave();
    node.kill();
    start();
    Message waits =
        ask(
            request(
                "Request",
                "sx:timeout \"PT0.2S\"^^xsd:duration ; sx:expires \"%s\"^^xsd:dateTime ; "
                        .formatted(Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS))
                    + level("rdf:value 5")));
    assertThat(waits.status()).isPresent();
    Message ended = pollUntilDone(waits.processId().orElseThrow());
    assertThat(ended.errors()).singleElement().matches(one -> one.isA(Types.TIMEOUT_ERROR));
    run("gateway.py");
    assertThat(number(askUntilKnown(TEMPERATURE), "temperature")).isCloseTo(70.7, within(1e-9));
  }

  private Message pollUntilDone(long process) {
    String probe = "smartapi:processID " + process;
    Instant end = Instant.now().plusSeconds(20);
    Message answer = ask(request("AliveRequest", probe));
    while (answer.status().isPresent() && Instant.now().isBefore(end))
      answer = ask(request("AliveRequest", probe));
    return answer;
  }

  @Test
  void whatTheFormCannotSayIsRefusedForEachEntityAndNotSent() throws Exception {
    run("gateway.py");
    askUntilKnown(TEMPERATURE);
    assertThat(errors(level("qudt:unit unit:Percent ; rdf:value 140")))
        .singleElement()
        .matches(one -> one.contains("from 0 to 100"));
    assertThat(errors(level("qudt:unit unit:DegreeCelsius ; rdf:value 1")))
        .singleElement()
        .matches(one -> one.contains("nit"));
    assertThat(errors(level("rdf:value \"bright\"")))
        .singleElement()
        .matches(one -> one.contains("takes a number"));
    assertThat(
            errors(
                activity("Write", "<https://example.org/id/hall/lamp-1>")
                    + " . <https://example.org/id/hall/lamp-1> "
                    + of("temperature", "rdf:value 1")))
        .singleElement()
        .matches(one -> one.contains("has no such property to be written; it has [level]"));
    assertThat(
            errors(
                TEMPERATURE.replaceFirst(
                    "smartapi:entity",
                    "smartapi:temporalContext [ a smartapi:TemporalContext ; smartapi:duration \"PT1H\"^^xsd:duration ] ; smartapi:entity")))
        .singleElement()
        .matches(one -> one.contains("no series"));
    assertThat(
            errors(
                activity(
                    "Write",
                    "[ smartapi:parameter [ smartapi:key \"temperature\" ; rdf:value [ a smartapi:Condition ; sx:less 5 ] ] ; "
                        + of("level", "rdf:value 1")
                        + " ]")))
        .singleElement()
        .matches(one -> one.contains("select it by name"));
    assertThat(printed).isEmpty();
  }

  private List<String> errors(String says) {
    Message answer = ask(request("Request", says));
    assertThat(entities(answer)).isEmpty();
    return answer.errors().stream().map(ErrorReport::message).map(Optional::orElseThrow).toList();
  }

  private Mqtt5BlockingClient client(String user, String secret) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .simpleAuth()
            .username(user)
            .password(secret.getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return client;
  }

  private static void publish(Mqtt5BlockingClient client, String topic, String text) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(text.getBytes(UTF_8))
        .send();
  }
}
