package io.mestral.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.SteadyClient.Sent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher and a subscriber whose sessions are kept, through a node that is killed in the middle
 * of it again and again. {@code KILLS} and {@code SEED} can be set in the environment.
 */
class SessionKillLoopTest {
  private static final int KILLS = (int) setting("KILLS", 10);
  private static final long SEED = setting("SEED", System.nanoTime());

  @TempDir Path data;

  @Test
  void whatWasAcknowledgedArrivesInOrderAndExactlyOnceWhereThatWasAskedFor() throws Exception {
    Random random = new Random(SEED);
    SteadyClient publisher = new SteadyClient("publisher");
    SteadyClient subscriber = new SteadyClient("subscriber");
    for (int round = 0; round < KILLS; round++)
      try (NodeProcess node = NodeProcess.start(data, "mqtt.access=open")) {
        connect(subscriber, node, round > 0);
        if (round == 0) subscriber.subscribe("t/#");
        connect(publisher, node, round > 0);
        int before = publisher.acknowledged().size();
        publisher.publish(SessionKillLoopTest::message);
        publisher.awaitAcknowledged(before + 50);
        if (random.nextInt(3) == 0) reconnect(subscriber, node);
        new CountDownLatch(1).await(random.nextInt(300), TimeUnit.MILLISECONDS); // a random moment
        node.kill();
        publisher.drop();
        subscriber.drop();
      }
    try (NodeProcess node = NodeProcess.start(data, "mqtt.access=open")) {
      publisher.publish(number -> Optional.empty());
      connect(publisher, node, true);
      publisher.awaitFinished();
      connect(subscriber, node, true);
      subscriber.awaitReceived(new HashSet<>(publisher.acknowledged()));
      publisher.drop();
      subscriber.drop();
    }
    System.err.printf(
        "kills %d, seed %d, acknowledged %d messages, received %d%n",
        KILLS, SEED, publisher.acknowledged().size(), subscriber.received().size());
    verify(publisher, subscriber.received());
  }

  private static void connect(SteadyClient client, NodeProcess node, boolean present)
      throws Exception {
    client.connect(node.mqttPort());
    assertThat(client.wasPresent()).as("session present").isEqualTo(present);
  }

  private static void reconnect(SteadyClient client, NodeProcess node) throws Exception {
    client.drop();
    connect(client, node, true);
  }

  private static void verify(SteadyClient publisher, List<String> received) {
    List<String> exactlyOnce = received.stream().filter(text -> text.startsWith("2:")).toList();
    assertThat(exactlyOnce).doesNotHaveDuplicates();
    for (String kind : List.of("1:", "2:")) {
      Set<String> first = new LinkedHashSet<>(received);
      first.removeIf(text -> !text.startsWith(kind));
      List<Integer> numbers = new ArrayList<>();
      first.forEach(text -> numbers.add(Integer.valueOf(text.substring(2))));
      assertThat(numbers).isSorted();
    }
    assertThat(received).containsAll(publisher.acknowledged());
  }

  private static Optional<Sent> message(int number) {
    int qos = 1 + number % 2;
    return Optional.of(new Sent("t/" + qos, qos + ":" + number, qos));
  }

  private static long setting(String name, long fallback) {
    return Optional.ofNullable(System.getenv(name)).map(Long::valueOf).orElse(fallback);
  }
}
