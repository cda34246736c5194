package io.mestral.routing.retained;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RetainedMessagesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Instant now = NOON;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
          return this;
        }
      };
  private final RetainedMessages store = new RetainedMessages(10_000, clock);

  @Test
  void aMessageThatCanNotBeKeptGivesWayToTheOneBefore() {
    set("a", "kept");
    Promise<Delivery> disk = Promise.promise();
    store.change(message("a", "lost"), (publish, needed) -> disk.future());
    assertThat(read("a")).containsExactly("lost");
    disk.fail("the disk is full");
    assertThat(read("a")).containsExactly("kept");
  }

  @Test
  void aMessageThatCanNotBeKeptLeavesAnotherAlone() {
    Promise<Delivery> disk = Promise.promise();
    store.change(message("a", "lost"), (publish, needed) -> disk.future());
    set("a", "newer");
    disk.fail("the disk is full");
    assertThat(read("a")).containsExactly("newer");
  }

  @Test
  void ofSeveralThatCanNotBeKeptNoneComesBack() {
    set("a", "kept");
    Promise<Delivery> first = Promise.promise();
    Promise<Delivery> second = Promise.promise();
    store.change(message("a", "lost 1"), (publish, needed) -> first.future());
    store.change(message("a", "lost 2"), (publish, needed) -> second.future());
    first.fail("the disk is full");
    assertThat(read("a")).containsExactly("lost 2");
    second.fail("the disk is full");
    assertThat(read("a")).containsExactly("kept");
    assertThat(store.count()).isOne();
  }

  @Test
  void aClearingThatCanNotBeKeptBringsTheMessageBack() {
    set("a", "kept");
    Promise<Delivery> disk = Promise.promise();
    store.change(message("a", ""), (publish, needed) -> disk.future());
    assertThat(read("a")).isEmpty();
    assertThat(store.count()).isZero();
    disk.fail("the disk is full");
    assertThat(read("a")).containsExactly("kept");
    assertThat(store.count()).isOne();
  }

  @Test
  void clearingWhereNothingIsNeedsNotBeKept() {
    List<Boolean> asked = new ArrayList<>();
    store.change(message("a", ""), (publish, needed) -> kept(asked.add(needed)));
    set("a", "x");
    store.change(message("a", ""), (publish, needed) -> kept(asked.add(needed)));
    assertThat(asked).containsExactly(false, true);
  }

  @Test
  void whatTheNodeSaysOfItselfIsNotKept() {
    List<Publish> asked = new ArrayList<>();
    store.change(
        message("$SYS/uptime", "1"),
        (publish, needed) -> {
          assertThat(needed).isFalse();
          return kept(asked.add(publish));
        });
    assertThat(asked).extracting(Publish::retain).containsExactly(false);
    assertThat(read("$SYS/uptime")).containsExactly("1");
  }

  @Test
  void aTopicTooManyIsRefusedAndGoesOnWithoutBeingRetained() {
    String half = "x".repeat(4_500);
    set("a", half);
    set("b", half);
    List<Publish> asked = new ArrayList<>();
    Future<Delivery> answer =
        store.change(message("c", half), (publish, needed) -> kept(asked.add(publish)));
    assertThat(answer.result())
        .isInstanceOfSatisfying(
            Refused.class, no -> assertThat(no.reason()).isEqualTo(Refusal.QUEUE_FULL));
    assertThat(asked).extracting(Publish::retain).containsExactly(false);
    assertThat(read("c")).isEmpty();
    set("a", half.replace('x', 'y'));
    assertThat(read("a")).containsExactly(half.replace('x', 'y'));
    set("b", "");
    set("c", half);
    assertThat(read("c")).containsExactly(half);
  }

  @Test
  void allThatAMessageCarriesCountsAgainstTheBound() {
    Publish plain = message("a", "x");
    PublishProperties heavy =
        new PublishProperties(
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Buffer.buffer("c".repeat(20_000))),
            List.of());
    Publish loaded =
        new Publish(plain.topic(), plain.payload(), plain.qos(), plain.retain(), heavy);
    assertThat(store.change(loaded, (publish, needed) -> kept(true)).result())
        .isInstanceOf(Refused.class);
  }

  @Test
  void anExpiredMessageIsNotFoundAndIsSwept() {
    store.change(expiring("a", Duration.ofSeconds(10)), (publish, needed) -> kept(true));
    set("b", "stays");
    now = NOON.plusSeconds(4);
    assertThat(cursor("a").next().get().properties().messageExpiry())
        .contains(Duration.ofSeconds(6));
    now = NOON.plusSeconds(10);
    assertThat(read("#")).containsExactly("stays");
    assertThat(store.count()).isEqualTo(2);
    store.sweep(1);
    store.sweep(1);
    assertThat(store.count()).isOne();
  }

  @Test
  void aMessageThatExpiresBeforeItIsKnownWhetherItIsKeptStillGivesWay() {
    set("a", "kept");
    Promise<Delivery> disk = Promise.promise();
    store.change(expiring("a", Duration.ofSeconds(1)), (publish, needed) -> disk.future());
    now = NOON.plusSeconds(1);
    store.sweep(1);
    assertThat(read("a")).isEmpty();
    disk.fail("the disk is full");
    assertThat(read("a")).containsExactly("kept");
  }

  @Test
  void sweepingBitByBitComesRound() {
    for (int i = 0; i < 10; i++) set("stays/" + i, "x");
    store.sweep(4);
    store.change(expiring("a", Duration.ofSeconds(1)), (publish, needed) -> kept(true));
    now = NOON.plusSeconds(1);
    store.sweep(4);
    assertThat(store.count()).isEqualTo(11);
    store.sweep(4);
    store.sweep(4);
    assertThat(store.count()).isEqualTo(10);
  }

  @Test
  void whatIsRestoredHasTheAgeItHad() {
    store.restore(expiring("a", Duration.ofSeconds(10)), NOON.minusSeconds(4).toEpochMilli());
    store.restore(expiring("b", Duration.ofSeconds(10)), NOON.minusSeconds(10).toEpochMilli());
    store.restore(message("c", "cleared"), NOON.toEpochMilli());
    store.restore(message("c", ""), NOON.toEpochMilli());
    assertThat(cursor("#").next().get().properties().messageExpiry())
        .contains(Duration.ofSeconds(6));
    assertThat(store.count()).isOne();
  }

  @Test
  void aMessageThatCameAfterTheSubscriptionIsLeftToIt() {
    set("a", "before");
    set("b", "before");
    RetainedCursor acknowledged = store.matching(new TopicFilter("+"), QoS.AT_LEAST_ONCE);
    RetainedCursor unacknowledged = store.matching(new TopicFilter("+"), QoS.AT_MOST_ONCE);
    set("b", "after");
    assertThat(payloads(acknowledged)).containsExactly("before");
    assertThat(payloads(unacknowledged)).containsExactly("before", "after");
  }

  @Test
  void aLookUpThatFindsNothingForLongReturnsInBetween() {
    RetainedMessages large = new RetainedMessages(1 << 20, clock);
    for (int i = 0; i < 1_000; i++)
      large.change(message("kit/" + i + "/x", "1"), (publish, needed) -> kept(true));
    RetainedCursor cursor = large.matching(new TopicFilter("kit/+/y"), QoS.AT_MOST_ONCE);
    assertThat(cursor.next()).isEmpty();
    assertThat(cursor.isDone()).isFalse();
    for (int i = 0; i < 100 && !cursor.isDone(); i++) assertThat(cursor.next()).isEmpty();
    assertThat(cursor.isDone()).isTrue();
  }

  @Test
  void aTopicOfThirtyThousandLevelsIsLikeAnyOther() {
    RetainedMessages large = new RetainedMessages(1 << 20, clock);
    String deep = "a" + "/".repeat(30_000);
    large.change(message(deep, "x"), (publish, needed) -> kept(true));
    assertThat(payloads(large.matching(new TopicFilter("a/#"), QoS.AT_MOST_ONCE)))
        .containsExactly("x");
    assertThat(payloads(large.matching(new TopicFilter("a/+/+/+"), QoS.AT_MOST_ONCE))).isEmpty();
  }

  private void set(String topic, String payload) {
    store.change(message(topic, payload), (publish, needed) -> kept(true));
  }

  private List<String> read(String filter) {
    return payloads(cursor(filter));
  }

  private RetainedCursor cursor(String filter) {
    return store.matching(new TopicFilter(filter), QoS.EXACTLY_ONCE);
  }

  private static List<String> payloads(RetainedCursor cursor) {
    List<String> payloads = new ArrayList<>();
    while (!cursor.isDone())
      cursor.next().ifPresent(message -> payloads.add(message.payload().toString()));
    return payloads;
  }

  private static Future<Delivery> kept(boolean noted) {
    assertThat(noted).isTrue();
    return Future.succeededFuture(Delivery.NOBODY);
  }

  private static Publish message(String topic, String payload) {
    return message(topic, payload, PublishProperties.NONE);
  }

  private static Publish expiring(String topic, Duration expiry) {
    return message(
        topic,
        "expires",
        new PublishProperties(
            OptionalInt.empty(),
            Optional.of(expiry),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()));
  }

  private static Publish message(String topic, String payload, PublishProperties properties) {
    return new Publish(
        new Topic(topic), Buffer.buffer(payload), QoS.AT_LEAST_ONCE, true, properties);
  }
}
