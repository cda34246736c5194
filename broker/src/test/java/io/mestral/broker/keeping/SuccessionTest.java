package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session leaves to others goes to them one batch at a time, and none is left out. */
class SuccessionTest {
  private static final Subscription OWN = Subscription.at(QoS.AT_LEAST_ONCE);
  private static final Subscription SHARED = OWN.sharing(new TopicFilter("$share/g/a"));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ReentrantLock lock = new ReentrantLock();
  private final BlockingQueue<Promise<Void>> offered = new LinkedBlockingQueue<>();
  private EmbeddedJournal journal;
  private Parts parts;
  private MessageQueue queue;
  private BodyReader reader;
  private Succession succession;

  @BeforeEach
  void open() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    journal = EmbeddedJournal.open(vertx, folder, JournalOptions.DEFAULTS, meters);
    KeepingMeters counts = new KeepingMeters(meters, new BrokerMetrics(meters, () -> 0));
    KeepingOptions options = KeepingOptions.of(SessionOptions.DEFAULTS);
    parts = new MessageLog(journal, options, Clock.systemUTC(), counts).parts();
    queue = new MessageQueue(SessionOptions.DEFAULTS, parts.totals(), (entry, why) -> {});
    reader = new BodyReader(lock, parts, queue, read -> {});
    succession = new Succession(lock, Clock.systemUTC(), queue, reader);
  }

  @AfterEach
  void close() throws Exception {
    await(journal.close());
    await(vertx.close());
  }

  @Test
  void aReadingThatWasUnderWayBringsNoSecondBatchBeforeTheFirstIsAnswered() throws Exception {
    queued(OWN).forgetBody();
    queued(SHARED);
    queued(SHARED).forgetBody();
    Future<Void> passedOn;
    lock.lock();
    try {
      reader.read(Clock.systemUTC().millis());
      queue.end();
      passedOn = begin();
    } finally {
      lock.unlock();
    }
    awaitReadings();
    assertThat(passedOn.isComplete()).isFalse();
    assertThat(offered).hasSize(1);
    offered.take().complete();
    offered.poll(10, TimeUnit.SECONDS).complete();
    await(passedOn);
  }

  @Test
  void aMessageThatIsStillBeingWrittenIsWaitedFor() throws Exception {
    Entry late = added(SHARED);
    Future<Void> passedOn = begin();
    assertThat(passedOn.isComplete()).isFalse();
    queue.ready(late, written(), 10);
    succession.goOn();
    assertThat(passedOn.isComplete()).isFalse();
    offered.take().complete();
    await(passedOn);
  }

  private Future<Void> begin() {
    return succession.begin(
        message -> {
          Promise<Void> answer = Promise.promise();
          offered.add(answer);
          return answer.future().onComplete(done -> finish(message.entry()));
        });
  }

  private void finish(Entry entry) {
    lock.lock();
    try {
      queue.finish(entry);
    } finally {
      lock.unlock();
    }
  }

  /** What is read from now on is read behind what was asked for before. */
  private void awaitReadings() throws TimeoutException {
    for (int i = 0; i < 5; i++) await(parts.log().read(0, 1));
  }

  private Entry queued(Subscription subscription) throws TimeoutException {
    Entry entry = added(subscription);
    queue.ready(entry, written(), 10);
    return entry;
  }

  private Entry added(Subscription subscription) {
    return queue.add(message(), subscription, Clock.systemUTC().millis()).orElseThrow();
  }

  private long written() throws TimeoutException {
    return await(
        parts.log().append(new LogEntry.Message(message(), 0, false, List.of(), Optional.empty())));
  }

  private static Publish message() {
    return Publish.of(new Topic("a"), Buffer.buffer("x"), QoS.AT_LEAST_ONCE);
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }
}
