package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.model.message.Response;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.NTriplesWriter;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that only the gateway can read which they are for; Smart API, section 2.18. */
class SealedRequestsTest {
  private static final Iri CLIENT = new Iri("https://client.example/id/app");
  private static final Iri CLIENTS_KEY = new Iri("https://client.example/id/app#key-1");
  private static final Iri GATEWAY = new Iri("https://fleet.example/id/roof");
  private static final Iri DOOR = new Iri("https://fleet.example/id/door-3");
  private static final String OUTLINE =
      """
      <https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:door-3 .
      fleet:door-3 a ex:Door ; smartapi:isManagedBy <https://fleet.example/id/roof> .
      """;
  private static final String SECRET = "the code is 4711";
  private final SecretMultikey gatewaysKey = secret(KeyType.P_256);
  private final SecretMultikey clientsKey = secret(KeyType.P_256);

  @TempDir Path folder;
  private NodeProcess node;
  private HttpProbe http;
  private TestGateway roof;

  private static SecretMultikey secret(KeyType type) {
    return SecretMultikey.generate(type, new SecureRandom());
  }

  @BeforeEach
  void aGatewayAnswersWhatOnlyItCanRead() throws Exception {
    start("smartapi.node=hub");
    roof = new TestGateway("roof", registered()).answering(this::answer);
    roof.connect(node.mqttPort());
    roof.announce(OUTLINE);
    new SmartApiClient(http)
        .askUntilFound(SmartApiClient.activity("smartapi:Read", "[ a ex:Door ]"));
    assertThat(roof.asked().poll(10, TimeUnit.SECONDS)).isNotNull();
    roof.asked().clear();
  }

  private void start(String... settings) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of(settings));
    all.add("limits.http-per-minute=0");
    all.add("node.public-url=http://node.example");
    node = NodeProcess.start(folder.resolve("data"), all.toArray(String[]::new));
    http = node.http(folder.resolve("data"));
  }

  private String registered() throws Exception {
    JsonNode made =
        http.post(
            "/ops/v1/gateways", "{\"name\":\"roof\",\"iri\":\"https://fleet.example/id/roof\"}");
    return made.get("token").asText();
  }

  @AfterEach
  void stop() {
    roof.close();
    node.close();
  }

  /** What it is asked in the clear it answers with the outline of its door. */
  private Message answer(Request request) {
    Graph plain = decrypted(request.graph(), gatewaysKey);
    boolean isSealed = !plain.equals(request.graph());
    if (isSealed) assertThat(text(plain)).contains(SECRET);
    Iri activity = isSealed ? request.activities().get(0).iri().orElseThrow() : uuid();
    Iri name = uuid();
    String says =
        isSealed
            ? "<https://example.org/vocab#answer> \"" + SECRET + "\""
            : "<http://smart-api.io/ontology/1.0/smartapi#entity> <" + DOOR.value() + ">";
    String turtle =
        TestGateway.PREFIXES
            + "<%s> a smartapi:Response ; smartapi:generatedBy <%s> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ; sx:inReplyTo <%s> ; smartapi:activity <%s> .\n"
                .formatted(
                    name.value(),
                    GATEWAY.value(),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS),
                    request.iri().orElseThrow().value(),
                    activity.value())
            + "<%s> a smartapi:Activity ; smartapi:method smartapi:Read ; %s .\n"
                .formatted(activity.value(), says)
            + "fleet:door-3 a ex:Door .\n";
    Graph graph = new MessageReader().graph(turtle.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE);
    if (!isSealed) return Response.at(graph, name);
    return Response.at(encrypted(graph, activity, GATEWAY, CLIENTS_KEY, CLIENT, clientsKey), name);
  }

  private static Iri uuid() {
    return new Iri("urn:uuid:" + UUID.randomUUID());
  }

  private static String text(Graph graph) {
    return new String(new NTriplesWriter().write(graph), StandardCharsets.UTF_8);
  }

  private static Graph decrypted(Graph graph, SecretMultikey key) {
    return new Decryption(
            CryptoEngine.fastest(),
            id -> Optional.of(new DecryptionKey.Agreement(key)),
            Limits.DEFAULT)
        .decrypt(graph, Map.of());
  }

  private static Graph encrypted(
      Graph graph, Iri activity, Iri from, Iri key, Iri to, SecretMultikey whose) {
    Recipient recipient = new Recipient.Agreement(key, to, whose.publicKey());
    return new Encryption(CryptoEngine.fastest(), false)
        .encrypt(graph, activity, from, List.of(recipient))
        .message();
  }

  private Graph sealedRequest(String way) {
    Iri activity = uuid();
    String turtle =
        SmartApiClient.request(
            way
                + " smartapi:activity <%s> .\n<%s> a smartapi:Activity ; smartapi:method smartapi:Write ; ex:asked \"%s\""
                    .formatted(activity.value(), activity.value(), SECRET));
    Graph plain = new MessageReader().graph(turtle.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE);
    Iri key = new Iri(GATEWAY.value() + "#key-1");
    return encrypted(plain, activity, CLIENT, key, GATEWAY, gatewaysKey);
  }

  private Message ask(HttpProbe who, Graph request) {
    String body =
        who.with("Content-Type", "application/n-triples")
            .send("POST", "/smartapi/v1.0e1.0/access/", text(request))
            .body();
    return new MessageReader()
        .read(body.getBytes(StandardCharsets.UTF_8), Syntax.N_TRIPLES)
        .message();
  }

  @Test
  void whatIsEncryptedToAGatewayGoesThereAndBackUnread() throws Exception {
    Graph request = sealedRequest("smartapi:target fleet:door-3 ;");
    assertThat(text(request)).doesNotContain(SECRET);
    Message answer = ask(http, request);
    assertThat(answer.errors()).isEmpty();
    assertThat(text(answer.graph())).doesNotContain(SECRET);
    assertThat(text(decrypted(answer.graph(), clientsKey))).contains(SECRET);
    assertThat(answer.activities()).hasSize(1);
    Request passedOn = roof.asked().poll(5, TimeUnit.SECONDS);
    assertThat(passedOn.graph().objects(passedOn.node(), SmartApi.TARGET)).containsExactly(DOOR);
    assertThat(ask(http, request).iri()).isEqualTo(answer.iri());
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void itWaitsForAGatewayThatIsAwayAndIsToldEncrypted() throws Exception {
    roof.disconnect();
    Message waits = ask(http, sealedRequest("smartapi:target fleet:door-3 ;"));
    assertThat(waits.status()).isPresent();
    node.kill();
    start("smartapi.node=hub");
    roof.connect(node.mqttPort());
    roof.announce(OUTLINE);
    Message ended = new SmartApiClient(http).pollUntilDone(waits.processId().orElseThrow());
    assertThat(ended.errors()).isEmpty();
    assertThat(text(ended.graph())).doesNotContain(SECRET);
    assertThat(text(decrypted(ended.graph(), clientsKey))).contains(SECRET);
  }

  @Test
  void aVisitorMayNotSendWhatNobodyHereCanRead() {
    Message answer =
        ask(new HttpProbe(node.httpUrl(), ""), sealedRequest("smartapi:target fleet:door-3 ;"));
    assertThat(answer.errors()).singleElement().matches(one -> one.isA(Types.NOT_AUTHORIZED_ERROR));
    assertThat(roof.asked()).isEmpty();
  }

  @Test
  void whereAProofIsDemandedNothingIsChangedWithoutOne() throws Exception {
    node.stop();
    start("smartapi.node=hub", "smartapi.require-proof=changes");
    SmartApiClient client = new SmartApiClient(http);
    String create = SmartApiClient.activity("sx:Create", "fleet:car-1") + " . fleet:car-1 a ex:Car";
    assertThat(client.ask(SmartApiClient.request(create)).errors())
        .singleElement()
        .matches(one -> one.isA(Types.SECURITY_ERROR));
    SecretMultikey signing = secret(KeyType.ED25519);
    http.post(
        "/ops/v1/keys",
        "{\"id\":\"%s\",\"controller\":\"%s\",\"public_key\":\"%s\"}"
            .formatted(CLIENTS_KEY.value(), CLIENT.value(), signing.publicKey().multibase()));
    byte[] turtle = SmartApiClient.request(create).getBytes(StandardCharsets.UTF_8);
    Message request = new MessageReader().read(turtle, Syntax.TURTLE).message();
    Graph signed =
        new Proofs()
            .sign(request.graph(), request.node(), new Signer(CLIENTS_KEY, signing), Instant.now());
    assertThat(ask(http, signed).errors()).isEmpty();
    Message read =
        client.ask(SmartApiClient.request(SmartApiClient.activity("smartapi:Read", "fleet:car-1")));
    assertThat(SmartApiClient.entities(read)).hasSize(1);
  }
}
