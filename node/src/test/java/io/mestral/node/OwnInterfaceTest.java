package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.syntax.Syntax;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Things with HTTP interfaces of their own, and of single properties; Smart API, section 2.14. */
class OwnInterfaceTest {
  @TempDir Path folder;
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

  private HttpServer serve() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          Request request =
              (Request)
                  new MessageReader()
                      .read(exchange.getRequestBody().readAllBytes(), Syntax.TURTLE)
                      .message();
          byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/turtle");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    made.start();
    return made;
  }

  private static String answer(Request request) {
    String called = request.activities().get(0).iri().map(Object::toString).orElse("");
    String begin =
        TestGateway.PREFIXES
            + "<urn:uuid:%s> a smartapi:Response ; smartapi:generatedBy fleet:door-3 ; sx:inReplyTo <%s> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ; "
                .formatted(
                    UUID.randomUUID(),
                    request.iri().orElseThrow().value(),
                    Instant.now().truncatedTo(ChronoUnit.MILLIS));
    return called.isEmpty()
        ? begin
            + activity("smartapi:Read", "fleet:door-3")
            + " . fleet:door-3 a ex:Door ; ex:angle [ a smartapi:ValueObject ; rdf:value 30.0 ] ;"
            + " ex:warmth [ a smartapi:ValueObject ; qudt:unit unit:DegreeCelsius ; rdf:value 20.0"
            + " ] ."
        : begin
            + "smartapi:activity fleet:open . fleet:open a smartapi:Activity ; smartapi:hasOutput [ a"
            + " smartapi:Output ; smartapi:parameter [ a smartapi:Parameter ; smartapi:key"
            + " \"done\" ; rdf:value true ] ] .";
  }

  private static String address(int port, String path) {
    return "smartapi:interface [ a smartapi:InterfaceAddress ; smartapi:scheme \"http\" ;"
        + " smartapi:host \"127.0.0.1\" ; smartapi:port %d ; smartapi:path \"%s\" ]"
            .formatted(port, path);
  }

  private static String read(String property) {
    return request(
        activity("smartapi:Read", "fleet:door-3")
            + " . fleet:door-3 ex:"
            + property
            + " [ a smartapi:ValueObject ]");
  }

  @Test
  void theInterfaceOfTheOnePropertyAskedForComesBeforeThatOfTheThing() throws Exception {
    HttpServer server = serve();
    Path data = folder.resolve("data");
    try (NodeProcess node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "smartapi.allow-loopback-interfaces=true")) {
      SmartApiClient client = new SmartApiClient(node.http(data));
      int port = server.getAddress().getPort();
      String door =
          "fleet:door-3 a ex:Door ; "
              + address(port, "/door")
              + " ; smartapi:hasCapability fleet:open ; ex:warmth [ a smartapi:ValueObject ] ;"
              + " ex:angle [ a smartapi:ValueObject ; "
              + address(port, "/angle")
              + " ] . fleet:open a smartapi:Activity ; smartapi:hasOutput [ a smartapi:Output ]";
      assertThat(client.ask(request(activity("sx:Create", "fleet:door-3") + " . " + door)).errors())
          .isEmpty();
      Message angle = client.ask(read("angle"));
      assertThat(angle.errors().stream().map(one -> one.message().orElse(""))).isEmpty();
      assertThat(SmartApiClient.value(angle, "angle")).isEqualTo(30.0);
      assertThat(asked.take()).isEqualTo("/angle");
      assertThat(SmartApiClient.value(client.ask(read("warmth")), "warmth")).isEqualTo(20.0);
      assertThat(asked.take()).isEqualTo("/door");
      Message opened =
          client.ask(request("smartapi:activity fleet:open . fleet:open a smartapi:Activity"));
      assertThat(opened.errors()).isEmpty();
      assertThat(opened.activities().get(0).outputs()).hasSize(1);
      assertThat(asked.take()).isEqualTo("/door");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void addressesOfTheNodesOwnMachineAreNotCalledUnlessThatIsAllowed() throws Exception {
    HttpServer server = serve();
    Path data = folder.resolve("data");
    try (NodeProcess node =
        NodeProcess.start(
            data, "limits.http-per-minute=0", "node.public-url=http://node.example")) {
      SmartApiClient client = new SmartApiClient(node.http(data));
      String door = "fleet:door-3 a ex:Door ; " + address(server.getAddress().getPort(), "/door");
      client.ask(request(activity("sx:Create", "fleet:door-3") + " . " + door));
      Message waits =
          client.ask(read("warmth").replace("smartapi:id 7", "sx:timeout \"PT1S\"^^xsd:duration"));
      assertThat(waits.status()).isPresent();
      assertThat(asked).isEmpty();
    } finally {
      server.stop(0);
    }
  }
}
