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
import io.mestral.routing.retained.RetainedCursor;
import io.mestral.routing.retained.RetainedMessages;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What several publishers send to one topic at the same time (MQTT-4.6.0-5, -6). */
class OrderTest {
  private static final Topic TOPIC = new Topic("home/power");
  private static final int PUBLISHERS = 4;
  private static final int MESSAGES = 5_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS + 1);
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<String> handedOver = new ConcurrentLinkedQueue<>();
  private final Router router =
      new Router(
          new RetainedMessages(1 << 20, Clock.systemUTC()),
          (publish, origin, receivers) -> {
            written.add(publish.payload().toString());
            return Future.succeededFuture(new Delivered(receivers.size()));
          });

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void eachPublishersMessagesKeepTheirOrderAndTheLastWrittenIsTheOneRetained() throws Exception {
    router.subscribe(new Late(), new TopicFilter("#"), Subscription.at(QoS.EXACTLY_ONCE));
    router.subscribe(new Away(), new TopicFilter("#"), Subscription.at(QoS.EXACTLY_ONCE));
    List<java.util.concurrent.Future<List<Future<Delivery>>>> publishers = new ArrayList<>();
    for (int i = 0; i < PUBLISHERS; i++) {
      String name = String.valueOf((char) ('a' + i));
      publishers.add(threads.submit(() -> publish(name)));
    }
    for (java.util.concurrent.Future<List<Future<Delivery>>> publisher : publishers)
      Future.join(publisher.get(1, TimeUnit.MINUTES)).await(1, TimeUnit.MINUTES);
    for (int i = 0; i < PUBLISHERS; i++) {
      String name = String.valueOf((char) ('a' + i));
      List<String> sent = new ArrayList<>();
      for (int n = 0; n < MESSAGES; n++) sent.add(name + n);
      assertThat(from(name, handedOver)).isEqualTo(sent);
      assertThat(from(name, written)).isEqualTo(sent);
    }
    String last = null;
    for (String payload : written) if (isRetained(payload)) last = payload;
    RetainedCursor retained =
        router.retained().matching(new TopicFilter(TOPIC.value()), QoS.AT_MOST_ONCE);
    assertThat(retained.next().get().payload().toString()).isEqualTo(last);
  }

  /** Every second message is to be retained, every third one exactly once. */
  private List<Future<Delivery>> publish(String name) {
    List<Future<Delivery>> answers = new ArrayList<>();
    Optional<Subscriber> publisher = Optional.of(new Away());
    for (int n = 0; n < MESSAGES; n++) {
      String payload = name + n;
      Buffer body = Buffer.buffer(payload);
      boolean once = n % 3 == 0;
      QoS qos = once ? QoS.EXACTLY_ONCE : QoS.AT_LEAST_ONCE;
      Publish message = new Publish(TOPIC, body, qos, isRetained(payload), PublishProperties.NONE);
      answers.add(router.route(message, new Origin(publisher, once ? n + 1 : 0)));
    }
    return answers;
  }

  private static boolean isRetained(String payload) {
    return Integer.parseInt(payload.substring(1)) % 2 == 0;
  }

  private static List<String> from(String publisher, Queue<String> payloads) {
    return payloads.stream().filter(payload -> payload.startsWith(publisher)).toList();
  }

  /** Answers on another thread. */
  private final class Late implements Subscriber {
    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      handedOver.add(publish.payload().toString());
      Promise<Delivery> answer = Promise.promise();
      threads.execute(() -> answer.complete(Delivery.DONE));
      return answer.future();
    }
  }

  private static final class Away implements Subscriber {
    @Override
    public Future<Delivery> deliver(Publish publish, Subscription subscription) {
      throw new AssertionError("it is kept");
    }

    @Override
    public boolean isKept() {
      return true;
    }
  }
}
