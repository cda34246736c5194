package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.routing.retained.RetainedCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the node says of itself below $SYS. */
class SysTest {
  private static final String ROOT = "$SYS/broker/";
  private static final String ALL = ROOT + "#";
  private static final Duration OFTEN = Duration.ofMillis(50);

  @Test
  void theFiguresHaveTheNamesThatOtherBrokersUse() throws Exception {
    try (TestBroker broker = TestBroker.start(Options.usual().sysInterval(OFTEN).build());
        RawClient meter = RawClient.v5(broker, "meter")) {
      meter.send(Packets.subscribe(5, 1, "home/#", 0)).receive();
      meter.send(Packets.publish(5, 2, "home/power", 1)).receive();
      Map<String, String> figures =
          until(
              broker,
              Map.of("publish/messages/received", "1", "subscriptions/count", "2")); // one is ours
      assertThat(figures)
          .containsEntry("clients/connected", "1")
          .containsEntry("clients/total", "1")
          .containsEntry("clients/maximum", "1")
          .containsEntry("clients/disconnected", "0")
          .containsKeys("uptime", "version", "heap/current", "retained messages/count")
          .containsKeys("messages/received", "messages/sent", "bytes/received", "bytes/sent")
          .containsKeys("load/publish/received/1min", "load/bytes/sent/5min")
          .containsKeys("load/connections/15min");
      assertThat(figures.get("version")).startsWith("mestral ");
      assertThat(figures.get("uptime")).matches("\\d+ seconds");
    }
  }

  @Test
  void whoSubscribesLaterHasTheLastFiguresAtOnce() throws Exception {
    Options once = Options.usual().sysInterval(Duration.ofHours(1));
    try (TestBroker broker = TestBroker.start(once.build());
        RawClient admin = RawClient.v5(broker, "admin")) {
      admin.send(Packets.subscribe(5, 1, "$SYS/broker/version", 1)).receive();
      String message = new String(admin.receiveBytes(), StandardCharsets.UTF_8);
      assertThat(message).startsWith("1").contains("$SYS/broker/version", "mestral ");
      assertThat(message.charAt(0)).as("PUBLISH at QoS 0 with RETAIN").isEqualTo('\u0031');
    }
  }

  @Test
  void aWildcardInFrontDoesNotReachThem() throws Exception {
    Options once = Options.usual().sysInterval(OFTEN);
    try (TestBroker broker = TestBroker.start(once.build());
        RawClient everything = RawClient.v5(broker, "everything")) {
      everything.send(Packets.subscribe(5, 1, "#", 0)).receive();
      everything.send(Packets.subscribe(5, 2, "+/broker/version", 0)).receive();
      until(broker, Map.of("clients/connected", "1"));
      everything.expectNothing();
    }
  }

  @Test
  void withoutAnIntervalNothingIsTold() throws Exception {
    try (TestBroker broker = TestBroker.start();
        RawClient admin = RawClient.v5(broker, "admin")) {
      admin.send(Packets.subscribe(5, 1, "$SYS/#", 0)).receive();
      admin.expectNothing();
      assertThat(broker.router().retained().count()).isZero();
    }
  }

  /** Gathers what was told and what is told until figures have these values. */
  private static Map<String, String> until(TestBroker broker, Map<String, String> wanted)
      throws Exception {
    Receivers.Keeper keeper = new Receivers.Keeper();
    broker.receive(ALL, keeper);
    Map<String, String> figures = new HashMap<>();
    RetainedCursor before =
        broker.router().retained().matching(new TopicFilter(ALL), QoS.AT_MOST_ONCE);
    while (!before.isDone()) before.next().ifPresent(figure -> add(figures, figure));
    while (!figures.entrySet().containsAll(wanted.entrySet())) add(figures, keeper.next());
    return figures;
  }

  private static void add(Map<String, String> figures, Publish figure) {
    assertThat(figure.retain()).isTrue();
    figures.put(figure.topic().value().substring(ROOT.length()), figure.payload().toString());
  }
}
