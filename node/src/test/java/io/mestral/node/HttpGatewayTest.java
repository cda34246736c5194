package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Syntax;
import io.mestral.smartapi.vocabulary.Types;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is an HTTP server, behind a whole node; Smart API, section 8.7. */
class HttpGatewayTest {
  private static final String READ =
      SmartApiClient.activity(
          "smartapi:Read", "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ] ]");
  private static final String WRITE =
      SmartApiClient.activity(
          "smartapi:Write",
          "[ a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value"
              + " 7.0E0 ] ]");

  @TempDir Path folder;
  private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
  private NodeProcess node;
  private HttpProbe http;
  private SmartApiClient client;
  private String token;
  private Optional<HttpServer> server = Optional.empty();
  private volatile int status = 200;

  private void start(String... settings) throws Exception {
    Path data = folder.resolve("data");
    String[] all = new String[settings.length + 1];
    all[0] = "limits.http-per-minute=0";
    System.arraycopy(settings, 0, all, 1, settings.length);
    node = NodeProcess.start(data, all);
    http = node.http(data);
    client = new SmartApiClient(http);
    token = TestGateway.known(http, "roof");
  }

  @AfterEach
  void stop() {
    server.ifPresent(one -> one.stop(0));
    node.close();
  }

  private int serve(int port) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    made.createContext(
        "/sa/in",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          Request request = (Request) new MessageReader().read(body, Syntax.TURTLE).message();
          asked.add(request);
          byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/turtle");
          exchange.getResponseHeaders().add("Location", node.httpUrl() + "/health/live");
          exchange.sendResponseHeaders(status, status == 200 ? answer.length : -1);
          if (status == 200) exchange.getResponseBody().write(answer);
          exchange.close();
        });
    made.start();
    server = Optional.of(made);
    return made.getAddress().getPort();
  }

  /** As the published SDK answers: without saying what. */
  private static String answer(Request request) {
    boolean writes = request.activities().get(0).method().toString().contains("Write");
    return TestGateway.PREFIXES
        + "<urn:uuid:%s> a smartapi:Response ; smartapi:generatedBy <https://fleet.example/id/roof>"
            .formatted(UUID.randomUUID())
        + " ; smartapi:generatedAt \"2026-11-23T12:00:00Z\"^^xsd:dateTime ; smartapi:activity [ a"
        + " smartapi:Activity ; smartapi:method smartapi:"
        + (writes ? "Write" : "Read")
        + " ; smartapi:entity fleet:lamp-1 ] . fleet:lamp-1 a ex:Lamp ; ex:level [ a"
        + " smartapi:ValueObject ; qudt:quantityKind quantity:Dimensionless ; qudt:unit"
        + " unit:Percent ; rdf:value "
        + (writes ? "7.0E0" : "2.0E1")
        + " ] .";
  }

  private void announce(String host, int port) {
    String says =
        SmartApiClient.message(
            UUID.randomUUID().toString(),
            "Notification",
            "smartapi:entity <https://fleet.example/id/roof> . <https://fleet.example/id/roof> a"
                + " smartapi:Gateway ; smartapi:manages fleet:lamp-1 ; smartapi:interface [ a"
                + " smartapi:InterfaceAddress ; smartapi:scheme \"http\" ; smartapi:host \""
                + host
                + "\" ; smartapi:port "
                + port
                + " ; smartapi:path \"/sa/in\" ] . fleet:lamp-1 a ex:Lamp");
    HttpResponse<String> taken =
        http.as(token)
            .with("Content-Type", "text/turtle")
            .send("POST", "/smartapi/v1.0e1.0/access/", says);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
  }

  @Test
  void aRequestIsPostedToAGatewayThatSaidNoHostAndItsAnswerCounts() throws Exception {
    start("smartapi.allow-loopback-interfaces=true");
    announce("", serve(0));
    Message answer = client.askUntilFound(READ);
    assertThat(answer.errors()).isEmpty();
    assertThat(SmartApiClient.value(answer, "level")).isEqualTo(20.0);
    assertThat(asked.poll(20, TimeUnit.SECONDS).via()).hasSize(1);
  }

  @Test
  void aRequestWaitsForAServerThatIsAwayAndEndsOnce() throws Exception {
    start("smartapi.allow-loopback-interfaces=true");
    int port = serve(0);
    announce("127.0.0.1", port);
    client.askUntilFound(READ);
    server.orElseThrow().stop(0);
    asked.clear();
    String request = SmartApiClient.request(WRITE);
    Message waits = client.ask(request);
    assertThat(waits.status()).isPresent();
    status = 503;
    serve(port);
    assertThat(asked.poll(30, TimeUnit.SECONDS)).isNotNull();
    status = 200;
    Message done = client.pollUntilDone(waits.processId().orElseThrow());
    assertThat(done.errors()).isEmpty();
    assertThat(SmartApiClient.value(done, "level")).isEqualTo(7.0);
    int times = asked.size();
    assertThat(SmartApiClient.value(client.ask(request), "level")).isEqualTo(7.0);
    assertThat(asked).hasSize(times);
  }

  @Test
  void aClientIsToldTheEndWhereItRegisteredItself() throws Exception {
    start("smartapi.allow-loopback-interfaces=true");
    int port = serve(0);
    BlockingQueue<Message> told = new LinkedBlockingQueue<>();
    server
        .orElseThrow()
        .createContext(
            "/hear",
            exchange -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              told.add(new MessageReader().read(body, Syntax.TURTLE).message());
              exchange.sendResponseHeaders(202, -1);
              exchange.close();
            });
    HttpResponse<String> registered =
        http.with("Content-Type", "text/turtle")
            .send(
                "POST",
                "/smartapi/v1.0e1.0/register",
                SmartApiClient.request(
                    "smartapi:entity <https://client.example/id/app> ."
                        + " <https://client.example/id/app> a smartapi:Entity ; smartapi:interface"
                        + " [ a smartapi:InterfaceAddress ; smartapi:scheme \"http\" ;"
                        + " smartapi:path \"/hear\" ; smartapi:port "
                        + port
                        + " ]"));
    assertThat(registered.statusCode()).isEqualTo(200);
    announce("127.0.0.1", port);
    client.askUntilFound(READ);
    status = 503;
    Message waits = client.ask(SmartApiClient.request(WRITE));
    assertThat(waits.status()).isPresent();
    status = 200;
    Message end = told.poll(30, TimeUnit.SECONDS);
    assertThat(end).as("it was told").isNotNull();
    assertThat(end.processId()).isEqualTo(waits.processId());
    assertThat(SmartApiClient.value(end, "level")).isEqualTo(7.0);
  }

  @Test
  void aGatewayThatWasRemovedIsAskedNoMore() throws Exception {
    start("smartapi.allow-loopback-interfaces=true");
    announce("127.0.0.1", serve(0));
    client.askUntilFound(READ);
    assertThat(http.send("DELETE", "/ops/v1/gateways/roof", "").statusCode()).isLessThan(300);
    asked.clear();
    Message answer =
        client.ask(SmartApiClient.request("sx:timeout \"PT1S\"^^xsd:duration ; " + READ));
    assertThat(answer.status()).isPresent();
    assertThat(asked).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    start("smartapi.allow-loopback-interfaces=true");
    announce("127.0.0.1", serve(0));
    client.askUntilFound(READ);
    status = 307;
    Message answer = client.ask(SmartApiClient.request(WRITE));
    assertThat(answer.errors()).singleElement().matches(e -> e.isA(Types.UNREACHABLE_ERROR));
  }

  @Test
  void anInterfaceOnTheNodesOwnMachineIsNotCalledUnlessThatIsAllowed() throws Exception {
    start();
    announce("localhost", serve(0));
    Instant end = Instant.now().plusSeconds(30);
    Message answer = client.ask(SmartApiClient.request(READ));
    while (answer.status().isEmpty() && Instant.now().isBefore(end))
      answer = client.ask(SmartApiClient.request(READ));
    assertThat(answer.status()).isPresent();
    assertThat(asked).isEmpty();
    assertThat(answer.generatedBy()).contains(new Iri(node.httpUrl() + "/id/node"));
  }
}
