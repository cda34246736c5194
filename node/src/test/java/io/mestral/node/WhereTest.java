package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.model.message.Message;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mestral admin where}: what became of a Smart API request, step by step. */
class WhereTest {
  private static final String LAMP =
      TestGateway.PREFIXES
          + "fleet:lamp-1 a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ;"
          + " rdf:value 2.0E1 ] .";
  private static final String OUTLINE =
      "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 ."
          + " fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
          + " ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ] .";

  @TempDir Path folder;

  private List<String> where(String id) throws Exception {
    NodeProcess.Ended ended =
        NodeProcess.run("admin", "where", id, "--data", folder.resolve("data").toString());
    return Arrays.stream(ended.out().split("\n"))
        .skip(1)
        .map(line -> line.substring(26).replaceAll(" {2,}", " | "))
        .toList();
  }

  private NodeProcess start() throws Exception {
    return NodeProcess.start(
        folder.resolve("data"),
        "limits.http-per-minute=0",
        "node.public-url=http://node.example",
        "smartapi.node=hub");
  }

  @Test
  void everyStepOfARequestIsToldWhileItWaitsAndAfterItsEnd() throws Exception {
    String self = " | http://node.example/id/node";
    try (NodeProcess node = start()) {
      HttpProbe http = node.http(folder.resolve("data"));
      SmartApiClient client = new SmartApiClient(http);
      String token = TestGateway.known(http, "roof");
      TestGateway roof = new TestGateway("roof", token).with(LAMP, "lamp-1");
      roof.connect(node.mqttPort());
      roof.announce(OUTLINE);
      client.askUntilFound(activity("smartapi:Read", "[ a ex:Lamp ]"));
      roof.disconnect();
      Message waits =
          client.ask(
              request(
                  activity("smartapi:Write", "fleet:lamp-1")
                      + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ; rdf:value 7 ]"));
      String id = waits.inReplyTo().orElseThrow().value();
      String process = Long.toString(waits.processId().orElseThrow());
      List<String> waiting = where(id);
      assertThat(waiting.get(0)).startsWith("received | user:").endsWith(self);
      assertThat(waiting.subList(1, waiting.size()))
          .containsExactlyInAnyOrder(
              "deferred | " + process + self, "queued | roof" + self, "answered" + self);
      roof.connect(node.mqttPort());
      assertThat(client.pollUntilDone(waits.processId().orElseThrow()).errors()).isEmpty();
      assertThat(where(process))
          .containsSubsequence("queued | roof" + self, "sent | roof" + self)
          .contains("acknowledged | roof" + self, "answered | roof" + self)
          .endsWith("done" + self);
      NodeProcess.Ended unknown =
          NodeProcess.run(
              "admin", "where", "urn:uuid:0", "--data", folder.resolve("data").toString());
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.err()).contains("Request", "urn:uuid:0");
      roof.close();
    }
  }
}
