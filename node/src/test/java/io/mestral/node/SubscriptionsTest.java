package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.entities;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of changes over MQTT; Smart API, sections 2.6 and 9, rules 10 and 22. */
class SubscriptionsTest {
  private static final String LAMP =
      "fleet:lamp-1 a ex:Lamp ; ex:room \"hall\" ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value %s ]";
  private static final String LEVELS =
      activity(
          "smartapi:Subscribe",
          "[ a ex:Lamp ; ex:room \"hall\" ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Unitless ] ]");
  private static final int AWAY_SECONDS = 3;

  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private SmartApiClient client;
  private TestListener listener;

  @BeforeEach
  void aClientListens() throws Exception {
    start();
    assertThat(
            client
                .ask(
                    request(
                        activity("sx:Create", "fleet:lamp-1") + " . " + LAMP.formatted("2.0E1")))
                .errors())
        .isEmpty();
    listen();
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
    client = new SmartApiClient(http);
  }

  private void listen() {
    listener = new TestListener(http, node.mqttPort());
    listener.listen("smartapi/1/hub/out/+");
  }

  @AfterEach
  void stop() {
    listener.close();
    node.close();
  }

  private Message subscribed(String says) {
    Message answer = client.ask(request(says));
    assertThat(answer.errors()).isEmpty();
    assertThat(entities(answer)).singleElement().matches(one -> one.isA(Types.SUBSCRIPTION));
    return answer;
  }

  private static Iri name(Message subscribed) {
    return entities(subscribed).get(0).iri().orElseThrow();
  }

  private void write(String level) {
    Message answer =
        client.ask(
            request(
                activity("smartapi:Write", "fleet:lamp-1")
                    + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value %s ]"
                        .formatted(level)));
    assertThat(answer.errors()).isEmpty();
  }

  private void assertNothingIsTold() throws InterruptedException {
    assertThat(listener.toldWithin(Duration.ofSeconds(AWAY_SECONDS))).isEmpty();
  }

  @Test
  void aChangeIsToldInTheUnitsThatWereAskedForUntilTheSubscriptionIsDeleted() throws Exception {
    Message subscribed = subscribed(LEVELS);
    write("4.0E1");
    Message told = listener.told();
    assertThat(told).isInstanceOf(Notification.class);
    assertThat(told.inReplyTo()).isEqualTo(subscribed.inReplyTo());
    assertThat(told.activities().get(0).method()).contains(Individuals.NOTIFY);
    assertThat(SmartApiClient.value(told, "level")).isEqualTo(0.4);
    write("4.0E1");
    client.ask(
        request(
            activity("smartapi:Write", "fleet:lamp-1")
                + " . fleet:lamp-1 ex:colour [ a smartapi:ValueObject ; rdf:value 7 ]"));
    write("5.0E1");
    Message next = listener.told();
    while (SmartApiClient.value(next, "level") == 0.4)
      next = listener.told(); // written anew, a later instant
    assertThat(SmartApiClient.value(next, "level")).isEqualTo(0.5);
    Message ended =
        client.ask(request(activity("smartapi:Delete", "<" + name(subscribed).value() + ">")));
    assertThat(ended.errors()).isEmpty();
    write("6.0E1");
    assertNothingIsTold();
  }

  @Test
  void itGoesOnAfterANodeWasKilled() throws Exception {
    subscribed(activity("smartapi:Subscribe", "fleet:lamp-1"));
    node.kill();
    listener.close();
    start();
    listen();
    write("7.0E1");
    assertThat(SmartApiClient.value(listener.told(), "level")).isEqualTo(70.0);
    client.ask(request(activity("smartapi:Delete", "fleet:lamp-1")));
    Message gone = listener.told();
    assertThat(gone.activities().get(0).method()).contains(Individuals.DELETE);
    assertThat(entities(gone).get(0).node()).hasToString("<https://fleet.example/id/lamp-1>");
  }

  @Test
  void itEndsWhenItsTimeIsOver() throws Exception {
    Instant end = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
    subscribed(
        "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Subscribe ; <http://purl.org/goodrelations/v1#validThrough> \"%s\"^^xsd:dateTime ; smartapi:entity fleet:lamp-1 ]"
            .formatted(end));
    String all = activity("smartapi:Read", "[ a smartapi:Subscription ]");
    while (!entities(client.ask(request(all))).isEmpty()
        && Instant.now().isBefore(end.plusSeconds(20))) listener.toldWithin(Duration.ofMillis(200));
    assertThat(entities(client.ask(request(all)))).isEmpty();
    assertThat(Instant.now()).isAfterOrEqualTo(end);
  }

  @Test
  void whatAGatewayTellsIsPassedOn() throws Exception {
    String token = TestGateway.known(http, "roof");
    try (TestGateway roof = new TestGateway("roof", token)) {
      roof.connect(node.mqttPort());
      roof.announce(
          "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:thermo-12 ."
              + " fleet:thermo-12 a ex:Thermometer ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
              + " ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ] .");
      Message answer = client.ask(request(activity("smartapi:Subscribe", "fleet:thermo-12")));
      Instant end = Instant.now().plusSeconds(20);
      while (!answer.errors().isEmpty() && Instant.now().isBefore(end))
        answer = client.ask(request(activity("smartapi:Subscribe", "fleet:thermo-12")));
      assertThat(answer.errors()).isEmpty();
      roof.tell(
          "https://fleet.example/id/thermo-12",
          "<urn:uuid:%s> a smartapi:Notification ; smartapi:generatedBy <https://fleet.example/id/roof> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ;"
                  .formatted(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MILLIS))
              + activity("sx:Notify", "fleet:thermo-12")
              + " . fleet:thermo-12 ex:temperature [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; rdf:value 1.925E1 ] .");
      assertThat(SmartApiClient.value(listener.told(), "temperature")).isEqualTo(19.25);
    }
  }

  @Test
  void readingsOfADeviceAreToldAsTheyCome() throws Exception {
    JsonNode device = http.post("/v0/devices", "{\"name\":\"Roof\"}");
    String name = "http://node.example/id/devices/" + device.get("uuid").asText();
    Instant end = Instant.now().plusSeconds(20);
    post(device.get("id").asText(), "2026-11-20T10:00:00Z", "20.5");
    String says = activity("smartapi:Subscribe", "<" + name + ">");
    Message answer = client.ask(request(says));
    while (!answer.errors().isEmpty() && Instant.now().isBefore(end))
      answer = client.ask(request(says));
    assertThat(answer.errors()).isEmpty();
    post(device.get("id").asText(), "2026-11-20T10:01:00Z", "21.5");
    Message told = listener.told();
    while (!new String(new TurtleWriter().write(told.graph()), StandardCharsets.UTF_8)
        .contains("10:01:00Z")) told = listener.told();
    assertThat(entities(told).get(0).iri()).contains(new Iri(name));
    assertThat(told.activities().get(0).method()).contains(Individuals.NOTIFY);
    assertNothingIsTold();
  }

  private void post(String device, String time, String celsius) throws Exception {
    http.post(
        "/v0/devices/" + device + "/readings",
        "{\"data\":[{\"recorded_at\":\"%s\",\"sensors\":[{\"id\":55,\"value\":%s}]}]}"
            .formatted(time, celsius));
  }

  @Test
  void whoIsNotThereIsToldThriceAndThenNoMore() throws Exception {
    subscribed(LEVELS);
    listener.close();
    String all = activity("smartapi:Read", "[ a smartapi:Subscription ]");
    Instant end = Instant.now().plusSeconds(30);
    int level = 30;
    while (!entities(client.ask(request(all))).isEmpty() && Instant.now().isBefore(end)) {
      write(level++ + ".0E0");
    }
    assertThat(entities(client.ask(request(all)))).isEmpty();
  }

  @Test
  void onlyWhoIsKnownSubscribesAndNobodyMakesOneUpForAnother() {
    SmartApiClient visitor = new SmartApiClient(new HttpProbe(node.httpUrl(), ""));
    assertThat(visitor.ask(request(LEVELS)).errors())
        .singleElement()
        .matches(one -> one.isA(Types.NOT_AUTHORIZED_ERROR));
    assertThat(client.ask(request(activity("smartapi:Subscribe", "fleet:nothing"))).errors())
        .singleElement()
        .matches(one -> one.isA(Types.NOT_FOUND_ERROR));
    Message forged =
        client.ask(
            request(
                activity("sx:Create", "fleet:mine")
                    + " . fleet:mine a smartapi:Subscription ; smartapi:parameter [ smartapi:key \"principal\" ; rdf:value \"user:1\" ]"));
    assertThat(forged.errors())
        .singleElement()
        .matches(one -> one.message().orElseThrow().contains("made by smartapi:Subscribe"));
  }
}
