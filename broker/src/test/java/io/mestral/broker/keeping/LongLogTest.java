package io.mestral.broker.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.broker.telemetry.BrokerMetrics;
import io.mestral.config.SessionOptions;
import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.PublishProperties;
import io.mestral.model.mqtt.QoS;
import io.mestral.model.mqtt.Topic;
import io.mestral.model.mqtt.TopicFilter;
import io.mestral.routing.Origin;
import io.mestral.routing.Router;
import io.mestral.routing.retained.RetainedMessages;
import io.mestral.storage.StreamName;
import io.mestral.storage.embedded.journal.EmbeddedJournal;
import io.mestral.storage.embedded.journal.JournalOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log that is long, or stands in the way of others, does to the node. */
class LongLogTest {
  private static final StreamName OTHERS = new StreamName("others");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private EmbeddedJournal journal;
  private MessageLog log;
  private Router router;
  private KeptSessions sessions;

  @AfterEach
  void close() throws Exception {
    await(journal.close());
    await(vertx.close());
  }

  @Test
  void aLogOfManySmallRecordsIsReadAtTheStart() throws Exception {
    open(JournalOptions.DEFAULTS);
    Buffer small = LogWriter.write(new LogEntry.ReceiptReleased(1, 5));
    for (int round = 0; round < 10; round++) {
      List<Future<Long>> written = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) written.add(journal.append(LogStream.NAME, small));
      await(Future.all(written));
    }
    await(sessions.open());
    assertThat(log.parts().log().last()).isEqualTo(200_000);
  }

  @Test
  void aRecordThatIsNeededHoldsNoJournalFullThatOthersAreDoneWith() throws Exception {
    open(new JournalOptions(64 << 10, 1 << 20, 16 << 10, Optional.empty(), 65_536, 64 << 20));
    await(sessions.open());
    Cleaner cleaner = new Cleaner(sessions, log, Duration.ZERO);
    for (int i = 0; i < 50; i++) {
      await(log.keep(retained("t/" + i), Origin.NOBODY, List.of()));
      long last = 0;
      for (int j = 0; j < 6; j++)
        last = await(journal.append(OTHERS, Buffer.buffer(new byte[15 << 10])));
      await(journal.trim(OTHERS, last));
      cleaner.cleanIfItPays();
      for (int turn = 0; turn < 10_000 && journal.size() > journal.maxSize() / 2; turn++)
        await(journal.check());
      assertThat(journal.size()).isLessThanOrEqualTo(journal.maxSize() / 2);
    }
    await(sessions.close());
    await(journal.close());
    open(JournalOptions.DEFAULTS);
    await(sessions.open());
    assertThat(router.retained().count()).isEqualTo(50);
    assertThat(router.retained().matching(new TopicFilter("t/7"), QoS.AT_MOST_ONCE).isDone())
        .isFalse();
  }

  @Test
  void messagesLeaveRoomInTheJournalForWhatFreesIt() throws Exception {
    open(new JournalOptions(64 << 10, 1 << 20, 64 << 10, Optional.empty(), 65_536, 64 << 20));
    await(sessions.open());
    Publish large = retained("t", Buffer.buffer(new byte[10 << 10]));
    int kept = 0;
    while (kept < 200 && isKept(large)) kept++;
    assertThat(kept).isBetween(50, 100);
    assertThat(journal.size()).isLessThan(journal.maxSize() / 16 * 15);
    Cleaner cleaner = new Cleaner(sessions, log, Duration.ZERO);
    await(cleaner.clean());
    await(cleaner.clean());
    assertThat(isKept(large)).isTrue();
  }

  @Test
  void theFrontCanGoThoughOthersFillTheJournal() throws Exception {
    open(new JournalOptions(64 << 10, 1 << 20, 64 << 10, Optional.empty(), 65_536, 64 << 20));
    await(sessions.open());
    Buffer body = Buffer.buffer(new byte[4 << 10]);
    for (int i = 0; i < 100; i++)
      await(log.keep(retained("t/" + i % 50, body), Origin.NOBODY, List.of()));
    while (await(journal.append(OTHERS, body).map(true).otherwise(false))) {
      assertThat(journal.size()).isLessThan(journal.maxSize());
    }
    long full = journal.size();
    await(new Cleaner(sessions, log, Duration.ZERO).clean());
    await(journal.check().otherwiseEmpty());
    assertThat(journal.size()).isLessThan(full - (100 << 10));
    await(sessions.close());
    await(journal.close());
    open(JournalOptions.DEFAULTS);
    await(sessions.open());
    assertThat(router.retained().count()).isEqualTo(50);
  }

  @Test
  void largeMessagesAreMovedWithoutLeavingOneOut() throws Exception {
    open(JournalOptions.DEFAULTS);
    await(sessions.open());
    for (int i = 0; i < 8; i++)
      await(
          log.keep(retained("t/" + i, Buffer.buffer(new byte[3 << 20])), Origin.NOBODY, List.of()));
    await(new Cleaner(sessions, log, Duration.ZERO).clean());
    await(sessions.close());
    await(journal.close());
    open(JournalOptions.DEFAULTS);
    await(sessions.open());
    assertThat(router.retained().count()).isEqualTo(8);
  }

  private boolean isKept(Publish publish) throws TimeoutException {
    return await(log.keep(publish, Origin.NOBODY, List.of()).map(true).otherwise(false));
  }

  private void open(JournalOptions options) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    journal = EmbeddedJournal.open(vertx, folder, options, meters);
    log =
        new MessageLog(
            journal,
            KeepingOptions.of(SessionOptions.DEFAULTS),
            Clock.systemUTC(),
            new KeepingMeters(meters, new BrokerMetrics(meters, () -> 0)));
    router = new Router(new RetainedMessages(64 << 20, Clock.systemUTC()), log);
    sessions = new KeptSessions(vertx, log, router, EverybodyMay.rights(meters));
  }

  private static Publish retained(String topic) {
    return retained(topic, Buffer.buffer("kept"));
  }

  private static Publish retained(String topic, Buffer payload) {
    return new Publish(new Topic(topic), payload, QoS.AT_LEAST_ONCE, true, PublishProperties.NONE);
  }

  private static <T> T await(Future<T> future) throws TimeoutException {
    return future.await(30, TimeUnit.SECONDS);
  }
}
