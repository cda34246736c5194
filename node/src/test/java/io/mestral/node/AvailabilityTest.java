package io.mestral.node;

import static io.mestral.node.SmartApiClient.activity;
import static io.mestral.node.SmartApiClient.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.smartapi.model.message.Message;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests wait while what they name isn't available; Smart API, section 2.20. */
class AvailabilityTest {
  private static final String LAMP =
      TestGateway.PREFIXES
          + "fleet:lamp-1 a ex:Lamp ; ex:level [ a smartapi:ValueObject ; qudt:unit unit:Percent ;"
          + " rdf:value 2.0E1 ] .";
  private static final String OUTLINE =
      "<https://fleet.example/id/roof> a smartapi:Gateway ; smartapi:manages fleet:lamp-1 ."
          + " fleet:lamp-1 a ex:Lamp ; smartapi:isManagedBy <https://fleet.example/id/roof> ;"
          + " ex:batteryLevel [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value 5.0E0 ] ;"
          + " smartapi:restriction [ a sx:Restriction ; smartapi:hasCondition [ a"
          + " smartapi:Condition ; sx:onProperty ex:batteryLevel ; sx:less [ a"
          + " smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value 1.0E1 ] ] ] .";

  @TempDir Path folder;

  @Test
  void aWriteToALampWithAnEmptyBatteryIsDoneWhenItIsFull() throws Exception {
    Path data = folder.resolve("data");
    try (NodeProcess node =
        NodeProcess.start(
            data,
            "limits.http-per-minute=0",
            "node.public-url=http://node.example",
            "smartapi.node=hub")) {
      HttpProbe http = node.http(data);
      SmartApiClient client = new SmartApiClient(http);
      String token = TestGateway.known(http, "roof");
      try (TestGateway roof = new TestGateway("roof", token).with(LAMP, "lamp-1")) {
        roof.connect(node.mqttPort());
        roof.announce(OUTLINE);
        client.askUntilFound(activity("smartapi:Read", "[ a smartapi:Gateway ]"));
        client.askUntilFound(activity("smartapi:Read", "[ a ex:Lamp ]"));
        roof.asked().clear();
        Message waits =
            client.ask(
                request(
                    activity("smartapi:Write", "fleet:lamp-1")
                        + " . fleet:lamp-1 ex:level [ a smartapi:ValueObject ; rdf:value 70 ]"));
        assertThat(waits.status()).isPresent();
        assertThat(roof.asked()).isEmpty();
        roof.tell(
            "https://fleet.example/id/lamp-1",
            "<urn:uuid:%s> a smartapi:Notification ; smartapi:generatedBy <https://fleet.example/id/roof> ; smartapi:generatedAt \"%s\"^^xsd:dateTime ; "
                    .formatted(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MILLIS))
                + activity("sx:Notify", "fleet:lamp-1")
                + " . fleet:lamp-1 ex:batteryLevel [ a smartapi:ValueObject ; qudt:unit unit:Percent ; rdf:value 8.0E1 ] .");
        Message done = client.pollUntilDone(waits.processId().orElseThrow());
        assertThat(done.errors()).isEmpty();
        assertThat(SmartApiClient.value(done, "level")).isEqualTo(70.0);
        assertThat(roof.asked()).hasSize(1);
      }
    }
  }
}
