package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Types;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that gateways answer over MQTT, here or not; Smart API, sections 2.9, 2.14 and 8.2. */
class GatewaysTest {
  private static final String LAMPS =
      TestGateway.PREFIXES
          + """
          fleet:lamp-1 a ex:Lamp ; ex:room "hall" ;
            ex:level [ a smartapi:ValueObject ; qudt:quantityKind quantity:Dimensionless ;
              qudt:unit unit:Percent ; rdf:value 2.0E1 ] ;
            ex:warmth [ a smartapi:ValueObject ; qudt:quantityKind quantity:ThermodynamicTemperature ;
              qudt:unit unit:DegreeCelsius ; rdf:value 1.0E2 ] .
          """;
  private static final String LAMP_OUTLINE =
      """
      <https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 .
      fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ; ex:room "hall" .
      """;
  private static final String WARMTH_OF_LAMPS =
      activity(
          "smartapi:Read",
          "[ a ex:Lamp ; ex:warmth [ a smartapi:ValueObject ; qudt:unit unit:DegreeFahrenheit ] ]");

  @TempDir Path folder;
  private Path data;
  private NodeProcess node;
  private HttpProbe http;
  private TestGateway roof;
  private String token;

  @BeforeEach
  void aGatewayWithALampHasBeenHere() throws Exception {
    data = folder.resolve("data");
    start();
    token = TestGateway.known(http, "roof");
    roof = new TestGateway("roof", token).with(LAMPS, "lamp-1");
    roof.connect(node.mqttPort());
    roof.announce(LAMP_OUTLINE);
  }

  @AfterEach
  void stop() {
    roof.close();
    node.close();
  }

  private void start() throws Exception {
    node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "smartapi.node=hub");
    http = node.http(data);
  }

  private static String activity(String method, String entities) {
    return "smartapi:activity [ a smartapi:Activity ; smartapi:method "
        + method
        + " ; smartapi:entity "
        + entities
        + " ]";
  }

  private static String request(String name, String kind, String says) {
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <https://client.example/id/app> ;"
            .formatted(name, kind)
        + " smartapi:generatedAt \""
        + Instant.now().truncatedTo(ChronoUnit.MILLIS)
        + "\"^^xsd:dateTime ; smartapi:id 7 ;\n"
        + says
        + " .\n";
  }

  private Message ask(String request) {
    HttpResponse<String> answer =
        http.with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", request);
    return read(answer);
  }

  private static Message read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new MessageReader()
        .read(answer.body().getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
        .message();
  }

  private Message poll(long process) {
    return ask(
        request(UUID.randomUUID().toString(), "AliveRequest", "smartapi:processID " + process));
  }

  /** Asks again until it is so: at most for as long as a message takes on a busy machine. */
  private Message pollUntilDone(long process) {
    Instant end = Instant.now().plusSeconds(20);
    Message answer = poll(process);
    while (answer.status().isPresent() && Instant.now().isBefore(end)) answer = poll(process);
    return answer;
  }

  private static String write(double level) {
    return activity(
        "smartapi:Write",
        "[ a ex:Lamp ; ex:room \"hall\" ; ex:level [ a smartapi:ValueObject ; qudt:unit"
            + " unit:Percent ; rdf:value "
            + level
            + "E0 ] ]");
  }

  private static List<Entity> entities(Message answer) {
    return answer.activities().stream().flatMap(one -> one.entities().stream()).toList();
  }

  private static double value(Message answer, String property) {
    return entities(answer)
        .get(0)
        .object(new Iri("https://example.org/vocab#" + property), ValueObject::at)
        .flatMap(ValueObject::value)
        .orElseThrow()
        .asDouble();
  }

  private Message askUntilKnown(String says) {
    Instant end = Instant.now().plusSeconds(20);
    Message answer = ask(request(UUID.randomUUID().toString(), "Request", says));
    while (entities(answer).isEmpty() && Instant.now().isBefore(end))
      answer = ask(request(UUID.randomUUID().toString(), "Request", says));
    return answer;
  }

  @Test
  void aGatewaysDeviceAnswersInTheAskersUnits() {
    Message answer = askUntilKnown(WARMTH_OF_LAMPS);
    assertThat(answer.errors()).isEmpty();
    assertThat(entities(answer)).hasSize(1);
    assertThat(value(answer, "warmth")).isCloseTo(212.0, within(1e-9));
    assertThat(roof.asked().peek().via()).containsExactly(new Iri("http://node.example/id/node"));
  }

  @Test
  void aGatewayAnnouncesItselfOverHttpAsWell() {
    String announcement =
        request(
            UUID.randomUUID().toString(),
            "Notification",
            "smartapi:entity <https://fleet.example/id/roof> ."
                + " <https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages"
                + " fleet:lamp-2 . fleet:lamp-2 a ex:Candle");
    HttpResponse<String> taken =
        http.as(token)
            .with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", announcement);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    Message found =
        read(
            http.with("Content-Type", "text/turtle")
                .send(
                    "POST",
                    "/smartapi/v1.0e1.0/search",
                    request(
                        UUID.randomUUID().toString(),
                        "Request",
                        "smartapi:method smartapi:Read ; smartapi:entity [ a ex:Candle ]")));
    assertThat(found.entities()).hasSize(1);
    assertThat(found.entities().get(0).managedBy()).hasSize(1);
  }

  @Test
  void whatIsWrittenReachesTheDeviceOnceHoweverOftenItIsAsked() throws Exception {
    askUntilKnown(WARMTH_OF_LAMPS);
    roof.asked().clear();
    String request = request(UUID.randomUUID().toString(), "Request", write(5));
    Message first = ask(request);
    assertThat(first.errors()).isEmpty();
    assertThat(value(first, "level")).isEqualTo(5.0);
    assertThat(value(ask(request), "level")).isEqualTo(5.0);
    assertThat(roof.asked()).hasSize(1);
  }

  @Test
  void aRequestWaitsForAGatewayThatIsAwayAndAcrossAKill() throws Exception {
    askUntilKnown(WARMTH_OF_LAMPS);
    roof.disconnect();
    roof.asked().clear();
    String request = request(UUID.randomUUID().toString(), "Request", write(7));
    Message waits = ask(request);
    assertThat(waits.status()).isPresent();
    long process = waits.processId().orElseThrow();
    assertThat(poll(process).status().flatMap(one -> one.completed())).contains(0L);
    node.kill();
    start();
    assertThat(poll(process).status()).isPresent();
    roof.connect(node.mqttPort());
    assertThat(roof.asked().poll(5, TimeUnit.SECONDS)).isNotNull();
    Message done = pollUntilDone(process);
    assertThat(done.errors()).isEmpty();
    assertThat(value(done, "level")).isEqualTo(7.0);
    assertThat(value(ask(request), "level")).isEqualTo(7.0);
    node.kill();
    start();
    assertThat(value(poll(process), "level")).isEqualTo(7.0);
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void aRequestThatNobodyAnswersInItsTimeEndsWithATimeout() {
    askUntilKnown(WARMTH_OF_LAMPS);
    roof.silent();
    Message waits =
        ask(
            request(
                UUID.randomUUID().toString(),
                "Request",
                "sx:timeout \"PT0.2S\"^^xsd:duration ; sx:expires \""
                    + Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.MILLIS)
                    + "\"^^xsd:dateTime ; "
                    + write(9)));
    assertThat(waits.status()).isPresent();
    Message ended = pollUntilDone(waits.processId().orElseThrow());
    assertThat(ended.errors()).singleElement().matches(one -> one.isA(Types.TIMEOUT_ERROR));
    assertThat(ended.errors()).extracting(ErrorReport::message).isNotEmpty();
  }

  @Test
  void aProcessIsItsSendersBusinessAlone() {
    askUntilKnown(WARMTH_OF_LAMPS);
    roof.disconnect();
    Message waits = ask(request(UUID.randomUUID().toString(), "Request", write(3)));
    String probe =
        request(
            UUID.randomUUID().toString(),
            "AliveRequest",
            "smartapi:processID " + waits.processId().orElseThrow());
    Message other = ask(probe.replace("client.example/id/app", "other.example/id/app"));
    assertThat(other.errors()).singleElement().matches(one -> one.isA(Types.NOT_FOUND_ERROR));
  }

  @Test
  void whatAGatewayAnswersIsShownToThoseAloneWhoMaySeeIt() {
    roof.with(LAMPS.replace("lamp-1", "lamp-2"), "lamp-2");
    roof.announce(
        LAMP_OUTLINE
            + "fleet:lamp-2 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
            + " sx:authorization [ a sx:Authorization ] .");
    Instant end = Instant.now().plusSeconds(20);
    Message all = askUntilKnown(WARMTH_OF_LAMPS);
    while (entities(all).size() < 2 && Instant.now().isBefore(end))
      all = askUntilKnown(WARMTH_OF_LAMPS);
    assertThat(entities(all)).hasSize(2);
    HttpProbe administrator = http;
    http = http.as("");
    Message seen = ask(request(UUID.randomUUID().toString(), "Request", WARMTH_OF_LAMPS));
    http = administrator;
    assertThat(entities(seen))
        .extracting(one -> one.node())
        .containsExactly(new Iri("https://fleet.example/id/lamp-1"));
  }

  @Test
  void aTemplateThatGoesTooFarForItsSenderReachesNoGateway() {
    roof.with(LAMPS.replace("lamp-1", "lamp-2"), "lamp-2");
    roof.announce(
        LAMP_OUTLINE.replace("fleet:lamp-1 .", "fleet:lamp-1 , fleet:lamp-2 .")
            + "fleet:lamp-2 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
            + " ex:room \"hall\" .");
    Instant end = Instant.now().plusSeconds(20);
    while (entities(askUntilKnown(WARMTH_OF_LAMPS)).size() < 2)
      assertThat(Instant.now()).as("both are announced").isBefore(end);
    String password =
        http.post("/ops/v1/users", "{\"username\":\"eve\",\"email\":\"eve@example.org\"}")
            .get("password")
            .asText();
    String eve = "http://node.example/id/users/" + http.get("/v0/users/eve").get("uuid").asText();
    String grant =
        "fleet:lamp-1 . fleet:lamp-1 a ex:Lamp ; sx:authorization [ a sx:Authorization ;"
            + " sx:grantee <"
            + eve
            + "> ; sx:grantedMethod smartapi:Write ]";
    assertThat(
            ask(request(
                    UUID.randomUUID().toString(),
                    "Request",
                    activity("sx:Create", grant.substring(0, 12)) + grant.substring(12)))
                .errors())
        .isEmpty();
    roof.asked().clear();
    HttpProbe administrator = http;
    http =
        http.as(
            http.post("/v0/sessions", "{\"username\":\"eve\",\"password\":\"" + password + "\"}")
                .get("access_token")
                .asText());
    Message both = ask(inTheNameOf(eve, write(5)));
    Message one =
        ask(
            inTheNameOf(
                eve,
                activity("smartapi:Write", "fleet:lamp-1")
                    + " . fleet:lamp-1 a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit"
                    + " unit:Percent ; rdf:value 6.0E0 ]"));
    http = administrator;
    assertThat(both.errors()).singleElement().matches(e -> e.isA(Types.NOT_AUTHORIZED_ERROR));
    assertThat(one.errors()).isEmpty();
    assertThat(value(one, "level")).isEqualTo(6.0);
    assertThat(roof.asked()).hasSize(1);
  }

  private static String inTheNameOf(String sender, String says) {
    return request(UUID.randomUUID().toString(), "Request", says)
        .replace("https://client.example/id/app", sender);
  }
}
