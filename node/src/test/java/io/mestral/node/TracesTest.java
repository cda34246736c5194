package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.TraceCollector.Span;
import io.mestral.smartapi.model.message.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One OpenTelemetry trace of a request, whichever nodes it goes over. */
class TracesTest {
  private static final String LAMP =
      "fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ; ex:level ["
          + " a smartapi:ValueObject ; qudt:unit unit:Percent";
  private static final int SPANS = 6; // a node and the way to its gateway, three times

  @TempDir Path folder;

  @Test
  void theSpansOfAllNodesAreOneChain() throws Exception {
    try (TraceCollector collector = new TraceCollector();
        NodeChain chain = NodeChain.start(folder, 3, "telemetry.otlp-url=" + collector.url());
        TestGateway roof =
            new TestGateway("roof", chain.known(2, "roof", "https://fleet.example/id/roof"))
                .with(TestGateway.PREFIXES + LAMP + " ; rdf:value 4.0E1 ] .", "lamp-1")) {
      roof.connect(chain.last().mqttPort());
      roof.announce(
          "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 . "
              + LAMP
              + " ] .");
      SmartApiClient client = chain.client();
      client.askUntilFound(activity("smartapi:Read", "[ a ex:Lamp ]"));
      Message answer =
          client.ask(
              request(
                  activity("smartapi:Read", "fleet:lamp-1")
                      + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ]"));
      assertThat(answer.errors()).isEmpty();
      String trace =
          answer.inReplyTo().orElseThrow().value().substring("urn:uuid:".length()).replace("-", "");
      List<Span> spans = awaited(collector, trace);
      assertThat(spans).hasSize(SPANS);
      Map<String, Span> byParent =
          spans.stream().collect(Collectors.toMap(Span::parent, Function.identity()));
      Span next = byParent.get("");
      for (int i = 1; i < SPANS; i++) {
        assertThat(next.name()).isEqualTo(i % 2 == 1 ? "Smart API request" : "to a gateway");
        next = byParent.get(next.id());
      }
      assertThat(next.name()).isEqualTo("to a gateway");
    }
  }

  private static List<Span> awaited(TraceCollector collector, String trace) throws Exception {
    Instant end = Instant.now().plusSeconds(30);
    List<Span> found = List.of();
    while (found.size() < SPANS && Instant.now().isBefore(end)) {
      TimeUnit.MILLISECONDS.sleep(100);
      found = collector.spans().stream().filter(one -> one.trace().equals(trace)).toList();
    }
    return found;
  }
}
