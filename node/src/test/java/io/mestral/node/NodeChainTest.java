package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.entities;
import static io.mestral.node.SmartApiClient.request;
import static io.mestral.node.SmartApiClient.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that go over nodes that are gateways of nodes; Smart API, section 2.14. */
class NodeChainTest {
  private static final String LAMP =
      TestGateway.PREFIXES
          + """
          fleet:lamp-1 a ex:Lamp ; ex:room "hall" ;
            ex:level [ a smartapi:ValueObject ; qudt:quantityKind quantity:Dimensionless ;
              qudt:unit unit:Percent ; rdf:value 2.0E1 ] ;
            ex:warmth [ a smartapi:ValueObject ; qudt:quantityKind quantity:ThermodynamicTemperature ;
              qudt:unit unit:DegreeCelsius ; rdf:value 1.0E2 ] .
          """;
  private static final String OUTLINE =
      """
      <https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 .
      fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ; ex:room "hall" .
      """;
  private static final String WARMTH =
      activity(
          "smartapi:Read",
          "[ a ex:Lamp ; ex:warmth [ a smartapi:ValueObject ; qudt:unit unit:DegreeFahrenheit ] ]");

  @TempDir Path folder;
  private NodeChain chain;
  private TestGateway roof;
  private SmartApiClient client;

  @BeforeEach
  void aLampBehindThreeGateways() throws Exception {
    chain = NodeChain.start(folder, 3);
    roof =
        new TestGateway("roof", chain.known(2, "roof", "https://fleet.example/id/roof"))
            .with(LAMP, "lamp-1");
    roof.connect(chain.last().mqttPort());
    roof.announce(OUTLINE);
    client = chain.client();
    client.askUntilFound(WARMTH);
  }

  @AfterEach
  void stop() {
    roof.close();
    chain.close();
  }

  private static String level(double level) {
    return activity(
        "smartapi:Write",
        "[ a ex:Lamp ; ex:room \"hall\" ; ex:level [ a smartapi:ValueObject ; qudt:unit"
            + " unit:Percent ; rdf:value "
            + level
            + "E0 ] ]");
  }

  @Test
  void aRequestGoesDownTheChainAndItsAnswerComesBackInTheAskersUnits() {
    Message answer = client.ask(request(WARMTH));
    assertThat(answer.errors()).isEmpty();
    assertThat(entities(answer)).hasSize(1);
    assertThat(value(answer, "warmth")).isCloseTo(212.0, within(1e-9));
    assertThat(roof.asked().peek().via())
        .containsExactlyInAnyOrder(
            new Iri(NodeChain.nodeIri(0)),
            new Iri(NodeChain.nodeIri(1)),
            new Iri(NodeChain.nodeIri(2)));
    assertThat(roof.asked().peek().hopLimit()).contains(13L);
  }

  @Test
  void aRequestWithoutHopsEnoughEndsOnItsWay() {
    Message answer = client.ask(request("sx:hopLimit 2 ; " + WARMTH));
    assertThat(answer.errors()).singleElement().matches(one -> one.isA(Types.LOOP_ERROR));
  }

  @Test
  void whoSubscribedAtTheTopIsToldWhatIsWrittenAtTheBottom() throws Exception {
    SmartApiClient below = new SmartApiClient(chain.last().http(folder.resolve("node-2")));
    String candle =
        "fleet:candle a ex:Candle ; ex:height [ a smartapi:ValueObject ; rdf:value %s ]";
    below.ask(request(activity("sx:Create", "fleet:candle") + " . " + candle.formatted("5.0E0")));
    client.askUntilFound(activity("smartapi:Read", "[ a ex:Candle ]"));
    try (TestListener listener = new TestListener(client.http(), chain.first().mqttPort())) {
      listener.listen("smartapi/1/node-0/out/+");
      Message subscribed = client.ask(request(activity("smartapi:Subscribe", "[ a ex:Candle ]")));
      assertThat(subscribed.errors()).isEmpty();
      below.ask(
          request(
              activity("smartapi:Write", "fleet:candle")
                  + " . fleet:candle ex:height [ a smartapi:ValueObject ; rdf:value 4.0E0 ]"));
      assertThat(value(listener.told(), "height")).isEqualTo(4.0);
    }
  }

  @Test
  void whatIsBoughtAtTheTopIsReadAtTheBottom() throws Exception {
    HttpProbe top = client.http();
    Signer signer =
        new Signer(
            new Iri("https://client.example/id/app#key-1"),
            SecretMultikey.generate(KeyType.ED25519, new SecureRandom()));
    top.post(
        "/ops/v1/keys",
        "{\"id\":\"%1$s#key-1\",\"controller\":\"%1$s\",\"public_key\":\"%2$s\"}"
            .formatted("https://client.example/id/app", signer.key().publicKey().multibase()));
    top.post(
        "/ops/v1/accounts",
        "{\"holder\":\"https://client.example/id/app\",\"currency\":\"EUR\",\"credit_limit\":\"5\"}");
    roof.announce(
        OUTLINE.replace(
            " ; ex:room",
            " ; <http://purl.org/goodrelations/v1#offers> [ a"
                + " <http://purl.org/goodrelations/v1#Offering> ;"
                + " <http://purl.org/goodrelations/v1#hasPriceSpecification> ["
                + " <http://purl.org/goodrelations/v1#hasCurrency> \"EUR\" ;"
                + " <http://purl.org/goodrelations/v1#hasCurrencyValue> 0.5 ] ] ; ex:room"));
    SmartApiClient visitor = new SmartApiClient(top.as(""));
    String read =
        activity("smartapi:Read", "fleet:lamp-1")
            + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ]";
    Instant end = Instant.now().plusSeconds(20);
    Message offer = visitor.ask(request(read));
    while (!offer.graph().uses(Sx.NONCE) && Instant.now().isBefore(end))
      offer = visitor.ask(request(read));
    Entity lamp = entities(offer).get(0);
    Message bare =
        new MessageReader()
            .read(
                request(activity("smartapi:Read", "fleet:lamp-1")).getBytes(StandardCharsets.UTF_8),
                Syntax.TURTLE)
            .message();
    Graph both = Graph.builder().addAll(bare.graph()).addAll(lamp.closure()).build();
    Graph signed = new Proofs().sign(both, lamp.node(), signer, Instant.now());
    Message bought =
        visitor.ask(new String(new TurtleWriter().write(signed), StandardCharsets.UTF_8));
    assertThat(bought.errors().stream().map(one -> one.message().orElse(""))).isEmpty();
    assertThat(value(bought, "level")).isEqualTo(20.0);
    Iri contract = bought.contract().orElseThrow().iri().orElseThrow();
    Message again = client.ask(request("sx:contract <" + contract.value() + "> ; " + read));
    assertThat(again.errors()).isEmpty();
    assertThat(value(again, "level")).isEqualTo(20.0);
  }

  private List<String> where(String id) throws Exception {
    NodeProcess.Ended ended =
        NodeProcess.run(
            "admin", "where", id, "--data", folder.resolve("node-0").toString(), "--json");
    return Arrays.stream(ended.out().split("\n"))
        .map(JsonObject::new)
        .map(hop -> hop.getString("what") + " " + hop.getString("node"))
        .toList();
  }

  @Test
  void whereARequestIsIsToldOfAllNodesOnItsWay() throws Exception {
    roof.disconnect();
    Message waits = client.ask(request(level(7)));
    String id = waits.inReplyTo().orElseThrow().value();
    assertThat(where(id))
        .contains(
            "received " + NodeChain.nodeIri(0),
            "sent " + NodeChain.nodeIri(0),
            "received " + NodeChain.nodeIri(1),
            "sent " + NodeChain.nodeIri(1),
            "received " + NodeChain.nodeIri(2),
            "queued " + NodeChain.nodeIri(2));
    chain.kill(2);
    Instant asked = Instant.now();
    List<String> without = where(id);
    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
    assertThat(without)
        .contains("silent " + NodeChain.nodeIri(1), "received " + NodeChain.nodeIri(1))
        .doesNotContain("received " + NodeChain.nodeIri(2));
  }

  @Test
  void aWriteReachesTheLampOnceThoughEveryNodeOnItsWayIsKilled() throws Exception {
    roof.asked().clear();
    roof.disconnect();
    String write = request(level(7));
    Message waits = client.ask(write);
    long process = waits.processId().orElseThrow();
    for (int node = 2; node >= 0; node--) {
      chain.kill(node);
      chain.restart(node);
    }
    client = chain.client();
    assertThat(client.poll(process).status()).isPresent();
    roof.connect(chain.last().mqttPort());
    assertThat(roof.asked().poll(20, TimeUnit.SECONDS)).isNotNull();
    Message done = client.pollUntilDone(process);
    assertThat(done.errors()).isEmpty();
    assertThat(value(done, "level")).isEqualTo(7.0);
    assertThat(value(client.ask(write), "level")).isEqualTo(7.0);
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void whatEndedWhileTheNodeBetweenWasAwayIsToldWhenItIsBack() throws Exception {
    roof.asked().clear();
    roof.disconnect();
    long process = client.ask(request(level(9))).processId().orElseThrow();
    chain.kill(1);
    roof.connect(chain.last().mqttPort());
    assertThat(roof.asked().poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(client.poll(process).status()).isPresent();
    chain.restart(1);
    assertThat(value(client.pollUntilDone(process), "level")).isEqualTo(9.0);
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void whatIsAnnouncedLaterIsKnownAboveAndSoIsWhatWasTakenAway() throws Exception {
    String lamps = activity("smartapi:Read", "[ a ex:Candle ; ex:room \"cellar\" ]");
    assertThat(entities(client.ask(request(lamps)))).isEmpty();
    SmartApiClient below = new SmartApiClient(chain.last().http(folder.resolve("node-2")));
    Message made =
        below.ask(
            request(
                activity("sx:Create", "[ a ex:Candle , smartapi:Entity ; ex:room \"cellar\" ]")));
    assertThat(made.errors()).as(made.toString()).isEmpty();
    Message found = client.askUntilFound(lamps);
    assertThat(entities(found)).hasSize(1);
    Iri candle = entities(found).get(0).iri().orElseThrow();
    below.ask(request(activity("smartapi:Delete", "<" + candle.value() + ">")));
    Instant end = Instant.now().plusSeconds(20);
    String named = activity("smartapi:Read", "<" + candle.value() + ">");
    while (client.ask(request(named)).errors().isEmpty() && Instant.now().isBefore(end))
      Thread.onSpinWait();
    assertThat(client.ask(request(named)).errors())
        .singleElement()
        .matches(one -> one.isA(Types.NOT_FOUND_ERROR));
  }
}
