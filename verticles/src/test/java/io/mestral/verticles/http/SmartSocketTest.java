package io.mestral.verticles.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Principal;
import io.mestral.routing.request.open.GatewayLink.Client;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Notification;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Smart API, section 8.6, with the JDK's client. */
class SmartSocketTest extends HttpTest {
  private static final String PREFIXES =
      """
      @prefix smartapi: <http://smart-api.io/ontology/1.0/smartapi#> .
      @prefix sx: <https://w3id.org/smartapi-edge/1.0#> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
      @prefix ex: <https://example.org/vocab#> .
      """;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private WebSocket connect(List<String> headers, String... subprotocols) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    if (subprotocols.length > 0)
      builder.subprotocols(
          subprotocols[0],
          List.of(subprotocols).subList(1, subprotocols.length).toArray(new String[0]));
    for (int i = 0; i < headers.size(); i += 2) builder.header(headers.get(i), headers.get(i + 1));
    return builder
        .buildAsync(
            URI.create(node.url().replace("http:", "ws:") + "/smartapi/v1.0e1.0/access/"),
            new Keeper(heard))
        .join();
  }

  private WebSocket as(TestNode.Person person) {
    return connect(List.of(), "smartapi.v1", "bearer." + person.token());
  }

  private String iriOf(TestNode.Person person) {
    return "http://example.org/id/users/" + person.user().uuid();
  }

  private static String request(String name, String sender, String says) {
    return PREFIXES
        + "<urn:uuid:%s> a smartapi:Request ; smartapi:generatedBy <%s> ;".formatted(name, sender)
        + " smartapi:generatedAt \"2026-02-03T10:06:00Z\"^^xsd:dateTime ; smartapi:id 7 ;\n"
        + says
        + " .\n";
  }

  private static String create(String sender) {
    return request(
        UUID.randomUUID().toString(),
        sender,
        "smartapi:activity [ a smartapi:Activity ; smartapi:method sx:Create ; smartapi:entity [ a"
            + " ex:Lamp ; ex:room \"hall\" ] ]");
  }

  private static String read(String sender) {
    return request(
        UUID.randomUUID().toString(),
        sender,
        "smartapi:activity [ a smartapi:Activity ; smartapi:method smartapi:Read ; smartapi:entity"
            + " [ a ex:Lamp ] ]");
  }

  private String next() {
    try {
      String one = heard.poll(20, TimeUnit.SECONDS);
      assertThat(one).as("something came").isNotNull();
      return one;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Message message(String text) {
    Syntax syntax = text.stripLeading().startsWith("{") ? Syntax.JSON_LD : Syntax.TURTLE;
    return new MessageReader().read(text.getBytes(StandardCharsets.UTF_8), syntax).message();
  }

  @Test
  void aRequestIsAnsweredOverTheSameConnectionInItsSyntax() {
    WebSocket socket = as(ada);
    assertThat(socket.getSubprotocol()).isEqualTo("smartapi.v1");
    socket.sendText(create(iriOf(ada)), true).join();
    assertThat(message(next()).errors()).isEmpty();
    socket.sendText(read(iriOf(ada)), true).join();
    Message found = message(next());
    assertThat(found.errors()).isEmpty();
    assertThat(found.activities().get(0).entities()).hasSize(1);
    String json =
        """
        {"@context": {"smartapi": "http://smart-api.io/ontology/1.0/smartapi#",
          "xsd": "http://www.w3.org/2001/XMLSchema#"},
         "@id": "urn:uuid:%s", "@type": "smartapi:Request",
         "smartapi:generatedBy": {"@id": "%s"},
         "smartapi:generatedAt": {"@value": "2026-02-03T10:06:00Z", "@type": "xsd:dateTime"},
         "smartapi:activity": {"@type": "smartapi:Activity",
           "smartapi:method": {"@id": "smartapi:Read"},
           "smartapi:entity": {"@type": "https://example.org/vocab#Lamp"}}}
        """
            .formatted(UUID.randomUUID(), iriOf(ada));
    socket.sendText(json, true).join();
    String answer = next();
    assertThat(answer).startsWith("{");
    assertThat(message(answer).activities().get(0).entities()).hasSize(1);
  }

  @Test
  void aTokenInTheHeadCountsAsWellAndAWrongOneOpensNothing() {
    WebSocket socket = connect(List.of("Authorization", "Bearer " + ada.token()), "smartapi.v1");
    socket.sendText(create(iriOf(ada)), true).join();
    assertThat(message(next()).errors()).isEmpty();
    assertThat(statusOf(List.of(), "smartapi.v1", "bearer.nobodys")).isEqualTo(401);
    assertThat(statusOf(List.of("Authorization", "Basic YWRhOmFkYQ=="), "smartapi.v1"))
        .isEqualTo(401);
    assertThat(statusOf(List.of())).isEqualTo(400);
    assertThat(statusOf(List.of(), "mqtt")).isEqualTo(400);
  }

  private int statusOf(List<String> headers, String... subprotocols) {
    try {
      connect(headers, subprotocols).abort();
      return 101;
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
  }

  @Test
  void aSessionCountsFromTheNodesOwnPagesAlone() {
    String cookie =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .getHeader("Set-Cookie")
            .split(";")[0];
    connect(List.of("Cookie", cookie, "Origin", "https://elsewhere.example"), "smartapi.v1")
        .sendText(create(iriOf(ada)), true)
        .join();
    assertThat(message(next()).errors()).isNotEmpty();
    connect(List.of("Cookie", cookie, "Origin", node.url()), "smartapi.v1")
        .sendText(create(iriOf(ada)), true)
        .join();
    assertThat(message(next()).errors()).isEmpty();
  }

  @Test
  void aSessionThatEndsEndsTheConnectionWithTheNextMessage() {
    String cookie =
        post("/v0/sessions")
            .send(new JsonObject().put("username", "ada").put("password", TestNode.PASSWORD))
            .getHeader("Set-Cookie")
            .split(";")[0];
    WebSocket socket = connect(List.of("Cookie", cookie), "smartapi.v1");
    socket.sendText(read(iriOf(ada)), true).join();
    assertThat(message(next()).errors()).isEmpty();
    delete("/v0/sessions").with("Cookie", cookie).send();
    socket.sendText(read(iriOf(ada)), true).join();
    assertThat(next()).isEqualTo("closed 1008");
  }

  @Test
  void whatCantBeReadIsAnsweredWithAnErrorAndBinaryFramesEndTheConnection() {
    WebSocket socket = as(ada);
    socket.sendText("this is no message", true).join();
    assertThat(message(next()).errors()).hasSize(1);
    socket.sendText(read(iriOf(ada)), true).join();
    assertThat(message(next()).errors()).isEmpty();
    socket.sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    assertThat(next()).isEqualTo("closed 1003");
  }

  @Test
  void aMessageMayComeInPiecesUpToTheLargestThereIs() {
    WebSocket socket = as(ada);
    String request = read(iriOf(ada));
    socket.sendText(request.substring(0, 100), false).join();
    socket.sendText(request.substring(100), true).join();
    assertThat(message(next()).errors()).isEmpty();
    String comment = "#".repeat(1 << 19);
    for (int i = 0; i < 200 && !socket.isOutputClosed() && heard.isEmpty(); i++)
      socket.sendText(comment, false).exceptionally(gone -> socket).join();
    assertThat(next()).isEqualTo("closed 1009");
  }

  @Test
  void aHundredRequestsAtOnceAreAllAnswered() {
    WebSocket socket = as(ada);
    for (int i = 0; i < 100; i++) socket.sendText(read(iriOf(ada)), true).join();
    for (int i = 0; i < 100; i++) assertThat(message(next()).errors()).isEmpty();
  }

  @Test
  void oneSenderHasTwentyConnectionsAndNoMore() {
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < 20; i++) open.add(as(ada));
    assertThat(statusOf(List.of(), "smartapi.v1", "bearer." + ada.token())).isEqualTo(503);
    as(bob);
    open.get(0).sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(next()).isEqualTo("closed 1000");
    Instant end = Instant.now().plusSeconds(20);
    while (statusOf(List.of(), "smartapi.v1", "bearer." + ada.token()) != 101)
      assertThat(Instant.now()).isBefore(end);
  }

  @Test
  void whatASenderIsToldLaterComesOverItsConnectionAndOverNoOthers() {
    WebSocket adas = as(ada);
    adas.sendText(read(iriOf(ada)), true).join();
    next();
    tell(iriOf(ada), "user:" + UUID.randomUUID(), "urn:uuid:other");
    tell(iriOf(ada), Principal.ANONYMOUS.name(), "urn:uuid:other");
    tell(
        iriOf(ada),
        new Principal.User(ada.user().id(), "ada", ada.user().role()).name(),
        "urn:uuid:mine");
    Message told = message(next());
    assertThat(told).isInstanceOf(Notification.class);
    assertThat(told.inReplyTo()).contains(new Iri("urn:uuid:mine"));
    assertThat(heard).isEmpty();
  }

  @Test
  void aVisitorIsToldOfItsOwnRequestAlone() {
    WebSocket visitor = connect(List.of(), "smartapi.v1");
    String name = UUID.randomUUID().toString();
    visitor
        .sendText(read("urn:x:me").replaceFirst("urn:uuid:[0-9a-f-]+", "urn:uuid:" + name), true)
        .join();
    next();
    tell("urn:x:me", Principal.ANONYMOUS.name(), "urn:uuid:" + UUID.randomUUID());
    tell("urn:x:me", Principal.ANONYMOUS.name(), "urn:uuid:" + name);
    assertThat(message(next()).inReplyTo()).contains(new Iri("urn:uuid:" + name));
    assertThat(heard).isEmpty();
  }

  private void tell(String sender, String principal, String request) {
    Notification told =
        new Notification.Builder(new Iri("urn:uuid:" + UUID.randomUUID()))
            .generatedBy(new Iri("http://example.org/id/node"))
            .generatedAt(Instant.parse("2026-02-03T10:06:00Z"))
            .inReplyTo(new Iri(request))
            .processId(17)
            .build();
    node.clients.tell(
        new Client(new Iri(sender), principal), told.graph(), told.iri().orElseThrow());
  }

  @Test
  void aNodeThatStopsSaysGoodbye() {
    as(ada);
    node.stopHttp();
    assertThat(next()).isEqualTo("closed 1001");
  }

  /** Writes down whole messages, and how it ended. */
  private static final class Keeper implements WebSocket.Listener {
    private final BlockingQueue<String> heard;
    private final StringBuilder text = new StringBuilder();

    Keeper(BlockingQueue<String> heard) {
      this.heard = heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      heard.add("closed " + status);
      return null;
    }
  }
}
