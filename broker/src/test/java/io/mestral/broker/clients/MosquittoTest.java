package io.mestral.broker.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.OpenPolicy;
import io.mestral.broker.Packets;
import io.mestral.broker.RawClient;
import io.mestral.broker.Receivers.Keeper;
import io.mestral.broker.TestBroker;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** mosquitto_pub, mosquitto_sub and mosquitto_rr, as people use them on a command line. */
class MosquittoTest {
  @TempDir Path folder;

  private final BlockingQueue<TopicFilter> asked = new LinkedBlockingQueue<>();
  private TestBroker broker;

  @BeforeEach
  void start() throws Exception {
    Programs.require(Programs.isInstalled("mosquitto_sub"), "mosquitto-clients isn't installed");
    broker =
        TestBroker.start(
            new OpenPolicy() {
              @Override
              public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
                asked.add(filter);
                return super.maySubscribe(principal, filter);
              }
            });
  }

  @AfterEach
  void stop() throws Exception {
    if (broker != null) broker.close();
  }

  @ParameterizedTest
  @CsvSource({
    "mqttv31,0",
    "mqttv311,0",
    "mqttv5,0",
    "mqttv31,1",
    "mqttv311,1",
    "mqttv5,1",
    "mqttv31,2",
    "mqttv311,2",
    "mqttv5,2"
  })
  void whatOnePublishesTheOtherPrints(String version, String qos) throws Exception {
    Process sub =
        run("mosquitto_sub", version, "-q", qos, "-t", "home/+", "-C", "3", "-F", "%t %q %p");
    theSubscriptionIsMade();
    for (String reading : List.of("41", "42", "43"))
      Programs.await(run("mosquitto_pub", version, "-q", qos, "-t", "home/power", "-m", reading));
    assertThat(Programs.await(sub))
        .containsExactly(
            "home/power " + qos + " 41", "home/power " + qos + " 42", "home/power " + qos + " 43");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv311", "mqttv5"})
  void aLargeFileArrivesWhole(String version) throws Exception {
    Keeper keeper = new Keeper();
    broker.receive("files/#", keeper);
    byte[] content = new byte[900_000];
    for (int i = 0; i < content.length; i++) content[i] = (byte) (i * 31 + (i >> 11));
    Path file = Files.write(folder.resolve("large"), content);
    Programs.await(
        run("mosquitto_pub", version, "-q", "1", "-t", "files/a", "-f", file.toString()));
    assertThat(keeper.next().payload().getBytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
  void theWillOfAKilledProgramIsPublished(String version) throws Exception {
    Keeper wills = new Keeper();
    broker.receive("will", wills);
    Process doomed =
        run(
            "mosquitto_sub",
            version,
            "-t",
            "x",
            "--will-topic",
            "will",
            "--will-payload",
            "gone",
            "--will-qos",
            "1");
    theSubscriptionIsMade();
    doomed.destroyForcibly();
    Publish will = wills.next();
    assertThat(will.payload()).hasToString("gone");
    assertThat(will.qos().level()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
  void whatIsRetainedIsPrintedLater(String version) throws Exception {
    Programs.await(run("mosquitto_pub", version, "-r", "-q", "1", "-t", "kept/a", "-m", "41"));
    assertThat(
            Programs.await(run("mosquitto_sub", version, "-t", "kept/#", "-C", "1", "-F", "%r %p")))
        .containsExactly("1 41");
  }

  @Test
  void aRequestGetsItsResponse() throws Exception {
    try (RawClient responder = RawClient.v5(broker, "responder")) {
      responder.send(Packets.subscribe(5, 1, "ask", 1)).receive();
      asked.take();
      Process asking = run("mosquitto_rr", "mqttv5", "-t", "ask", "-e", "answer", "-m", "how warm");
      Buffer request = Buffer.buffer(responder.receiveBytes());
      assertThat(request.toString()).contains("answer").endsWith("how warm");
      responder.send(Packets.publish(5, 0, "answer", -1).raw("19.7"));
      assertThat(Programs.await(asking)).containsExactly("19.7");
    }
  }

  /** It was asked for, and each loop has turned since. */
  private void theSubscriptionIsMade() throws Exception {
    assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull();
    for (String id : List.of("one", "two")) RawClient.v3(broker, id).expectNothing().close();
  }

  private Process run(String program, String version, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program, "-h", "127.0.0.1"));
    command.addAll(List.of("-p", "" + broker.port(), "-V", version));
    command.addAll(List.of(arguments));
    return Programs.start(folder, command);
  }
}
