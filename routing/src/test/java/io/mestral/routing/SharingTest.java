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
import io.mestral.routing.retained.RetainedMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** One delivery for each group and message, whoever takes it. */
class SharingTest {
  private static final String GROUP = "$share/g/home/#";

  private final List<Receiver> kept = new ArrayList<>();
  private final Router router =
      new Router(
          new RetainedMessages(1 << 20, Clock.systemUTC()),
          (publish, origin, receivers) -> {
            kept.addAll(receivers);
            return Future.succeededFuture(new Delivered(receivers.size()));
          });

  @Test
  void membersTakeTurns() {
    Member one = join(GROUP, QoS.AT_LEAST_ONCE);
    Member two = join(GROUP, QoS.AT_LEAST_ONCE);
    Member three = join(GROUP, QoS.AT_LEAST_ONCE);
    for (int i = 0; i < 9; i++) assertThat(route()).isEqualTo(Delivery.DONE);
    assertThat(List.of(one.taken.size(), two.taken.size(), three.taken.size()))
        .containsExactly(3, 3, 3);
  }

  @Test
  void eachGroupAndEachOtherSubscriberHasItsOwn() {
    Member inBoth = join(GROUP, QoS.AT_LEAST_ONCE);
    router.subscribe(inBoth, new TopicFilter("$queue/home/+"), Subscription.at(QoS.AT_MOST_ONCE));
    router.subscribe(inBoth, new TopicFilter("home/power"), Subscription.at(QoS.EXACTLY_ONCE));
    assertThat(route()).isEqualTo(new Delivered(3));
    assertThat(inBoth.taken)
        .extracting(Publish::qos)
        .containsExactlyInAnyOrder(QoS.AT_LEAST_ONCE, QoS.AT_MOST_ONCE, QoS.EXACTLY_ONCE);
  }

  @Test
  void mqtt5_4_8_2_3_eachMemberHasWhatItWasGranted() {
    Member weak = join(GROUP, QoS.AT_MOST_ONCE);
    Member strong = join(GROUP, QoS.EXACTLY_ONCE);
    route();
    route();
    assertThat(weak.taken).extracting(Publish::qos).containsExactly(QoS.AT_MOST_ONCE);
    assertThat(strong.taken).extracting(Publish::qos).containsExactly(QoS.EXACTLY_ONCE);
    assertThat(strong.grants.get(0).shared()).contains(new TopicFilter(GROUP));
  }

  @Test
  void whoRefusesOrIsGoneIsReplacedByAnother() {
    Member gone = join(GROUP, QoS.AT_MOST_ONCE);
    Member full = join(GROUP, QoS.AT_MOST_ONCE);
    Member fine = join(GROUP, QoS.EXACTLY_ONCE);
    gone.answer = Future.succeededFuture(Delivery.NOBODY);
    full.answer = Future.succeededFuture(new Refused(Refusal.QUOTA_EXCEEDED, "full"));
    for (int i = 0; i < 6; i++) assertThat(route()).isEqualTo(Delivery.DONE);
    assertThat(fine.taken).hasSize(6).extracting(Publish::qos).containsOnly(QoS.EXACTLY_ONCE);
  }

  @Test
  void whoAnswersLateThatItRefusesIsReplacedToo() {
    Member late = join(GROUP, QoS.AT_LEAST_ONCE);
    Promise<Delivery> answer = Promise.promise();
    late.answer = answer.future();
    Future<Delivery> outcome = router.route(message(), Origin.NOBODY);
    Member fine = join(GROUP, QoS.AT_LEAST_ONCE);
    assertThat(outcome.isComplete()).isFalse();
    answer.fail("the store is away");
    assertThat(outcome.result()).isEqualTo(Delivery.DONE);
    assertThat(fine.taken).hasSize(1);
  }

  @Test
  void whenEverybodyRefusesThatIsTheAnswer() {
    Refused full = new Refused(Refusal.QUOTA_EXCEEDED, "full");
    for (int i = 0; i < 20; i++)
      join(GROUP, QoS.AT_LEAST_ONCE).answer = Future.succeededFuture(full);
    assertThat(route()).isEqualTo(full);
  }

  @Test
  void whoIsFreeComesBeforeWhoIsBusyAndWhoIsHereBeforeWhoIsAway() {
    Member busy = join(GROUP, QoS.AT_LEAST_ONCE);
    Member free = join(GROUP, QoS.AT_LEAST_ONCE);
    Member away = join(GROUP, QoS.AT_LEAST_ONCE);
    busy.waiting = 10;
    away.present = false;
    for (int i = 0; i < 3; i++) route();
    assertThat(free.taken).hasSize(3);
    free.waiting = 20;
    route();
    assertThat(busy.taken).hasSize(1);
    router.unsubscribe(busy, new TopicFilter(GROUP));
    router.unsubscribe(free, new TopicFilter(GROUP));
    route();
    assertThat(away.taken).hasSize(1);
  }

  @Test
  void anAbsentMembersMessageIsKeptForItAlone() {
    Member away = join(GROUP, QoS.AT_LEAST_ONCE);
    away.present = false;
    away.keeps = true;
    router.subscribe(away, new TopicFilter("#"), Subscription.at(QoS.EXACTLY_ONCE));
    assertThat(router.route(message(), new Origin(Optional.empty(), 7)).result())
        .isEqualTo(new Delivered(2));
    assertThat(kept)
        .containsExactlyInAnyOrder(
            new Receiver(away, Subscription.at(QoS.AT_LEAST_ONCE).sharing(new TopicFilter(GROUP))),
            new Receiver(away, Subscription.at(QoS.EXACTLY_ONCE)));
    assertThat(away.taken).isEmpty();
  }

  @Test
  void theAbsentTakeOverFromThePresentThatIsGone() {
    Member gone = join(GROUP, QoS.AT_LEAST_ONCE);
    Member away = join(GROUP, QoS.AT_LEAST_ONCE);
    gone.answer = Future.succeededFuture(Delivery.NOBODY);
    away.present = false;
    away.keeps = true;
    assertThat(route()).isEqualTo(Delivery.DONE);
    assertThat(kept).extracting(Receiver::subscriber).containsExactly(away);
  }

  @Test
  void aMessagePassedOnGoesToAnotherMember() {
    Member leaving = join(GROUP, QoS.AT_LEAST_ONCE);
    Member staying = join(GROUP, QoS.AT_LEAST_ONCE);
    TopicFilter group = new TopicFilter(GROUP);
    router.unsubscribe(leaving, group);
    assertThat(router.passOn(message(), group).result()).isEqualTo(Delivery.DONE);
    assertThat(staying.taken).hasSize(1);
    router.unsubscribe(staying, group);
    assertThat(router.passOn(message(), group).result()).isEqualTo(Delivery.NOBODY);
  }

  @Test
  void aGroupIsAwaitingWhileAMemberIsHere() {
    Member one = join(GROUP, QoS.AT_LEAST_ONCE);
    Member two = join(GROUP, QoS.AT_LEAST_ONCE);
    one.present = false;
    assertThat(router.isAwaited(message().topic(), "")).isTrue();
    two.present = false;
    assertThat(router.isAwaited(message().topic(), "")).isFalse();
    router.subscribe(new Member(), new TopicFilter("home/+"), Subscription.at(QoS.AT_MOST_ONCE));
    assertThat(router.isAwaited(message().topic(), "")).isTrue();
  }

  @Test
  void whoAsksWhetherAMessageIsAwaitedTakesNobodysTurn() {
    Member one = join(GROUP, QoS.AT_LEAST_ONCE);
    Member two = join(GROUP, QoS.AT_LEAST_ONCE);
    for (int i = 0; i < 6; i++) {
      assertThat(router.isAwaited(message().topic(), "")).isTrue();
      route();
    }
    assertThat(List.of(one.taken.size(), two.taken.size())).containsExactly(3, 3);
  }

  @Test
  void everyMembersSubscriptionIsCounted() {
    Member one = join(GROUP, QoS.AT_LEAST_ONCE);
    Member two = join(GROUP, QoS.AT_LEAST_ONCE);
    TopicFilter group = new TopicFilter(GROUP);
    assertThat(router.subscribe(two, group, Subscription.at(QoS.AT_MOST_ONCE))).isFalse();
    assertThat(router.subscriptions()).isEqualTo(2);
    assertThat(router.unsubscribe(one, group)).isTrue();
    assertThat(router.unsubscribe(one, group)).isFalse();
    assertThat(router.subscriptions()).isOne();
    assertThat(router.unsubscribe(two, group)).isTrue();
    assertThat(router.subscriptions()).isZero();
    assertThat(route()).isEqualTo(Delivery.NOBODY);
  }

  /** Members come and go between messages; a list of those who are there says what is right. */
  @Property(tries = 200)
  void eachMessageHasOneTakerAmongThoseWhoAreThere(@ForAll List<@IntRange(max = 9) Integer> steps) {
    Map<Integer, Member> there = new HashMap<>();
    for (int step : steps) {
      int name = step % 5;
      if (step >= 5) {
        if (there.containsKey(name)) router.unsubscribe(there.remove(name), new TopicFilter(GROUP));
        else there.put(name, join(GROUP, QoS.AT_LEAST_ONCE));
      }
      int before = there.values().stream().mapToInt(member -> member.taken.size()).sum();
      int takers = Math.min(1, there.size());
      assertThat(route()).isEqualTo(new Delivered(takers));
      int after = there.values().stream().mapToInt(member -> member.taken.size()).sum();
      assertThat(after - before).isEqualTo(takers);
    }
    there.values().forEach(member -> router.unsubscribe(member, new TopicFilter(GROUP)));
  }

  @Test
  void noMessageIsLostWhileMembersComeAndGo() throws Exception {
    AtomicInteger taken = new AtomicInteger();
    Subscriber staying = counting(taken);
    TopicFilter group = new TopicFilter(GROUP);
    router.subscribe(staying, group, Subscription.at(QoS.AT_LEAST_ONCE));
    ExecutorService others = Executors.newSingleThreadExecutor();
    CountDownLatch done = new CountDownLatch(1);
    others.execute(
        () -> {
          while (done.getCount() > 0) {
            Subscriber passing = counting(taken);
            router.subscribe(passing, group, Subscription.at(QoS.AT_LEAST_ONCE));
            router.unsubscribe(passing, group);
          }
        });
    for (int i = 0; i < 20_000; i++) route();
    done.countDown();
    others.shutdown();
    assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasValue(20_000);
  }

  private static Subscriber counting(AtomicInteger taken) {
    return (publish, subscription) -> {
      taken.incrementAndGet();
      return Future.succeededFuture(Delivery.DONE);
    };
  }

  private Member join(String filter, QoS qos) {
    Member member = new Member();
    router.subscribe(member, new TopicFilter(filter), Subscription.at(qos));
    return member;
  }

  private Delivery route() {
    return router.route(message(), Origin.NOBODY).result();
  }

  private static Publish message() {
    return Publish.of(new Topic("home/power"), Buffer.buffer("42"), QoS.EXACTLY_ONCE);
  }

  /** Takes what it is given as it is told to. */
  private static final class Member implements Subscriber {
    final List<Publish> taken = new ArrayList<>();
    final List<Subscription> grants = new ArrayList<>();
    Future<Delivery> answer = Future.succeededFuture(Delivery.DONE);
    boolean present = true;
    boolean keeps;
    long waiting;

    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      taken.add(publish);
      grants.add(subscription);
      return answer;
    }

    @Override
    public boolean isPresent() {
      return present;
    }

    @Override
    public boolean isKept() {
      return keeps;
    }

    @Override
    public long waiting() {
      return waiting;
    }
  }
}
