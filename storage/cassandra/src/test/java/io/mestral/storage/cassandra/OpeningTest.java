package io.mestral.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.CassandraOptions;
import io.mestral.config.CassandraOptions.Server;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.Settled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a store finds when it opens, and what it says when that is of no use. */
class OpeningTest {
  private static final Reading READING =
      new Reading(new DeviceId(1), new SensorId(55), 1_775_001_600, 21.5);
  private static final Series SERIES = new Series(READING.device(), READING.sensor());

  @RegisterExtension static final Keyspace keyspace = new Keyspace("opening");

  @Test
  void severalNodesMayMakeTheTablesAtOnce() {
    keyspace.execute("DROP KEYSPACE IF EXISTS %s");
    List<Future<CassandraReadingStore>> stores = new ArrayList<>();
    for (int i = 0; i < 4; i++)
      stores.add(
          CassandraReadingStore.open(
              keyspace.ground(new MemoryJournal(1 << 20), 10_000),
              keyspace.options(),
              Optional.empty()));
    Settled.value(Future.all(stores));
    Settled.value(stores.get(0).result().append(List.of(READING)));
    Settled.value(stores.get(0).result().carried());
    for (Future<CassandraReadingStore> store : stores) {
      assertThat(Settled.value(store.result().read(SERIES, TimeRange.ALWAYS, 5)).size())
          .isEqualTo(1);
      Settled.value(store.result().close());
    }
    assertThat(keyspace.execute("SELECT * FROM %s.schema_steps").all())
        .hasSize(Schema.STEPS.size());
  }

  @Test
  void tablesOfAnOlderVersionGetWhatIsMissingAndKeepWhatTheyHave() {
    keyspace.execute("DROP KEYSPACE IF EXISTS %s");
    CassandraOptions options = keyspace.options();
    Settled.failure( // the older version's own statements were others
        CassandraReadingStore.open(
            keyspace.ground(new MemoryJournal(1 << 20), 10_000),
            options,
            Optional.empty(),
            Schema.STEPS.subList(0, 1)));
    assertThat(keyspace.has("readings")).isTrue();
    assertThat(keyspace.has("hours")).isFalse();
    keyspace.execute(
        "INSERT INTO %s.readings (device, week, second, sensors, vals)"
            + " VALUES (1, "
            + Buckets.weekOf(READING.epochSecond())
            + ", "
            + READING.epochSecond()
            + ", 0x37, 0x4035800000000000)");
    keyspace.execute(
        "INSERT INTO %s.weeks (device, week) VALUES (1, "
            + Buckets.weekOf(READING.epochSecond())
            + ")");
    CassandraReadingStore store = keyspace.open(new MemoryJournal(1 << 20));
    assertThat(Settled.value(store.read(SERIES, TimeRange.ALWAYS, 5)))
        .isEqualTo(
            new Samples(new long[] {READING.epochSecond()}, new double[] {READING.value()}, 1));
    assertThat(Settled.value(store.summaries(SERIES, Span.HOUR, TimeRange.ALWAYS))).isEmpty();
    Settled.value(store.close());
  }

  @Test
  void tablesOfANewerVersionAreLeftAlone() {
    Settled.value(keyspace.open(new MemoryJournal(1 << 20)).close());
    keyspace.execute("INSERT INTO %s.schema_steps (part, step) VALUES ('readings', 99)");
    assertThat(failure(keyspace.options()))
        .isEqualTo(
            "keyspace opening is of a newer version: it is at step 99 and this version knows "
                + Schema.STEPS.size());
    keyspace.execute("DELETE FROM %s.schema_steps WHERE part = 'readings' AND step = 99");
    Settled.value(keyspace.open(new MemoryJournal(1 << 20)).close());
  }

  @Test
  void whatANewerVersionLeftInTheJournalIsKeptApartAndTheOthersAreCarried() {
    MemoryJournal journal = new MemoryJournal(1 << 20);
    Buffer newer = Buffer.buffer().appendByte((byte) 2).appendString("who knows");
    Settled.value(journal.append(CassandraReadingStore.STREAM, newer));
    Settled.value(
        journal.append(
            CassandraReadingStore.STREAM,
            Entry.bodies(
                    Row.of(List.of(READING), new Arrivals(Clock.systemUTC())), Integer.MAX_VALUE)
                .get(0)));
    CassandraReadingStore store = keyspace.open(journal);
    Settled.value(store.carried());
    assertThat(Settled.value(store.read(SERIES, TimeRange.ALWAYS, 5)).size()).isEqualTo(1);
    assertThat(journal.aside()).containsExactly(new JournalRecord(1, newer));
    assertThat(journal.records(CassandraReadingStore.STREAM)).isZero();
    assertThat(keyspace.meters().counter("mestral.readings.damaged").count()).isEqualTo(1);
    Settled.value(store.close());
  }

  @Test
  void aDataCentreThatIsNotThereIsNamedWithThoseThatAre() {
    CassandraOptions right = keyspace.options();
    assertThat(failure(with(right.contactPoints(), "madrid")))
        .isEqualTo("the cluster has no data centre madrid; it has datacenter1");
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedSoon() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    long before = System.nanoTime();
    assertThat(failure(with(List.of(new Server("127.0.0.1", closed)), "datacenter1")))
        .startsWith(
            "the cluster at 127.0.0.1:" + closed + " can't be used: none of its servers answers");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(failure(with(List.of(new Server("no-such-host.invalid", 9042)), "datacenter1")))
        .isEqualTo("there is no host no-such-host.invalid");
  }

  private static CassandraOptions with(List<Server> servers, String dataCentre) {
    return new CassandraOptions(
        servers,
        "opening",
        dataCentre,
        Optional.empty(),
        CassandraOptions.Consistency.LOCAL_QUORUM,
        OptionalInt.empty());
  }

  private static String failure(CassandraOptions options) {
    Throwable failure =
        Settled.failure(
            CassandraReadingStore.open(
                keyspace.ground(new MemoryJournal(1 << 20), 10_000), options, Optional.empty()));
    assertThat(failure).isInstanceOf(CannotStart.class);
    return failure.getMessage();
  }
}
