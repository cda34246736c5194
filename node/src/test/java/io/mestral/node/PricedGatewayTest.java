package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.contract.License;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.security.encryption.Decryption;
import io.mestral.smartapi.security.encryption.DecryptionKey;
import io.mestral.smartapi.security.encryption.Encryption;
import io.mestral.smartapi.security.encryption.Recipient;
import io.mestral.smartapi.security.key.CryptoEngine;
import io.mestral.smartapi.security.key.KeyType;
import io.mestral.smartapi.security.key.SecretMultikey;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.security.trust.KeyNode;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.syntax.turtle.TurtleWriter;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values behind a gateway, at a price; Smart API, section 2.12. */
class PricedGatewayTest {
  private static final String CLIENT = "https://client.example/id/app";
  private static final String METER =
      "fleet:meter a ex:Meter ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
          + " ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent%s ] ;"
          + " <http://purl.org/goodrelations/v1#offers> [ a <http://purl.org/goodrelations/v1#Offering> ;"
          + " <http://purl.org/goodrelations/v1#hasPriceSpecification> ["
          + " a <http://purl.org/goodrelations/v1#UnitPriceSpecification> ;"
          + " <http://purl.org/goodrelations/v1#hasCurrency> \"EUR\" ;"
          + " <http://purl.org/goodrelations/v1#hasCurrencyValue> 0.5 ] ] .";
  private static final String READ =
      activity("smartapi:Read", "fleet:meter")
          + " . fleet:meter ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ]";
  private static final String ACCEPT = activity("smartapi:Read", "fleet:meter");
  private static final String NAMED =
      "smartapi:activity <urn:uuid:00000000-0000-4000-8000-00000000000a> ."
          + " <urn:uuid:00000000-0000-4000-8000-00000000000a> a smartapi:Activity ;"
          + " smartapi:method smartapi:Read ; smartapi:entity fleet:meter";
  private static final Signer SIGNER =
      new Signer(
          new Iri(CLIENT + "#key-1"), SecretMultikey.generate(KeyType.ED25519, new SecureRandom()));

  @TempDir Path folder;
  private HttpProbe http;
  private SmartApiClient client;

  private NodeProcess start() throws Exception {
    Path data = folder.resolve("data");
    NodeProcess node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "http.trusted-proxies=127.0.0.1/32",
            "smartapi.node=hub");
    http = node.http(data);
    client = new SmartApiClient(http.as(""));
    return node;
  }

  private int pay(String amount) {
    String opened = "{\"holder\":\"" + CLIENT + "\",\"currency\":\"EUR\"}";
    int id = http.post("/ops/v1/accounts", opened).get("id").asInt();
    http.post("/ops/v1/accounts/" + id + "/transactions", "{\"amount\":\"" + amount + "\"}");
    return id;
  }

  private String balance() {
    String holder = URLEncoder.encode(CLIENT, StandardCharsets.UTF_8);
    return http.get("/ops/v1/accounts?holder=" + holder).get(0).get("balance").asText();
  }

  private Entity offered() {
    Entity offered = SmartApiClient.entities(client.ask(request(READ))).get(0);
    assertThat(offered.graph().triples().map(Triple::predicate)).contains(Sx.NONCE);
    return offered;
  }

  private static String accepted(Entity offered, String says) {
    Message bare =
        new MessageReader()
            .read(request(says).getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
            .message();
    Graph both = Graph.builder().addAll(bare.graph()).addAll(offered.closure()).build();
    Graph signed = new Proofs().sign(both, offered.node(), SIGNER, Instant.now());
    return new String(new TurtleWriter().write(signed), StandardCharsets.UTF_8);
  }

  @Test
  void theGatewayIsAskedOnceItIsPaidAndWhatDoesNotComeIsPaidBack() throws Exception {
    try (NodeProcess node = start();
        TestGateway roof = new TestGateway("roof", gateway())) {
      roof.with(TestGateway.PREFIXES + METER.formatted(" ; rdf:value 4.0E1"), "meter");
      roof.connect(node.mqttPort());
      announce(roof);
      pay("10.00");
      Entity first = offered();
      assertThat(roof.asked()).isEmpty();
      Message bought = client.ask(accepted(first, ACCEPT));
      assertThat(bought.errors()).isEmpty();
      assertThat(bought.contract()).isPresent();
      assertThat(SmartApiClient.value(bought, "level")).isEqualTo(40.0);
      assertThat(balance()).isEqualTo("9.50");

      Entity second = offered();
      roof.silent();
      roof.asked().clear();
      Instant end = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.MILLIS);
      String until =
          "sx:timeout \"PT1S\"^^xsd:duration ; sx:expires \"" + end + "\"^^xsd:dateTime ; ";
      Message waits = client.ask(accepted(second, until + ACCEPT));
      assertThat(waits.status()).isPresent();
      assertThat(balance()).isEqualTo("9.00");
      assertThat(roof.asked().poll(10, TimeUnit.SECONDS)).isNotNull();
    }
    try (NodeProcess again = start()) { // it was killed with the request under way
      assertThat(again.httpUrl()).isNotEmpty();
      Instant end = Instant.now().plusSeconds(30);
      while (!balance().equals("9.50") && Instant.now().isBefore(end))
        TimeUnit.MILLISECONDS.sleep(50);
      assertThat(balance()).isEqualTo("9.50");
    }
  }

  /** Somebody sells a meter that is kept at the node itself. */
  private void sellHere() {
    gateway();
    pay("1.00");
    String priced = METER.formatted(" ; rdf:value 4.0E1");
    String meter =
        priced
            .substring(0, priced.length() - 2)
            .replace("smartapi:isManagedBy <https://fleet.example/id/roof> ;", "");
    String made = request(activity("sx:Create", "fleet:meter") + " . " + meter);
    assertThat(new SmartApiClient(http).ask(made.replace("/id/app>", "/id/owner>")).errors())
        .isEmpty();
  }

  @Test
  void whatIsBoughtEncryptedStaysBought() throws Exception {
    try (NodeProcess node = start()) {
      sellHere();
      SecretMultikey agreeing = SecretMultikey.generate(KeyType.P_256, new SecureRandom());
      believe("#key-2", agreeing);
      Graph keys =
          new TurtleReader(Limits.DEFAULT)
              .read(
                  http.send("GET", "/smartapi/v1.0e1.0/key", "")
                      .body()
                      .getBytes(StandardCharsets.UTF_8));
      Iri self = new Iri("http://node.example/id/node");
      KeyNode key = KeyNode.read(keys, new Iri(self.value() + "#key-2"));
      Message plain =
          new MessageReader()
              .read(accepted(offered(), NAMED).getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
              .message();
      Graph sealed =
          new Encryption(CryptoEngine.fastest(), false)
              .encrypt(
                  plain.graph(),
                  plain.activities().get(0).node(),
                  new Iri(CLIENT),
                  List.of(new Recipient.Agreement(key.id(), self, key.key())))
              .message();
      Message answer =
          client.ask(new String(new TurtleWriter().write(sealed), StandardCharsets.UTF_8));
      assertThat(answer.errors()).isEmpty();
      assertThat(answer.graph().uses(Rdf.VALUE)).isFalse();
      Graph opened =
          new Decryption(
                  CryptoEngine.fastest(),
                  id -> Optional.of(new DecryptionKey.Agreement(agreeing)),
                  Limits.DEFAULT)
              .decrypt(answer.graph(), Map.of());
      assertThat(opened.uses(Rdf.VALUE)).isTrue();
      TimeUnit.SECONDS.sleep(1); // so long it could be paid back
      assertThat(balance()).as(node.log()).isEqualTo("0.50");
    }
  }

  @Test
  void overTlsALicenceKeyIsToldAndOpensForItsPartiesAlone() throws Exception {
    try (NodeProcess node = start()) {
      assertThat(node.httpUrl()).isNotEmpty();
      sellHere();
      client =
          new SmartApiClient(
              http.as("").with("X-Forwarded-For", "192.0.2.1").with("X-Forwarded-Proto", "https"));
      Message bought = client.ask(accepted(offered(), ACCEPT));
      assertThat(bought.errors()).isEmpty();
      String key = bought.contract().orElseThrow().as(License::at).licenseKey().orElseThrow();
      String licensed =
          "sx:contract [ a sx:License ; sx:licenseKey \"%s\" ] ; ".formatted(key) + READ;
      Message read = client.ask(request(licensed));
      assertThat(read.errors().stream().map(one -> one.message().orElse(""))).isEmpty();
      assertThat(SmartApiClient.value(read, "level")).isEqualTo(40.0);
      assertThat(client.ask(request(licensed).replace("/id/app>", "/id/eve>")).errors())
          .singleElement()
          .matches(one -> one.isA(Types.PAYMENT_REQUIRED_ERROR));
      assertThat(new SmartApiClient(http.as("")).ask(request(licensed)).errors())
          .singleElement()
          .matches(one -> one.isA(Types.SECURITY_ERROR));
      assertThat(balance()).isEqualTo("0.50");
    }
  }

  private void announce(TestGateway roof) {
    roof.announce(
        "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:meter . "
            + METER.formatted(""));
    client.askUntilFound(activity("smartapi:Read", "[ a ex:Meter ]"));
  }

  private void believe(String name, SecretMultikey key) {
    http.post(
        "/ops/v1/keys",
        "{\"id\":\"%s\",\"controller\":\"%s\",\"public_key\":\"%s\"}"
            .formatted(CLIENT + name, CLIENT, key.publicKey().multibase()));
  }

  private String gateway() {
    believe("#key-1", SIGNER.key());
    return TestGateway.known(http, "roof");
  }
}
