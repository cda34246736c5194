package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Namespaces;
import io.mestral.smartapi.vocabulary.Types;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Activities that gateways offer, called over MQTT; Smart API, sections 2.7, 2.9 and 2.14. */
class GatewayCallsTest {
  private static final Iri JOULE = new Iri(Namespaces.LEGACY_UNIT + "Joule");
  private static final Iri HEAT = new Iri("https://fleet.example/id/roof-heat");

  /** What has a method is carried out by the gateway, too, over whatever it knows. */
  private static final String FINDING =
      """
      fleet:roof a smartapi:Gateway ; smartapi:hasCapability fleet:roof-find .
      fleet:roof-find a smartapi:Activity ; smartapi:method smartapi:Read .
      """;

  @TempDir Path folder;
  private Path data;
  private NodeProcess node;
  private HttpProbe http;
  private TestGateway roof;
  private TestGateway yard;

  @BeforeEach
  void twoGatewaysOfferSomething() throws Exception {
    data = folder.resolve("data");
    start();
    roof = gateway("roof").offering("roof-heat", GatewayCallsTest::heat);
    yard = gateway("yard").offering("yard-light", call -> light("on"));
    roof.announce(
        offer(
            "roof",
            "heat",
            "rdf:value [ a smartapi:ValueObject ; qudt:unit unit:Meter ; smartapi:maximum 10 ]"));
    roof.announce(FINDING);
    yard.announce(offer("yard", "light", ""));
    until(() -> call("roof-heat", "2.0E0", ""), answer -> output(answer, "roof-heat").isPresent());
    until(() -> call("yard-light", "1", ""), answer -> output(answer, "yard-light").isPresent());
    roof.asked().clear();
  }

  @AfterEach
  void stop() {
    roof.close();
    yard.close();
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

  private TestGateway gateway(String name) {
    String token = TestGateway.known(http, name);
    TestGateway made = new TestGateway(name, token);
    made.connect(node.mqttPort());
    return made;
  }

  private static String offer(String gateway, String what, String form) {
    return """
    fleet:%1$s a smartapi:Gateway ; smartapi:manages fleet:%1$s-service .
    fleet:%1$s-service a smartapi:Service ; smartapi:isManagedBy fleet:%1$s ;
      smartapi:hasCapability fleet:%1$s-%2$s .
    fleet:%1$s-%2$s a smartapi:Activity ; smartapi:hasInput [ a smartapi:Input ;
      smartapi:parameter [ a smartapi:Parameter ; smartapi:key "amount" ; %3$s ] ] .
    """
        .formatted(gateway, what, form);
  }

  /** A megajoule for each metre. */
  private static Output heat(Activity call) {
    double meters = call.inputs().get(0).named().value("amount").orElseThrow().asDouble();
    ValueObject heat =
        new ValueObject.Builder().unit(JOULE).value(Variant.of(meters * 1e6)).build();
    return new Output.Builder()
        .named("heat", Variant.of(heat.node()))
        .describe(heat)
        .named("state", Variant.of("warm"))
        .build();
  }

  private static Output light(String state) {
    return new Output.Builder().named("state", Variant.of(state)).build();
  }

  private static String activity(String name, String amount, String more) {
    return "fleet:%1$s a smartapi:Activity ; %3$s smartapi:hasInput [ a smartapi:Input ;"
            .formatted(name, amount, more)
        + " smartapi:parameter [ a smartapi:Parameter ; smartapi:key \"amount\" ; rdf:value "
        + amount
        + " ] ] .";
  }

  private static String request(String kind, String says) {
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:%s ; smartapi:generatedBy <https://client.example/id/app> ;"
            .formatted(UUID.randomUUID(), kind)
        + " smartapi:generatedAt \""
        + Instant.now().truncatedTo(ChronoUnit.MILLIS)
        + "\"^^xsd:dateTime ;\n"
        + says;
  }

  private static String calling(String name, String amount, String more) {
    return request(
        "Request", "smartapi:activity fleet:" + name + " . " + activity(name, amount, more));
  }

  private Message call(String name, String amount, String more) {
    return ask(calling(name, amount, more));
  }

  private Message ask(String request) {
    HttpResponse<String> answer =
        http.with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new MessageReader()
        .read(answer.body().getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
        .message();
  }

  private Message poll(long process) {
    return ask(request("AliveRequest", "smartapi:processID " + process + " ."));
  }

  /** Asks until it is so: at most for as long as a message takes on a busy machine. */
  private static Message until(Supplier<Message> asking, Predicate<Message> isSo) {
    Instant end = Instant.now().plusSeconds(20);
    Message answer = asking.get();
    while (!isSo.test(answer) && Instant.now().isBefore(end)) answer = asking.get();
    return answer;
  }

  private static Optional<Output> output(Message answer, String activity) {
    return answer.activities().stream()
        .filter(one -> one.iri().filter(iri -> iri.value().endsWith("/" + activity)).isPresent())
        .flatMap(one -> one.outputs().stream())
        .findFirst();
  }

  private static ValueObject heat(Message answer) {
    Output output = output(answer, "roof-heat").orElseThrow();
    return ValueObject.at(output.graph(), output.named().value("heat").orElseThrow().asNode());
  }

  @Test
  void outputsComeInTheUnitsThatTheAskerNames() {
    Message answer =
        call(
            "roof-heat",
            "3.0E0",
            "smartapi:hasOutput [ a smartapi:Output ; smartapi:parameter [ a smartapi:Parameter ;"
                + " smartapi:key \"heat\" ; rdf:value [ a smartapi:ValueObject ; qudt:unit"
                + " unit:Kilowatthour ] ] ] ;");
    assertThat(answer.errors()).isEmpty();
    assertThat(heat(answer).value().orElseThrow().asDouble()).isCloseTo(3 / 3.6, within(1e-9));
    assertThat(output(answer, "roof-heat").orElseThrow().named().value("state"))
        .map(Variant::asString)
        .contains("warm");
    assertThat(roof.asked().peek().activities().get(0).iri()).contains(HEAT);
  }

  @Test
  void whatTheActivityDoesNotTakeDoesNotReachTheGateway() {
    assertThat(call("roof-heat", "11", "").errors())
        .singleElement()
        .matches(one -> one.isA(Types.INVALID_PARAMS));
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void aCallWaitsForAGatewayThatIsAwayAndAcrossAKillAndIsDoneOnce() throws Exception {
    roof.disconnect();
    String request = calling("roof-heat", "4.0E0", "");
    Message waits = ask(request);
    assertThat(waits.status()).isPresent();
    long process = waits.processId().orElseThrow();
    node.kill();
    start();
    assertThat(poll(process).status()).isPresent();
    roof.connect(node.mqttPort());
    assertThat(roof.asked().poll(5, TimeUnit.SECONDS)).isNotNull();
    Message done = until(() -> poll(process), answer -> answer.status().isEmpty());
    assertThat(done.errors()).isEmpty();
    assertThat(heat(done).value().orElseThrow().asDouble()).isEqualTo(4e6);
    assertThat(heat(ask(request)).value().orElseThrow().asDouble()).isEqualTo(4e6);
    node.kill();
    start();
    assertThat(heat(ask(request)).value().orElseThrow().asDouble()).isEqualTo(4e6);
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void whatHasAMethodIsAskedOfWhoOffersItWhateverElseIsKnown() {
    roof.with(TestGateway.PREFIXES + "fleet:lamp-1 a ex:Lamp ; ex:room \"hall\" .", "lamp-1");
    String read =
        "smartapi:activity %1$s . %1$s a smartapi:Activity ; smartapi:method smartapi:Read ;"
            + " smartapi:entity [ a ex:Lamp ] .";
    assertThat(ask(request("Request", read.formatted("_:read"))).activities().get(0).entities())
        .isEmpty();
    assertThat(roof.asked()).isEmpty();
    Message found = ask(request("Request", read.formatted("fleet:roof-find")));
    assertThat(found.errors()).isEmpty();
    assertThat(found.activities().get(0).entities())
        .extracting(one -> one.iri().orElseThrow().value())
        .containsExactly("https://fleet.example/id/lamp-1");
  }

  @Test
  void aGatewayGetsNoRequestInWhichSomethingOfItsOwnIsNotToBeCalled() {
    Message answer =
        ask(
            request(
                "Request",
                "smartapi:activity fleet:roof-heat , fleet:yard-light , fleet:roof-find ."
                    + " fleet:roof-find a smartapi:Activity ; smartapi:method smartapi:Read ;"
                    + " smartapi:entity [ a ex:Lamp ] . "
                    + activity("roof-heat", "11", "")
                    + activity("yard-light", "1", "")));
    assertThat(answer.errors())
        .hasSize(2)
        .anyMatch(one -> one.isA(Types.INVALID_PARAMS))
        .anyMatch(one -> one.isA(Types.INVALID_REQUEST));
    assertThat(output(answer, "yard-light")).isPresent();
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void severalGatewaysAndTheNodeAnswerOneRequestEachForWhatItOffers() {
    roof.offering("yard-light", call -> light("what the roof says of it"));
    Message answer =
        ask(
            request(
                "Request",
                "smartapi:activity fleet:roof-heat , fleet:yard-light , sx:nodeHealth ,"
                    + " fleet:nothing . sx:nodeHealth a smartapi:Activity . "
                    + activity("nothing", "1", "")
                    + activity("roof-heat", "1.0E0", "")
                    + activity("yard-light", "1", "")));
    assertThat(heat(answer).value().orElseThrow().asDouble()).isEqualTo(1e6);
    assertThat(
            answer.activities().stream()
                .filter(one -> one.iri().orElseThrow().value().endsWith("yard-light"))
                .flatMap(one -> one.outputs().stream())
                .map(one -> one.named().value("state").orElseThrow().asString()))
        .containsExactly("on");
    assertThat(answer.activities().stream().flatMap(one -> one.outputs().stream())).hasSize(3);
    assertThat(answer.errors()).isNotEmpty().allMatch(one -> one.isA(Types.NOT_FOUND_ERROR));
    assertThat(answer.errors())
        .allMatch(one -> one.message().orElse("").contains("fleet.example/id/nothing"));
  }
}
