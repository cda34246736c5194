package io.mestral.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.model.access.Principal;
import io.mestral.model.access.PublishRights;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Publications whose right has to be looked up. */
class DecisionsTest {
  private final BlockingQueue<Promise<Boolean>> questions = new LinkedBlockingQueue<>();
  private final OpenPolicy asking =
      new OpenPolicy() {
        @Override
        public PublishRights rightsOf(Principal principal) {
          return topic -> {
            if (!topic.value().startsWith("asked/")) return PublishRights.ALLOWED;
            Promise<Boolean> question = Promise.promise();
            questions.add(question);
            return question.future();
          };
        }

        @Override
        public boolean mayPublish(Principal principal, Topic topic) {
          throw new AssertionError("the connection's rights are asked");
        }
      };

  @Test
  void whatComesBehindAnOpenQuestionWaitsForItsAnswer() throws Exception {
    try (TestBroker broker = TestBroker.start(asking);
        RawClient client = RawClient.v5(broker, "meter")) {
      Receivers.Keeper keeper = new Receivers.Keeper();
      broker.receive("#", keeper);
      client.send(Packets.publish(5, 2, "asked/first", 1));
      client.send(Packets.publish(5, 2, "free/second", 2));
      client.send(Packets.publish(5, 0, "free/third", -1));
      Promise<Boolean> question = question();
      assertThat(keeper.messages).isEmpty();
      question.complete(true);
      client.expect("40 02 00 01").expect("40 02 00 02");
      assertThat(keeper.next().topic().value()).isEqualTo("asked/first");
      assertThat(keeper.next().topic().value()).isEqualTo("free/second");
      assertThat(keeper.next().topic().value()).isEqualTo("free/third");
    }
  }

  @Test
  void anAnswerCanBeNoAndCanBeThatNobodyKnows() throws Exception {
    try (TestBroker broker = TestBroker.start(asking);
        RawClient client = RawClient.v5(broker, "meter")) {
      client.send(Packets.publish(5, 2, "asked/a", 1));
      question().complete(false);
      assertThat(client.receive()).startsWith("40 03 00 01 87");
      client.send(Packets.publish(5, 2, "asked/b", 2));
      question().fail(new RefusedException(Refusal.UNAVAILABLE, ""));
      assertThat(client.receive()).startsWith("40 03 00 02 83"); // PUBACK knows no 0x88
      assertThat(broker.count("publishes.refused", "reason", "unavailable")).isEqualTo(1);
    }
  }

  @Test
  void aClientThatLeavesBeforeTheAnswerHasItsMessageDecidedAllTheSame() throws Exception {
    try (TestBroker broker = TestBroker.start(asking)) {
      Receivers.Keeper keeper = new Receivers.Keeper();
      broker.receive("#", keeper);
      RawClient client = RawClient.v5(broker, "meter");
      client.send(Packets.publish(5, 0, "asked/last", -1));
      Promise<Boolean> question = question();
      client.cut();
      question.complete(true);
      assertThat(keeper.next().topic().value()).isEqualTo("asked/last");
    }
  }

  @Test
  void aWillIsLookedUpBeforeItsClientIsLetIn() throws Exception {
    try (TestBroker broker = TestBroker.start(asking);
        RawClient client = RawClient.to(broker)) {
      client.send(Packets.connect(4).flags(0x04).id("meter").text("asked/will").text("gone"));
      question().complete(false);
      client.expect("20 02 00 05");
    }
  }

  private Promise<Boolean> question() throws InterruptedException {
    Promise<Boolean> question = questions.poll(10, TimeUnit.SECONDS);
    assertThat(question).as("a question within 10 seconds").isNotNull();
    return question;
  }
}
