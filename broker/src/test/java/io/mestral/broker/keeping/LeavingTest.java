package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.FaultyJournal;
import io.mestral.broker.keeping.LogEntry.Copy;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.routing.Router;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that ended and still has messages for others of its groups. */
class LeavingTest {
  private static final TopicFilter GROUP = new TopicFilter("$share/g/a");
  private static final Subscription SHARED = Subscription.at(QoS.AT_LEAST_ONCE).sharing(GROUP);
  private static final int MESSAGES = 100; // more than a batch

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private FaultyJournal journal;
  private MessageLog log;
  private KeptSessions sessions;

  @AfterEach
  void close() throws Exception {
    await(sessions.close());
    await(journal.close());
    await(vertx.close());
  }

  @Test
  void itsStateStaysAsLongAsItsMessagesWhenTheFrontOfTheLogGoes() throws Exception {
    open("first");
    await(write(state(1, true)));
    await(write(state(2, false)));
    await(write(new LogEntry.Subscribed(2, GROUP, SHARED)));
    for (int ordinal = 1; ordinal <= MESSAGES; ordinal++) await(write(message(ordinal)));
    journal.hold(FaultyJournal.MESSAGE);
    await(sessions.open());
    Promise<Void> firstBatch = journal.held();
    Future<Void> cleaned = new Cleaner(sessions, log, Duration.ZERO).clean();
    journal.hold(FaultyJournal.MESSAGE);
    firstBatch.complete();
    Promise<Void> secondBatch = journal.held();
    await(cleaned);
    List<JournalRecord> left = await(journal.read(LogStream.NAME, 0, 1_000));
    assertThat(left.get(0).sequence()).isGreaterThan(1);
    secondBatch.complete();
    await(sessions.close());
    await(journal.close());
    open("killed");
    for (JournalRecord record : left) await(journal.append(LogStream.NAME, record.body()));
    await(sessions.open());
    awaitQueuedByHeir(MESSAGES);
    assertThat(sessions.size()).isEqualTo(1);
  }

  private void awaitQueuedByHeir(long least) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (queuedByHeir() < least) {
      assertThat(System.nanoTime()).as("within 10 seconds").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private long queuedByHeir() {
    return sessions.all().stream().mapToLong(session -> session.figures().queued()).sum();
  }

  private Future<Long> write(LogEntry entry) {
    return journal.append(LogStream.NAME, LogWriter.write(entry));
  }

  private static LogEntry message(int ordinal) {
    return new LogEntry.Message(
        Publish.of(new Topic("a"), Buffer.buffer("x"), QoS.AT_LEAST_ONCE),
        Clock.systemUTC().millis(),
        false,
        List.of(new Copy(1, ordinal, SHARED)),
        Optional.empty());
  }

  private static LogEntry state(long number, boolean leaving) {
    return new LogEntry.SessionState(
        number,
        "anonymous",
        "" + number,
        Duration.ofDays(7),
        OptionalLong.of(Clock.systemUTC().millis()),
        Optional.empty(),
        0,
        MESSAGES + 1,
        leaving);
  }

  private void open(String name) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    journal =
        new FaultyJournal(
            EmbeddedJournal.open(vertx, folder.resolve(name), JournalOptions.DEFAULTS, meters));
    log =
        new MessageLog(
            journal,
            KeepingOptions.of(SessionOptions.DEFAULTS),
            Clock.systemUTC(),
            new KeepingMeters(meters, new BrokerMetrics(meters, () -> 0)));
    Router router = new Router(new RetainedMessages(1 << 20, Clock.systemUTC()), log);
    sessions = new KeptSessions(vertx, log, router, EverybodyMay.rights(meters));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(10, TimeUnit.SECONDS);
  }
}
