package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.message;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.ErrorReport;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of Error of docs/smartapi.md 2.8 that a node answers with, from where clients ask. */
class ErrorClassesTest {
  private static final String LAMP =
      "fleet:lamp a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:quantityKind"
          + " quantity:Dimensionless ; qudt:unit unit:Percent ; rdf:value 2.0E1 ] ;"
          + " <http://purl.org/goodrelations/v1#offers> [ a"
          + " <http://purl.org/goodrelations/v1#Offering> ;"
          + " <http://purl.org/goodrelations/v1#hasPriceSpecification> ["
          + " <http://purl.org/goodrelations/v1#hasCurrency> \"EUR\" ;"
          + " <http://purl.org/goodrelations/v1#hasCurrencyValue> 0.5 ] ]";
  private static final String FAR =
      activity("smartapi:Write", "fleet:far")
          + " .\nfleet:far a ex:Lamp ; ex:level [ a smartapi:ValueObject ; rdf:value 1.0E0 ]";
  private static final int MOST_ENTITIES = 3;

  @TempDir static Path folder;
  private static NodeProcess node;
  private static HttpProbe http;
  private static SmartApiClient client;

  @BeforeAll
  static void aNodeWithALamp() throws Exception {
    Path data = folder.resolve("data");
    node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "http.max-body=1 MiB",
            "node.public-url=http://node.example",
            "smartapi.max-entities=" + MOST_ENTITIES,
            "smartapi.node=hub");
    http = node.http(data);
    client = new SmartApiClient(http);
    assertThat(client.ask(create("fleet:lamp", LAMP)).errors()).isEmpty();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static String create(String name, String description) {
    return request(activity("sx:Create", name) + " .\n" + description);
  }

  private static void assertError(Message answer, ErrorType type, String says) {
    assertThat(answer.errors()).isNotEmpty();
    ErrorReport error = answer.errors().get(0);
    assertThat(error.isA(type.type())).as(type + ": " + error.message()).isTrue();
    assertThat(error.code()).contains((long) type.code());
    assertThat(error.message().orElseThrow()).contains(says);
  }

  private static Message refused(String body, int status) {
    HttpResponse<String> answer =
        http.with("Content-Type", "text/turtle").send("POST", "/smartapi/v1.0e1.0/access/", body);
    assertThat(answer.statusCode()).isEqualTo(status);
    return read(answer);
  }

  private static Message read(HttpResponse<String> answer) {
    return new MessageReader()
        .read(answer.body().getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
        .message();
  }

  @Test
  void whatIsNoMessageIsAParseError() {
    assertError(refused("<urn:x> a", 400), ErrorType.PARSE_ERROR, "line 1");
  }

  @Test
  void aRequestThatAsksForNothingIsInvalid() {
    assertError(
        client.ask(request("smartapi:target <urn:x>")), ErrorType.INVALID_REQUEST, "nothing");
  }

  @Test
  void aTemplateForEverythingIsNoParameterOfAWrite() {
    assertError(
        client.ask(
            request(
                activity(
                    "smartapi:Write", "[ ex:level [ a smartapi:ValueObject ; rdf:value 1 ] ]"))),
        ErrorType.INVALID_PARAMS,
        "every Entity");
  }

  @Test
  void aLevelIsNotReadInKelvins() {
    assertError(
        client.ask(
            request(
                activity(
                    "smartapi:Read",
                    "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Kelvin ] ]"))),
        ErrorType.UNIT_ERROR,
        "Kelvin");
  }

  @Test
  void aProofOfAKeyThatNobodyKnowsIsNoProof() {
    Message request =
        new MessageReader()
            .read(
                request(activity("smartapi:Read", "fleet:lamp")).getBytes(StandardCharsets.UTF_8),
                Syntax.TURTLE)
            .message();
    Signer stranger =
        new Signer(
            new Iri("https://stranger.example/id/eve#key-1"),
            SecretMultikey.generate(KeyType.ED25519, new SecureRandom()));
    Graph signed = new Proofs().sign(request.graph(), request.node(), stranger, Instant.now());
    Message answer =
        client.ask(new String(new TurtleWriter().write(signed), StandardCharsets.UTF_8));
    assertError(answer, ErrorType.SECURITY_ERROR, "isn't known here");
  }

  @Test
  void credentialsThatAreNoGoodAreRefusedAtTheDoor() {
    HttpResponse<String> answer =
        new HttpProbe(node.httpUrl(), "nonsense")
            .with("Content-Type", "text/turtle")
            .send(
                "POST",
                "/smartapi/v1.0e1.0/access/",
                request(activity("smartapi:Read", "fleet:lamp")));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertError(
        new MessageReader()
            .read(answer.body().getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
            .message(),
        ErrorType.SECURITY_ERROR,
        "required");
  }

  @Test
  void visitorsMayNotWrite() {
    assertError(
        new SmartApiClient(http.as(""))
            .ask(
                request(
                    activity(
                        "smartapi:Write",
                        "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ; rdf:value 1.0E0 ] ]"))),
        ErrorType.NOT_AUTHORIZED_ERROR,
        "credentials");
  }

  @Test
  void aContractThatNobodyMadeIsNoPayment() {
    assertError(
        new SmartApiClient(http.as(""))
            .ask(
                request(
                    "sx:contract <https://fleet.example/id/contract-881> ; "
                        + activity("smartapi:Read", "fleet:lamp"))),
        ErrorType.PAYMENT_REQUIRED_ERROR,
        "isn't known here");
  }

  @Test
  void anEntityThatIsNamedAndUnknownIsNotFound() {
    assertError(
        client.ask(request(activity("smartapi:Read", "fleet:nobody"))),
        ErrorType.NOT_FOUND_ERROR,
        "nobody");
  }

  @Test
  void anEntityIsMadeOnce() {
    assertError(client.ask(create("fleet:lamp", LAMP)), ErrorType.CONFLICT_ERROR, "exists already");
  }

  @Test
  void aMessageComesByOnceAlone() {
    assertError(
        client.ask(
            request(
                "sx:via <http://node.example/id/node> ; "
                    + activity("smartapi:Read", "fleet:lamp"))),
        ErrorType.LOOP_ERROR,
        "came back");
  }

  @Test
  void bodiesAndTheirNumberOfEntitiesHaveTheirBounds() {
    String long1 = "fleet:lamp rdfs:comment \"" + "x".repeat(1 << 20) + "\"";
    assertError(
        refused(create("fleet:lamp", long1.replace("rdfs:comment", "ex:text")), 413),
        ErrorType.TOO_LARGE_ERROR,
        "1048576");
    assertError(
        client.ask(
            create(
                "fleet:a , fleet:b , fleet:c",
                "fleet:a a ex:Lamp . fleet:b a ex:Lamp . fleet:c a ex:Lamp")),
        ErrorType.TOO_LARGE_ERROR,
        "" + MOST_ENTITIES);
  }

  @Test
  void aProbeForWhatNobodyManagesIsUnreachable() {
    assertError(
        client.ask(
            message(UUID.randomUUID().toString(), "AliveRequest", "smartapi:target fleet:lamp")),
        ErrorType.UNREACHABLE_ERROR,
        "no gateway manages it");
  }

  @Test
  void aGatewayThatIsAwayTimesOut() {
    announceAGatewayThatIsAway(http);
    Instant end = Instant.now().plusMillis(1_500).truncatedTo(ChronoUnit.MILLIS);
    Message waits = client.ask(request("sx:expires \"" + end + "\"^^xsd:dateTime ; " + FAR));
    assertThat(waits.status()).isPresent();
    assertError(
        client.pollUntilDone(waits.processId().orElseThrow()),
        ErrorType.TIMEOUT_ERROR,
        "wasn't connected");
  }

  @Test
  void aFullJournalIsTheServersFault() throws Exception {
    Path data = folder.resolve("small");
    try (NodeProcess small =
        NodeProcess.start(data, "limits.http-per-minute=0", "storage.journal.max-bytes=1 MiB")) {
      SmartApiClient asker = new SmartApiClient(small.http(data));
      announceAGatewayThatIsAway(asker.http());
      String large = FAR + " ; ex:note \"" + "x".repeat(50_000) + "\"";
      Message answer = asker.ask(request(large));
      for (int i = 0; i < 100 && answer.errors().isEmpty(); i++) answer = asker.ask(request(large));
      assertError(answer, ErrorType.SERVER_ERROR, "log");
    }
  }

  private static void announceAGatewayThatIsAway(HttpProbe at) {
    String token = TestGateway.known(at, "gone");
    HttpResponse<String> told =
        at.as(token)
            .with("Content-Type", "text/turtle")
            .send(
                "POST",
                "/smartapi/v1.0e1.0/access/",
                message(UUID.randomUUID().toString(), "Notification", "smartapi:entity fleet:gone")
                    + "fleet:gone a smartapi:Gateway ; smartapi:manages fleet:far .");
    assertThat(told.statusCode()).isEqualTo(202);
  }
}
