package io.mestral.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Delivered;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.routing.retained.RetainedMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the router has written down, and what it hands over directly. */
class KeepingTest {
  private static final Topic TOPIC = new Topic("home/power");

  private final List<List<Receiver>> kept = new ArrayList<>();
  private final List<Integer> identifiers = new ArrayList<>();
  private final List<String> payloads = new ArrayList<>();
  private final Promise<Delivery> disk = Promise.promise();
  private final Router router =
      new Router(
          new RetainedMessages(1 << 20, Clock.systemUTC()),
          (publish, origin, receivers) -> {
            kept.add(List.copyOf(receivers));
            identifiers.add(origin.exactlyOnceId());
            payloads.add(publish.payload().toString());
            return disk.future();
          });

  @Test
  void aKeptReceiversMessageGoesToTheKeeperAndIsNotHandedOver() {
    Away away = new Away();
    subscribe(away, "home/#", QoS.AT_LEAST_ONCE);
    Future<Delivery> answer = router.route(at(QoS.EXACTLY_ONCE), Origin.NOBODY);
    assertThat(kept)
        .containsExactly(List.of(new Receiver(away, Subscription.at(QoS.AT_LEAST_ONCE))));
    assertThat(away.taken).isEmpty();
    assertThat(answer.isComplete()).isFalse();
    disk.complete(Delivery.DONE);
    assertThat(answer.result()).isEqualTo(Delivery.DONE);
  }

  @Test
  void allKeptReceiversAreOneCallBesideThoseThatHaveItDirectly() {
    List<Publish> direct = new ArrayList<>();
    Away one = new Away();
    Away two = new Away();
    subscribe(one, "home/#", QoS.AT_LEAST_ONCE);
    subscribe(two, "home/+", QoS.EXACTLY_ONCE);
    subscribe(taking(direct), "#", QoS.EXACTLY_ONCE);
    Future<Delivery> answer = router.route(at(QoS.AT_LEAST_ONCE), Origin.NOBODY);
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0)).extracting(Receiver::subscriber).containsExactlyInAnyOrder(one, two);
    assertThat(direct).hasSize(1);
    assertThat(answer.isComplete()).isFalse();
    disk.complete(new Delivered(2));
    assertThat(answer.result()).isEqualTo(new Delivered(3));
  }

  @Test
  void atQualityOfServiceZeroNothingIsKept() {
    Away published = new Away();
    Away granted = new Away();
    subscribe(published, "home/power", QoS.EXACTLY_ONCE);
    router.route(at(QoS.AT_MOST_ONCE), Origin.NOBODY);
    router.unsubscribe(published, new TopicFilter("home/power"));
    subscribe(granted, "home/power", QoS.AT_MOST_ONCE);
    router.route(at(QoS.EXACTLY_ONCE), Origin.NOBODY);
    assertThat(kept).isEmpty();
    assertThat(published.taken).hasSize(1);
    assertThat(granted.taken).extracting(Publish::qos).containsExactly(QoS.AT_MOST_ONCE);
  }

  @Test
  void anIdentifierToRememberIsKeptThoughNobodyWantsTheMessage() {
    Future<Delivery> answer = router.route(at(QoS.EXACTLY_ONCE), with(4711));
    assertThat(kept).containsExactly(List.of());
    disk.complete(Delivery.NOBODY);
    assertThat(answer.result()).isEqualTo(Delivery.NOBODY);
  }

  @Test
  void anIdentifierIsRememberedWhenThoseWhoKeepForThemselvesHaveTheMessage() {
    Promise<Delivery> ingest = Promise.promise();
    subscribe((publish, subscription) -> ingest.future(), "#", QoS.EXACTLY_ONCE);
    Future<Delivery> answer = router.route(at(QoS.EXACTLY_ONCE), with(4711));
    assertThat(kept).isEmpty(); // a kill now: the publisher sends it again, and it is routed again
    ingest.complete(Delivery.DONE);
    assertThat(kept).containsExactly(List.of());
    disk.complete(Delivery.NOBODY);
    assertThat(answer.result()).isEqualTo(Delivery.DONE);
  }

  @Test
  void anIdentifierOfARefusedMessageIsNotRemembered() {
    Refused refused = new Refused(Refusal.UNAVAILABLE, "");
    Subscriber ingest = (publish, subscription) -> Future.succeededFuture(refused);
    subscribe(ingest, "#", QoS.EXACTLY_ONCE);
    assertThat(router.route(at(QoS.EXACTLY_ONCE), with(4711)).result()).isEqualTo(refused);
    assertThat(kept).isEmpty();
  }

  @Test
  void anIdentifierOfARetainedMessageIsRememberedWhenTheOthersHaveIt() {
    Promise<Delivery> ingest = Promise.promise();
    subscribe((publish, subscription) -> ingest.future(), "#", QoS.EXACTLY_ONCE);
    Away away = new Away();
    subscribe(away, "home/#", QoS.EXACTLY_ONCE);
    Future<Delivery> answer = router.route(toRetain("42", QoS.EXACTLY_ONCE), with(4711));
    assertThat(kept).isEmpty(); // a kill now: the publisher sends it again, and it is routed again
    assertThat(router.retained().count()).isEqualTo(1);
    ingest.complete(Delivery.DONE);
    assertThat(kept)
        .containsExactly(List.of(new Receiver(away, Subscription.at(QoS.EXACTLY_ONCE))));
    assertThat(identifiers).containsExactly(4711);
    disk.complete(Delivery.DONE);
    assertThat(answer.result()).isEqualTo(new Delivered(2));
  }

  @Test
  void aRetainedMessageThatAnotherRefusedIsKeptWithoutItsIdentifier() {
    Refused refused = new Refused(Refusal.UNAVAILABLE, "");
    subscribe((publish, any) -> Future.succeededFuture(refused), "#", QoS.EXACTLY_ONCE);
    Future<Delivery> answer = router.route(toRetain("42", QoS.EXACTLY_ONCE), with(4711));
    assertThat(kept).containsExactly(List.of());
    assertThat(identifiers).containsExactly(0);
    disk.complete(Delivery.NOBODY);
    assertThat(answer.result()).isEqualTo(refused);
  }

  @Test
  void whatIsRetainedLaterIsWrittenLaterAndHandedOverAtOnce() {
    Late ingest = new Late();
    subscribe(ingest, "#", QoS.EXACTLY_ONCE);
    router.route(toRetain("1", QoS.EXACTLY_ONCE), with(4711));
    router.route(toRetain("2", QoS.AT_MOST_ONCE), Origin.NOBODY);
    assertThat(payloads).isEmpty();
    assertThat(ingest.taken).containsExactly("1", "2");
    ingest.answer(Delivery.DONE);
    assertThat(payloads).containsExactly("1", "2");
    assertThat(ingest.taken).containsExactly("1", "2");
  }

  @Test
  void aReadingBehindAnExactlyOnceOneReachesIngestionBeforeItIsAcknowledged() {
    Late ingest = new Late();
    Away away = new Away();
    subscribe(ingest, "#", QoS.EXACTLY_ONCE);
    subscribe(away, "home/#", QoS.EXACTLY_ONCE);
    router.route(toRetain("1", QoS.EXACTLY_ONCE), with(4711));
    Future<Delivery> answer = router.route(toRetain("2", QoS.AT_LEAST_ONCE), Origin.NOBODY);
    disk.complete(Delivery.DONE);
    assertThat(ingest.taken).containsExactly("1", "2");
    assertThat(answer.isComplete()).isFalse();
    ingest.answer(Delivery.DONE);
    assertThat(answer.result()).isEqualTo(new Delivered(2));
    assertThat(payloads).containsExactly("1", "2");
    assertThat(kept)
        .allSatisfy(
            to ->
                assertThat(to).extracting(Receiver::subscriber).containsExactly((Subscriber) away));
  }

  @Test
  void aMessageBehindARetainedOneThatThereIsNoRoomForIsKeptAfterIt() {
    Late ingest = new Late();
    subscribe(ingest, "#", QoS.EXACTLY_ONCE);
    subscribe(new Away(), "home/#", QoS.EXACTLY_ONCE);
    Away publisher = new Away();
    Origin once = new Origin(Optional.of(publisher), 4711);
    String large = "x".repeat(2 << 20);
    Future<Delivery> answer = router.route(toRetain(large, QoS.EXACTLY_ONCE), once);
    router.route(message("2", QoS.AT_LEAST_ONCE), Origin.of(publisher));
    ingest.answer(Delivery.DONE);
    disk.complete(Delivery.DONE);
    assertThat(payloads).containsExactly(large, "2");
    assertThat(answer.result()).isInstanceOf(Refused.class);
  }

  @Test
  void whatAPublisherSendsAfterAnExactlyOnceMessageIsKeptAfterIt() {
    Late panel = new Late();
    Away publisher = new Away();
    subscribe(panel, "#", QoS.EXACTLY_ONCE);
    subscribe(new Away(), "home/#", QoS.EXACTLY_ONCE);
    router.route(message("1", QoS.EXACTLY_ONCE), new Origin(Optional.of(publisher), 4711));
    router.unsubscribe(panel, new TopicFilter("#")); // so that nothing else holds up what follows
    router.route(message("2", QoS.EXACTLY_ONCE), new Origin(Optional.of(publisher), 4712));
    router.route(message("3", QoS.AT_LEAST_ONCE), Origin.of(publisher));
    router.route(toRetain("4", QoS.AT_LEAST_ONCE), Origin.of(publisher));
    assertThat(payloads).isEmpty();
    panel.answer(Delivery.DONE);
    assertThat(payloads).containsExactly("1", "2", "3", "4");
    router.route(message("5", QoS.AT_LEAST_ONCE), Origin.of(publisher));
    assertThat(payloads).endsWith("4", "5");
  }

  @Test
  void whatOthersSendDoesNotWaitUnlessItIsToBeRetained() {
    Late panel = new Late();
    subscribe(panel, "#", QoS.EXACTLY_ONCE);
    subscribe(new Away(), "home/#", QoS.EXACTLY_ONCE);
    router.route(toRetain("1", QoS.EXACTLY_ONCE), new Origin(Optional.of(new Away()), 4711));
    router.route(toRetain("2", QoS.AT_LEAST_ONCE), Origin.of(new Away()));
    router.route(message("3", QoS.AT_LEAST_ONCE), Origin.of(new Away()));
    assertThat(payloads).containsExactly("3");
    panel.answer(Delivery.DONE);
    assertThat(payloads).containsExactly("3", "1", "2");
  }

  @Test
  void aMessageToAnotherTopicDoesNotWait() {
    Late panel = new Late();
    subscribe(panel, TOPIC.value(), QoS.EXACTLY_ONCE);
    subscribe(new Away(), "#", QoS.EXACTLY_ONCE);
    Away publisher = new Away();
    router.route(message("1", QoS.EXACTLY_ONCE), new Origin(Optional.of(publisher), 4711));
    Topic other = new Topic("home/water");
    router.route(Publish.of(other, Buffer.buffer("2"), QoS.AT_LEAST_ONCE), Origin.of(publisher));
    assertThat(payloads).containsExactly("2");
  }

  @Test
  void whatIsRetainedAfterAClearingIsWrittenAfterItThoughThereWasNothingToClear() {
    Late ingest = new Late();
    subscribe(ingest, "#", QoS.EXACTLY_ONCE);
    router.route(toRetain("", QoS.EXACTLY_ONCE), with(4711));
    router.route(toRetain("x", QoS.AT_LEAST_ONCE), Origin.NOBODY);
    ingest.answer(Delivery.DONE);
    assertThat(payloads).containsExactly("", "x");
    assertThat(router.retained().count()).isOne();
  }

  @Test
  void howeverManyChangesOfATopicWaitAllAreWritten() {
    Late ingest = new Late();
    subscribe(ingest, "#", QoS.AT_MOST_ONCE);
    router.route(toRetain("0", QoS.EXACTLY_ONCE), with(4711));
    List<String> all = new ArrayList<>(List.of("0"));
    List<Future<Delivery>> answers = new ArrayList<>();
    for (int i = 1; i <= 20_000; i++) {
      all.add(String.valueOf(i));
      answers.add(router.route(toRetain(all.get(i), QoS.AT_MOST_ONCE), Origin.NOBODY));
    }
    ingest.answer(Delivery.DONE);
    assertThat(payloads).isEqualTo(all);
    disk.fail(new RefusedException(Refusal.UNAVAILABLE, "the disk is full"));
    assertThat(answers).allMatch(answer -> answer.result() instanceof Refused);
    assertThat(router.retained().count()).isZero();
  }

  @Test
  void aKeeperThatFailsUnforeseenHoldsUpNobodyBehind() {
    List<String> reached = new ArrayList<>();
    Keeper failing =
        (publish, origin, receivers) -> {
          reached.add(publish.payload().toString());
          throw new AssertionError("unforeseen");
        };
    Router other = new Router(new RetainedMessages(1 << 20, Clock.systemUTC()), failing);
    Late ingest = new Late();
    other.subscribe(ingest, new TopicFilter("#"), Subscription.at(QoS.AT_MOST_ONCE));
    other.route(toRetain("1", QoS.EXACTLY_ONCE), with(4711));
    Future<Delivery> second = other.route(toRetain("2", QoS.AT_LEAST_ONCE), Origin.NOBODY);
    ingest.answer(Delivery.DONE);
    assertThat(reached).containsExactly("1", "2");
    assertThat(second.result()).isInstanceOf(Refused.class);
  }

  @Test
  void anIdentifierIsRememberedThoughThereIsNothingToClear() {
    router.route(toRetain("", QoS.EXACTLY_ONCE), with(4711));
    assertThat(identifiers).containsExactly(4711);
  }

  @Test
  void aMessageToRetainIsKept() {
    List<Publish> direct = new ArrayList<>();
    subscribe(taking(direct), "#", QoS.EXACTLY_ONCE);
    Future<Delivery> answer = router.route(toRetain("42", QoS.AT_MOST_ONCE), Origin.NOBODY);
    assertThat(kept).containsExactly(List.of());
    disk.complete(Delivery.NOBODY);
    assertThat(direct).hasSize(1);
    assertThat(answer.result()).isEqualTo(Delivery.DONE);
  }

  @Test
  void aMessageThatCouldNotBeKeptIsRefused() {
    subscribe(new Away(), "home/#", QoS.AT_LEAST_ONCE);
    Future<Delivery> answer = router.route(at(QoS.AT_LEAST_ONCE), Origin.NOBODY);
    disk.fail(new RefusedException(Refusal.UNAVAILABLE, "the disk is full"));
    assertThat(answer.result()).isEqualTo(new Refused(Refusal.UNAVAILABLE, "the disk is full"));
  }

  private static Publish at(QoS qos) {
    return message("42", qos);
  }

  private static Publish message(String payload, QoS qos) {
    return Publish.of(TOPIC, Buffer.buffer(payload), qos);
  }

  private static Publish toRetain(String payload, QoS qos) {
    return new Publish(TOPIC, Buffer.buffer(payload), qos, true, PublishProperties.NONE);
  }

  private static Origin with(int packetId) {
    return new Origin(Optional.empty(), packetId);
  }

  private void subscribe(Subscriber subscriber, String filter, QoS qos) {
    router.subscribe(subscriber, new TopicFilter(filter), Subscription.at(qos));
  }

  private static Subscriber taking(List<Publish> messages) {
    return (publish, subscription) -> {
      messages.add(publish);
      return Future.succeededFuture(Delivery.DONE);
    };
  }

  /** Keeps for itself, and answers all it was given at once, later. */
  private static final class Late implements Subscriber {
    final List<String> taken = new ArrayList<>();
    private final Promise<Delivery> answer = Promise.promise();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      taken.add(publish.payload().toString());
      return answer.future();
    }

    void answer(Delivery delivery) {
      answer.complete(delivery);
    }
  }

  /** A session that is kept; what it is handed directly it remembers. */
  private static final class Away implements Subscriber {
    final List<Publish> taken = new ArrayList<>();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      taken.add(publish);
      return Future.succeededFuture(Delivery.DONE);
    }

    @Override
    public boolean isKept() {
      return true;
    }
  }
}
