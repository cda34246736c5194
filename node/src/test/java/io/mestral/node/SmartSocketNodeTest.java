package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node and Vert.x's client: what comes later comes over WebSocket (section 8.6). */
class SmartSocketNodeTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
  private NodeProcess node;
  private HttpProbe http;
  private TestGateway roof;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Path data = folder.resolve("data");
    node = NodeProcess.start(data, "limits.http-per-minute=0");
    http = node.http(data);
    String token = TestGateway.known(http, "roof");
    roof =
        new TestGateway("roof", token)
            .with(
                TestGateway.PREFIXES
                    + "fleet:lamp-1 a ex:Lamp ; ex:level [ a smartapi:ValueObject ;"
                    + " qudt:quantityKind quantity:Dimensionless ; qudt:unit unit:Percent ;"
                    + " rdf:value 2.0E1 ] .",
                "lamp-1");
    roof.connect(node.mqttPort());
    roof.announce(
        "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 ."
            + " fleet:lamp-1 a ex:Lamp .");
  }

  @AfterEach
  void stop() {
    roof.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private WebSocket connect() throws Exception {
    URI uri = URI.create(node.httpUrl());
    WebSocket socket =
        vertx
            .createWebSocketClient()
            .connect(
                new WebSocketConnectOptions()
                    .setHost(uri.getHost())
                    .setPort(uri.getPort())
                    .setURI("/smartapi/v1.0e1.0/access/")
                    .addSubProtocol("smartapi.v1")
                    .addHeader("Authorization", "Bearer " + http.token()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    socket.textMessageHandler(
        text ->
            heard.add(
                new MessageReader()
                    .read(text.getBytes(StandardCharsets.UTF_8), Syntax.TURTLE)
                    .message()));
    return socket;
  }

  private Message next() throws Exception {
    Message one = heard.poll(30, TimeUnit.SECONDS);
    assertThat(one).as("something came").isNotNull();
    return one;
  }

  @Test
  void theEndOfARequestThatWaitedForAGatewayIsToldOverTheConnection() throws Exception {
    SmartApiClient client = new SmartApiClient(http);
    String read = "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ] ]";
    client.askUntilFound(SmartApiClient.activity("smartapi:Read", read));
    roof.disconnect();
    WebSocket socket = connect();
    String name = UUID.randomUUID().toString();
    String write =
        "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value"
            + " 7.0E0 ] ]";
    socket.writeTextMessage(
        SmartApiClient.message(name, "Request", SmartApiClient.activity("smartapi:Write", write)));
    Message waits = next();
    assertThat(waits.status()).isPresent();
    assertThat(waits.inReplyTo()).contains(new Iri("urn:uuid:" + name));
    roof.connect(node.mqttPort());
    Message end = next();
    assertThat(end).isInstanceOf(Notification.class);
    assertThat(end.processId()).isEqualTo(waits.processId());
    assertThat(end.status().orElseThrow().percentage()).contains(100.0);
    assertThat(SmartApiClient.value(end, "level")).isEqualTo(7.0);
  }

  @Test
  void whoSubscribedOverTheConnectionHearsOfChangesThere() throws Exception {
    SmartApiClient client = new SmartApiClient(http);
    String made = " . fleet:car-7 a ex:Car ; ex:level [ a smartapi:ValueObject ; rdf:value 5 ]";
    client.ask(SmartApiClient.request(SmartApiClient.activity("sx:Create", "fleet:car-7") + made));
    WebSocket socket = connect();
    socket.writeTextMessage(
        SmartApiClient.request(
            SmartApiClient.activity(
                "smartapi:Subscribe", "[ a ex:Car ; ex:level [ a smartapi:ValueObject ] ]")));
    assertThat(next().errors()).isEmpty();
    String change = " . fleet:car-7 ex:level [ a smartapi:ValueObject ; rdf:value 6 ]";
    client.ask(
        SmartApiClient.request(SmartApiClient.activity("smartapi:Write", "fleet:car-7") + change));
    Message told = next();
    assertThat(told).isInstanceOf(Notification.class);
    assertThat(SmartApiClient.value(told, "level")).isEqualTo(6.0);
  }

  @Test
  void aNodeThatStopsAnswersWhatItWasAskedAndSaysGoodbye() throws Exception {
    SmartApiClient client = new SmartApiClient(http);
    String read =
        SmartApiClient.activity(
            "smartapi:Read", "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ] ]");
    client.askUntilFound(read);
    roof.silent();
    roof.asked().clear();
    WebSocket socket = connect();
    CompletableFuture<Short> closed = new CompletableFuture<>();
    socket.closeHandler(gone -> closed.complete(socket.closeStatusCode()));
    socket.writeTextMessage(SmartApiClient.request("sx:timeout \"PT2S\"^^xsd:duration ; " + read));
    assertThat(roof.asked().poll(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(node.stop()).isZero();
    assertThat(next().status()).isPresent();
    assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo((short) 1001);
  }
}
