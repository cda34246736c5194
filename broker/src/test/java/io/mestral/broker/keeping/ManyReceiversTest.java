package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.FaultyJournal;
import io.mestral.broker.session.Session;
import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.model.outcome.Delivery;
import io.mestral.model.outcome.Delivery.Delivered;
import io.mestral.model.outcome.Delivery.Refused;
import io.mestral.routing.Origin;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One message for so many sessions that a record can't name them all. */
class ManyReceiversTest {
  private static final int SESSIONS = 50_000; // three records
  private static final int MESSAGE_RECORD = 5;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private FaultyJournal journal;
  private MessageLog log;
  private Router router;
  private KeptSessions sessions;

  @BeforeEach
  void openWithSessions() throws Exception {
    open();
    long now = Clock.systemUTC().millis();
    for (int first = 1; first <= SESSIONS; first += 10_000) {
      List<Future<Long>> written = new ArrayList<>();
      for (int number = first; number < first + 10_000; number++) {
        written.add(write(state(number, now)));
        Subscription subscription = Subscription.at(QoS.EXACTLY_ONCE);
        written.add(write(new LogEntry.Subscribed(number, new TopicFilter("a"), subscription)));
      }
      await(Future.all(written));
    }
    await(sessions.open());
    assertThat(sessions.size()).isEqualTo(SESSIONS);
  }

  @AfterEach
  void close() throws Exception {
    await(sessions.close());
    await(journal.close());
    await(vertx.close());
  }

  @Test
  void everyReceiverHasItWhenItIsAcknowledged() throws Exception {
    assertThat(route(Origin.NOBODY)).isEqualTo(new Delivered(SESSIONS));
    assertThat(queued()).isEqualTo(SESSIONS);
    reopen();
    assertThat(queued()).isEqualTo(SESSIONS);
  }

  @Test
  void aRepetitionIsKnownWhenAllOfItIsThere() throws Exception {
    assertThat(route(fromSender())).isEqualTo(new Delivered(SESSIONS));
    reopen();
    assertThat(queued()).isEqualTo(SESSIONS);
    route(fromSender());
    assertThat(queued()).isEqualTo(SESSIONS);
  }

  @Test
  void ofAMessageThatFailedHalfwayNobodyHasAnything() throws Exception {
    journal.fail(FaultyJournal.MESSAGE, 2);
    assertThat(route(fromSender())).isInstanceOf(Refused.class);
    journal.heal();
    assertThat(queued()).isZero();
    reopen();
    assertThat(queued()).isZero();
    assertThat(route(fromSender())).isEqualTo(new Delivered(SESSIONS));
    assertThat(queued()).isEqualTo(SESSIONS);
  }

  @Test
  void aKillHalfwayLeavesNothingThatARepetitionWouldDouble() throws Exception {
    route(fromSender());
    List<JournalRecord> pieces = pieces();
    assertThat(pieces).hasSize(3);
    await(sessions.close());
    await(journal.close());
    open(folder.resolve("killed"));
    long now = Clock.systemUTC().millis();
    for (int number = 1; number <= 10; number++) await(write(state(number, now)));
    for (JournalRecord piece : pieces.subList(0, 2))
      await(journal.append(LogStream.NAME, piece.body()));
    await(sessions.open());
    assertThat(sessions.size()).isEqualTo(10);
    assertThat(queued()).isZero();
  }

  @Test
  void whatStandsBehindTheFrontThatWentIsStillThere() throws Exception {
    route(fromSender());
    List<JournalRecord> left = pieces().subList(1, 3);
    await(sessions.close());
    await(journal.close());
    open(folder.resolve("trimmed"));
    long now = Clock.systemUTC().millis();
    for (JournalRecord piece : left) {
      LogEntry.Message message = (LogEntry.Message) LogReader.read(piece.body());
      await(write(state(message.copies().get(0).session(), now)));
    }
    for (JournalRecord piece : left) await(journal.append(LogStream.NAME, piece.body()));
    await(sessions.open());
    assertThat(queued()).isEqualTo(2);
  }

  @Test
  void ofAMessageWhoseFirstPieceFailsNothingIsRetained() throws Exception {
    journal.hold(FaultyJournal.MESSAGE);
    Future<Delivery> answer = router.route(retained("x"), Origin.NOBODY);
    journal.held().fail("the disk fails");
    assertThat(await(answer)).isInstanceOf(Refused.class);
    reopen();
    assertThat(router.retained().count()).isZero();
    assertThat(queued()).isZero();
  }

  @Test
  void theLaterOfTwoMessagesIsRetainedThoughTheEarlierTakesLonger() throws Exception {
    journal.hold(FaultyJournal.MESSAGE);
    Future<Delivery> earlier = router.route(retained("x"), Origin.NOBODY);
    Future<Delivery> later = router.route(retained("later"), Origin.NOBODY);
    Promise<Void> record = journal.held();
    assertThat(await(later)).isEqualTo(new Delivered(SESSIONS));
    record.complete();
    assertThat(await(earlier)).isEqualTo(new Delivered(SESSIONS));
    reopen();
    Publish found =
        router.retained().matching(new TopicFilter("a"), QoS.AT_LEAST_ONCE).next().orElseThrow();
    assertThat(found.payload().toString()).isEqualTo("later");
  }

  @Test
  void whoWaitsUntilAllIsSettledFindsEveryReceiversPlace() throws Exception {
    Future<Delivery> answer = router.route(retained("x"), Origin.NOBODY);
    Future<Long> unknown = log.parts().log().settled().map(settled -> withoutPlace());
    assertThat(await(unknown)).isZero();
    assertThat(await(answer)).isEqualTo(new Delivered(SESSIONS));
  }

  private List<JournalRecord> pieces() throws Exception {
    List<JournalRecord> pieces = new ArrayList<>();
    long after = 2L * SESSIONS;
    for (JournalRecord record : await(journal.read(LogStream.NAME, after, 100)))
      if (record.body().getByte(0) == MESSAGE_RECORD) pieces.add(record);
    return pieces;
  }

  private Delivery route(Origin origin) throws TimeoutException {
    Publish publish = Publish.of(new Topic("a"), Buffer.buffer("x"), QoS.EXACTLY_ONCE);
    return await(router.route(publish, origin));
  }

  private static Publish retained(String payload) {
    Buffer body = Buffer.buffer(payload);
    return new Publish(new Topic("a"), body, QoS.EXACTLY_ONCE, true, PublishProperties.NONE);
  }

  /** How many messages wait of which nobody knows where they stand. */
  private long withoutPlace() {
    AtomicLong unknown = new AtomicLong();
    for (KeptSession session : sessions.kept()) {
      session.lock().lock();
      try {
        session
            .outflow()
            .queue()
            .forEach(entry -> unknown.addAndGet(entry.sequence() == 0 ? 1 : 0));
      } finally {
        session.lock().unlock();
      }
    }
    return unknown.get();
  }

  private Origin fromSender() {
    Session sender =
        sessions.all().stream()
            .filter(session -> session.key().clientId().equals("1"))
            .findAny()
            .orElseThrow();
    return new Origin(Optional.of(sender), 7);
  }

  private long queued() {
    return sessions.all().stream().filter(session -> session.queuedBytes() > 0).count();
  }

  private Future<Long> write(LogEntry entry) {
    return journal.append(LogStream.NAME, LogWriter.write(entry));
  }

  private static LogEntry state(long number, long leftAt) {
    return new LogEntry.SessionState(
        number,
        "anonymous",
        "" + number,
        Duration.ofDays(7),
        OptionalLong.of(leftAt),
        Optional.empty(),
        0,
        1,
        false);
  }

  private void reopen() throws Exception {
    await(sessions.close());
    await(journal.close());
    open();
    await(sessions.open());
  }

  private void open() {
    open(folder.resolve("journal"));
  }

  private void open(Path path) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    journal = new FaultyJournal(EmbeddedJournal.open(vertx, path, JournalOptions.DEFAULTS, meters));
    log =
        new MessageLog(
            journal,
            KeepingOptions.of(SessionOptions.DEFAULTS),
            Clock.systemUTC(),
            new KeepingMeters(meters, new BrokerMetrics(meters, () -> 0)));
    router = new Router(new RetainedMessages(1 << 20, Clock.systemUTC()), log);
    sessions = new KeptSessions(vertx, log, router, EverybodyMay.rights(meters));
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(60, TimeUnit.SECONDS);
  }
}
