package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.message;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.AliveResponse;
import io.mestral.smartapi.model.message.Heartbeat;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is alive, said and asked; Smart API, section 2.17. */
class HeartbeatsTest {
  private static final String LAMP =
      TestGateway.PREFIXES
          + "fleet:lamp-1 a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ;"
          + " rdf:value 2.0E1 ] .";
  private static final String OUTLINE =
      "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 ."
          + " fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> .";
  private static final String LEVEL = activity("smartapi:Read", "fleet:lamp-1");

  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private SmartApiClient client;
  private TestGateway roof;

  @BeforeEach
  void aGatewayIsHere() throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "smartapi.heartbeat-interval=1s",
            "smartapi.node=hub");
    http = node.http(data);
    client = new SmartApiClient(http);
    String token = TestGateway.known(http, "roof");
    roof = new TestGateway("roof", token).with(LAMP, "lamp-1");
    roof.connect(node.mqttPort());
    roof.announce(OUTLINE);
    client.askUntilFound(activity("smartapi:Read", "[ a ex:Lamp ]"));
  }

  @AfterEach
  void stop() {
    roof.close();
    node.close();
  }

  private static String beat(String interval) {
    return "<urn:uuid:%s> a sx:Heartbeat ; smartapi:generatedBy <https://fleet.example/id/roof> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ; sx:interval \"%s\"^^xsd:duration ."
        .formatted(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MILLIS), interval);
  }

  private String presence() throws Exception {
    return http.get("/ops/v1/gateways").get(0).get("presence").asText();
  }

  private static String probe(String target) {
    return message(
        UUID.randomUUID().toString(), "AliveRequest", "smartapi:target <" + target + ">");
  }

  @Test
  void aGatewayThatPromisedToBeHeardIsLostInItsSilenceUntilItSpeaks() throws Exception {
    assertThat(presence()).isEqualTo("unknown");
    roof.beat(beat("PT0.2S"));
    Instant end = Instant.now().plusSeconds(30);
    String seen = presence();
    while (!seen.equals("lost") && Instant.now().isBefore(end)) seen = presence();
    assertThat(seen).isEqualTo("lost");
    Message waits = client.ask(request("sx:timeout \"PT0.2S\"^^xsd:duration ; " + LEVEL));
    assertThat(waits.status()).isPresent();
    assertThat(client.ask(probe("https://fleet.example/id/roof")).errors())
        .singleElement()
        .matches(one -> one.isA(Types.UNREACHABLE_ERROR));
    roof.beat(beat("PT1H"));
    assertThat(client.pollUntilDone(waits.processId().orElseThrow()).errors()).isEmpty();
    assertThat(presence()).isEqualTo("alive");
  }

  @Test
  void aProbeGoesToTheGatewayOrToWhomItManagesAndIsNotQueued() throws Exception {
    roof.answering(
        asked -> {
          Iri name = new Iri("urn:uuid:" + UUID.randomUUID());
          Graph graph =
              new AliveResponse.Builder(name)
                  .generatedBy(new Iri("https://fleet.example/id/roof"))
                  .generatedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                  .inReplyTo(asked.iri().orElseThrow())
                  .build()
                  .graph();
          return AliveResponse.at(graph, name);
        });
    for (String target : new String[] {"roof", "lamp-1"}) {
      Message answer = client.ask(probe("https://fleet.example/id/" + target));
      assertThat(answer.errors()).isEmpty();
      assertThat(answer).isInstanceOf(AliveResponse.class);
    }
    assertThat(client.ask(probe("https://fleet.example/id/nobody")).errors())
        .singleElement()
        .matches(one -> one.isA(Types.NOT_FOUND_ERROR));
    roof.silent();
    Instant before = Instant.now();
    assertThat(client.ask(probe("https://fleet.example/id/roof")).errors())
        .singleElement()
        .matches(one -> one.isA(Types.TIMEOUT_ERROR));
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
    roof.disconnect();
    assertThat(client.ask(probe("https://fleet.example/id/lamp-1")).errors())
        .singleElement()
        .matches(one -> one.isA(Types.UNREACHABLE_ERROR));
  }

  private Mqtt5BlockingClient listener() {
    Mqtt5BlockingClient listener =
        Mqtt5Client.builder()
            .serverHost("127.0.0.1")
            .serverPort(node.mqttPort())
            .simpleAuth()
            .username("bearer")
            .password(http.token().getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    listener.connect();
    return listener;
  }

  @Test
  void theNodeSaysItselfThatItIsThere() throws Exception {
    Mqtt5BlockingClient listener = listener();
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        listener.publishes(MqttGlobalPublishFilter.ALL)) {
      listener.subscribeWith().topicFilter("smartapi/1/hub/hb").send();
      byte[] said = heard.receive(20, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes();
      Message beat = new MessageReader().read(said, Syntax.TURTLE).message();
      assertThat(beat).isInstanceOf(Heartbeat.class);
      assertThat(((Heartbeat) beat).interval()).contains(Duration.ofSeconds(1));
    } finally {
      listener.disconnect();
    }
  }

  @Test
  void whoListensToEverythingIsNoGateway() throws Exception {
    roof.disconnect();
    Mqtt5BlockingClient listener = listener();
    try (Mqtt5BlockingClient.Mqtt5Publishes heard =
        listener.publishes(MqttGlobalPublishFilter.ALL)) {
      listener.subscribeWith().topicFilter("smartapi/#").qos(MqttQos.AT_LEAST_ONCE).send();
      Message waits =
          client.ask(
              request(
                  activity("smartapi:Write", "fleet:lamp-1")
                      + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ; rdf:value 7 ]"));
      assertThat(waits.status()).isPresent();
      roof.connect(node.mqttPort());
      assertThat(client.pollUntilDone(waits.processId().orElseThrow()).errors()).isEmpty();
      assertThat(roof.asked()).hasSizeGreaterThan(0);
      assertThat(heard.receive(20, TimeUnit.SECONDS)).isPresent();
    } finally {
      listener.disconnect();
    }
  }
}
