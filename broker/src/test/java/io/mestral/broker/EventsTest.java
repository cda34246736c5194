package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mestral.broker.telemetry.ClientWatch;
import io.mestral.broker.telemetry.Traffic;
import io.mestral.broker.telemetry.Traffic.Figure;
import io.mestral.broker.telemetry.event.BrokerEvent;
import io.mestral.broker.telemetry.event.BrokerEvent.Access;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientConnected;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientDisconnected;
import io.mestral.broker.telemetry.event.BrokerEvent.ClientRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.MessagesDropped;
import io.mestral.broker.telemetry.event.BrokerEvent.MessagesRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.SessionTakenOver;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionEnded;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionGranted;
import io.mestral.broker.telemetry.event.BrokerEvent.SubscriptionRefused;
import io.mestral.broker.telemetry.event.BrokerEvent.WillPublished;
import io.mestral.broker.telemetry.event.ClientName;
import io.mestral.broker.telemetry.event.Drop;
import io.mestral.model.access.Principal;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators learn of clients, from real connections. */
class EventsTest {
  private static final ClientName METER = new ClientName("anonymous", "meter");

  @Test
  void aConnectionsLifeIsTold() throws Exception {
    try (TestBroker broker = TestBroker.start()) {
      RawClient meter = RawClient.v5(broker, "meter");
      meter.send(Packets.subscribe(5, 1, "home/+", 1)).receive();
      meter.send(Packets.unsubscribe(5, 2, "home/+")).receive();
      meter.send("E0 00").expectClosed();
      assertThat(broker.clients().eventsOf(METER))
          .extracting(BrokerEvent::text)
          .containsExactly(
              "connected with MQTT 5.0 over tcp",
              "subscribed to home/+ at QoS 1",
              "unsubscribed from home/+",
              "disconnected: client left");
      assertThat(broker.clients().find(METER)).isEmpty();
      assertThat(broker.events())
          .extracting(event -> (Object) event.getClass())
          .containsExactly(
              ClientConnected.class,
              SubscriptionGranted.class,
              SubscriptionEnded.class,
              ClientDisconnected.class);
    }
  }

  @Test
  void aTakeoverIsToldOfTheNewerConnection() throws Exception {
    try (TestBroker broker = TestBroker.start();
        RawClient older = RawClient.v5(broker, "meter");
        RawClient newer = RawClient.v5(broker, "meter")) {
      older.expectDisconnect(0x8E);
      newer.expectNothing();
      assertThat(broker.clients().eventsOf(METER))
          .filteredOn(SessionTakenOver.class::isInstance)
          .hasSize(1);
      assertThat(broker.clients().all()).hasSize(1);
      assertThat(broker.gauge("connections")).isEqualTo(1);
    }
  }

  @Test
  void whoIsTurnedAwayIsToldButLeavesNoTraceInTheHistory() throws Exception {
    try (TestBroker broker =
            TestBroker.start(
                credentials ->
                    Future.failedFuture(new RefusedException(Refusal.BAD_CREDENTIALS, "wrong")));
        RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(5).id("qsm8hj")).expectTurnedAway(0x86);
      assertThat(broker.events())
          .singleElement()
          .isInstanceOfSatisfying(
              ClientRefused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(0x86);
                assertThat(refused.client().toString()).isEqualTo("unknown/qs…");
                assertThat(broker.clients().eventsOf(refused.client())).isEmpty();
              });
      assertThat(broker.count("connects", "result", "0x86")).isEqualTo(1);
    }
  }

  @Test
  void refusedSubscriptionsAndMessagesAreToldWithoutTokens() throws Exception {
    OpenPolicy nobody =
        new OpenPolicy() {
          @Override
          public boolean mayPublish(Principal principal, Topic topic) {
            return false;
          }

          @Override
          public Future<Boolean> maySubscribe(Principal principal, TopicFilter filter) {
            return Future.succeededFuture(false);
          }
        };
    try (TestBroker broker = TestBroker.start(nobody);
        RawClient client = RawClient.v5(broker, "meter")) {
      client.send(Packets.subscribe(5, 1, "device/sck/qsm8hj/readings", 1)).receive();
      for (int i = 0; i < 100; i++) client.send(Packets.publish(5, 0, "device/sck/qsm8hj/x", -1));
      client.expectNothing();
      List<BrokerEvent> events = broker.clients().eventsOf(METER);
      assertThat(events)
          .filteredOn(SubscriptionRefused.class::isInstance)
          .extracting(BrokerEvent::text)
          .containsExactly("not subscribed to device/sck/qs…/readings: not authorized");
      assertThat(events)
          .filteredOn(MessagesRefused.class::isInstance)
          .extracting(event -> ((MessagesRefused) event).messages())
          .containsExactly(1L, 99L); // summed: the clock stands still
      assertThat(watch(broker, METER).refused(Refusal.NOT_AUTHORIZED)).isEqualTo(100);
    }
  }

  @Test
  void aMessageTooLargeForAClientIsToldAsDroppedForIt() throws Exception {
    try (TestBroker broker = TestBroker.start();
        RawClient narrow =
            RawClient.to(broker).send(Packets.connect(5, "27 00 00 00 40").id("meter"));
        RawClient publisher = RawClient.v5(broker, "publisher")) {
      narrow.expectAccepted();
      narrow.send(Packets.subscribe(5, 1, "home/power", 0)).receive();
      publisher.send(Packets.publish(5, 0, "home/power", -1).raw(new byte[100]));
      publisher.send(Packets.publish(5, 0, "home/power", -1).raw("1"));
      assertThat(narrow.receive()).as("the second message").endsWith(" 31");
      assertThat(broker.clients().eventsOf(METER))
          .filteredOn(MessagesDropped.class::isInstance)
          .extracting(BrokerEvent::text)
          .containsExactly("1 messages for it dropped: too large");
      assertThat(watch(broker, METER).dropped(Drop.TOO_LARGE)).isEqualTo(1);
      assertThat(broker.count("publishes.dropped", "reason", "too_large")).isEqualTo(1);
    }
  }

  @Test
  void aWillIsToldOfTheClientThatLeftIt() throws Exception {
    try (TestBroker broker = TestBroker.start()) {
      Receivers.Keeper wills = new Receivers.Keeper();
      broker.receive("wills/#", wills);
      RawClient client =
          RawClient.to(broker)
              .send(
                  Packets.connect(4)
                      .flags(0x04)
                      .id("meter")
                      .text("wills/meter")
                      .text("it is gone"));
      client.expect("20 02 00 00");
      client.close();
      wills.next();
      assertThat(broker.clients().eventsOf(METER))
          .filteredOn(WillPublished.class::isInstance)
          .extracting(BrokerEvent::text)
          .containsExactly("will published to wills/meter");
    }
  }

  @Test
  void whatGoesInAndOutIsCountedPerClientAndInAll() throws Exception {
    try (TestBroker broker = TestBroker.start();
        RawClient meter = RawClient.v5(broker, "meter");
        RawClient panel = RawClient.v5(broker, "panel")) {
      panel.send(Packets.subscribe(5, 1, "home/#", 2)).receive();
      meter.send(Packets.publish(5, 0, "home/a", -1));
      meter.send(Packets.publish(5, 2, "home/b", 7)).receive();
      meter.expectNothing();
      panel.receive();
      panel.receive();
      panel.send("40 02 00 01").expectNothing();
      Traffic in = watch(broker, METER).meter().traffic();
      assertThat(in.get(Figure.RECEIVED_QOS_0)).isEqualTo(1);
      assertThat(in.get(Figure.RECEIVED_QOS_1)).isEqualTo(1);
      assertThat(in.received()).isEqualTo(2);
      assertThat(in.sent()).isZero();
      assertThat(in.get(Figure.PACKETS_IN)).isEqualTo(4); // CONNECT, 2 PUBLISH, PINGREQ
      assertThat(in.get(Figure.PACKETS_OUT)).isEqualTo(3); // CONNACK, PUBACK, PINGRESP
      assertThat(in.get(Figure.BYTES_IN)).isEqualTo(20 + 11 + 13 + 2);
      assertThat(watch(broker, new ClientName("anonymous", "panel")).meter().traffic().sent())
          .isEqualTo(2);
      assertThat(broker.count("publishes.received")).isEqualTo(2);
      assertThat(broker.count("publishes.sent", "qos", "1")).isEqualTo(1);
      assertThat(broker.count("packets.received")).isEqualTo(4 + 4);
      assertThat(broker.count("bytes.received")).isGreaterThan(46);
      assertThat(broker.count("bytes.sent")).isPositive();
    }
  }

  @Test
  void aConnectionIsKnownByWhatCarriesIt() throws Exception {
    try (TestBroker broker = TestBroker.start();
        RawClient plain = RawClient.v5(broker, "plain");
        RawWebSocket framed = RawWebSocket.v5(broker.openWebSocketPort(), "framed")) {
      plain.expectNothing();
      framed.send("C0 00").expect("D0 00");
      assertThat(broker.clients().all())
          .extracting(client -> client.name().clientId(), client -> client.connection().access())
          .containsExactlyInAnyOrder(
              tuple("plain", new Access("5.0", "tcp", "127.0.0.1")),
              tuple("framed", new Access("5.0", "ws", "127.0.0.1")));
    }
  }

  private static ClientWatch watch(TestBroker broker, ClientName name) {
    return broker.clients().find(name).orElseThrow();
  }
}
