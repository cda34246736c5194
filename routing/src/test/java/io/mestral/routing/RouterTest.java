package io.mestral.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.mqtt.Publish;
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

class RouterTest {
  private static final Publish READING =
      Publish.of(new Topic("home/power"), Buffer.buffer("42"), QoS.EXACTLY_ONCE);

  private final Router router =
      new Router(new RetainedMessages(1 << 20, Clock.systemUTC()), Keeper.NONE);

  @Test
  void aMessageThatNobodyWantsIsDeliveredToNobody() {
    assertThat(route()).isEqualTo(Delivery.NOBODY);
  }

  @Test
  void everyReceiverIsCounted() {
    subscribe(new Recorder(), "home/#", QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(new Delivered(1));
    subscribe(new Recorder(), "home/+", QoS.AT_LEAST_ONCE);
    subscribe(new Recorder(), "elsewhere", QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(new Delivered(2));
  }

  @Test
  void overlappingSubscriptionsGiveOneCopyAtTheHighestGrantWithAllIdentifiers() {
    Recorder panel = new Recorder();
    router.subscribe(
        panel,
        new TopicFilter("home/#"),
        new Subscription(QoS.AT_MOST_ONCE, false, false, List.of(7)));
    router.subscribe(
        panel,
        new TopicFilter("home/power"),
        new Subscription(QoS.AT_LEAST_ONCE, false, false, List.of(9)));
    router.subscribe(panel, new TopicFilter("+/+"), Subscription.at(QoS.AT_MOST_ONCE));
    subscribe(new Recorder(), "#", QoS.AT_MOST_ONCE); // a second receiver, so both ways are used
    route();
    assertThat(panel.messages).extracting(Publish::qos).containsExactly(QoS.AT_LEAST_ONCE);
    assertThat(panel.grants.get(0).identifiers()).containsExactlyInAnyOrder(7, 9);
  }

  @Test
  void receiversOfTheSameGrantShareOneMessage() {
    Recorder one = new Recorder();
    Recorder two = new Recorder();
    subscribe(one, "home/#", QoS.AT_MOST_ONCE);
    subscribe(two, "home/#", QoS.AT_MOST_ONCE);
    route();
    assertThat(one.messages.get(0)).isSameAs(two.messages.get(0));
    assertThat(one.messages.get(0).qos()).isEqualTo(QoS.AT_MOST_ONCE);
  }

  @Test
  void whoAskedNotToHearItselfDoesNot() {
    Recorder self = new Recorder();
    Subscription deaf = new Subscription(QoS.AT_LEAST_ONCE, true, false, List.of());
    router.subscribe(self, new TopicFilter("home/#"), deaf);
    assertThat(route(Optional.of(self))).isEqualTo(Delivery.NOBODY);
    assertThat(route(Optional.of(new Recorder()))).isEqualTo(new Delivered(1));
    assertThat(route()).isEqualTo(new Delivered(1));
    assertThat(self.messages).hasSize(2);
  }

  @Test
  void oneRefusalOutweighsAllTakers() {
    Recorder fine = new Recorder();
    subscribe(fine, "home/#", QoS.AT_LEAST_ONCE);
    Refused full = new Refused(Refusal.QUOTA_EXCEEDED, "full");
    subscribe((publish, grant) -> Future.succeededFuture(full), "home/+", QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(full);
    assertThat(fine.messages).hasSize(1);
  }

  @Test
  void aFailureIsARefusalAndKeepsNobodyElseFromTheMessage() {
    subscribe(
        (publish, grant) ->
            Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "store is away")),
        "home/power",
        QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(new Refused(Refusal.UNAVAILABLE, "store is away"));
    Recorder fine = new Recorder();
    subscribe(fine, "#", QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(new Refused(Refusal.UNAVAILABLE, "store is away"));
    assertThat(fine.messages).hasSize(1);
  }

  @Test
  void aReceiverThatThrowsHasRefused() {
    subscribe(
        (publish, grant) -> {
          throw new IllegalStateException("unforeseen");
        },
        "home/power",
        QoS.AT_LEAST_ONCE);
    assertThat(route()).isEqualTo(new Refused(Refusal.INTERNAL, ""));
  }

  @Test
  void theAnswerWaitsForTheSlowestReceiver() {
    Promise<Delivery> slow = Promise.promise();
    subscribe((publish, grant) -> slow.future(), "home/power", QoS.AT_LEAST_ONCE);
    subscribe(new Recorder(), "home/power", QoS.AT_LEAST_ONCE);
    Future<Delivery> answer = router.route(READING, Origin.NOBODY);
    assertThat(answer.isComplete()).isFalse();
    slow.complete(Delivery.DONE);
    assertThat(answer.result()).isEqualTo(new Delivered(2));
  }

  @Test
  void afterUnsubscribingNothingComesAnyMore() {
    Recorder panel = new Recorder();
    subscribe(panel, "home/power", QoS.AT_LEAST_ONCE);
    assertThat(router.unsubscribe(panel, new TopicFilter("home/power"))).isTrue();
    assertThat(router.unsubscribe(panel, new TopicFilter("home/power"))).isFalse();
    assertThat(route()).isEqualTo(Delivery.NOBODY);
    assertThat(router.subscriptions()).isZero();
  }

  private void subscribe(Subscriber subscriber, String filter, QoS qos) {
    router.subscribe(subscriber, new TopicFilter(filter), Subscription.at(qos));
  }

  private Delivery route() {
    return route(Optional.empty());
  }

  private Delivery route(Optional<Subscriber> sender) {
    Future<Delivery> answer = router.route(READING, new Origin(sender, 0));
    assertThat(answer.succeeded()).isTrue();
    return answer.result();
  }

  /** Takes everything at once and remembers it. */
  private static final class Recorder implements Subscriber {
    final List<Publish> messages = new ArrayList<>();
    final List<Subscription> grants = new ArrayList<>();

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      messages.add(publish);
      grants.add(subscription);
      return Future.succeededFuture(Delivery.DONE);
    }
  }
}
