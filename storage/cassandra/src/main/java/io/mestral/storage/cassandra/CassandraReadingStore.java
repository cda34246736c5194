package io.mestral.storage.cassandra;

import io.mestral.config.CassandraOptions;
import io.mestral.config.Retention;
import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.LatestRows;
import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Samples;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Journal;
import io.mestral.storage.MovableReadings;
import io.mestral.storage.StreamName;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings in a Cassandra cluster. They are kept by the node's journal first and carried over from
 * there, so the cluster may be away for as long as the journal has room; meanwhile nothing can be
 * read.
 */
public final class CassandraReadingStore implements MovableReadings {
  /** The journal's stream of what the cluster doesn't have yet. */
  public static final StreamName STREAM = new StreamName("cassandra");

  /** All that it writes into the journal. */
  public static final List<StreamName> STREAMS = List.of(STREAM, DirtyHours.STREAM);

  private static final Logger log = LoggerFactory.getLogger(CassandraReadingStore.class);
  private static final int LONGEST_RECORD = 256 << 10;
  private static final Duration DELETION_PATIENCE = Duration.ofSeconds(20);

  /** Questions of readers at a time. */
  private static final int MOST_QUESTIONS = 1000;

  /** Summing up so few hours takes a second or two. */
  private static final int FEW_HOURS = 2000;

  private final Vertx vertx;
  private final Context home;
  private final Journal journal;
  private final Arrivals arrivals;
  private final CassandraSession session;
  private final Pending pending;
  private final DirtyHours dirty;
  private final SeriesReader reader;
  private final WriteTimes times;
  private final Summaries summaries;
  private final Newest newest;
  private final Summing summing;
  private final Work work;
  private final Forwarder forwarder;
  private final Retirement retirement;
  private final CassandraMeters meters;
  private final Clock clock;
  private final AtomicReference<Future<Void>> closed = new AtomicReference<>();
  private long timer;
  private int questions;

  /**
   * What the store stands on.
   *
   * @param journal open, and closed by its owner after this store
   * @param openReadings {@code storage.open-readings}: what a memory of that size is enough for
   * @param retention how long readings and their summaries are kept
   */
  public record Ground(
      Vertx vertx,
      Journal journal,
      int openReadings,
      Retention retention,
      MeterRegistry meters,
      Clock clock) {

    /** How many readings that the cluster doesn't have yet are kept in memory. */
    int pendingReadings() {
      return openReadings / 4;
    }

    /** How many hours of devices may wait to be summed up. */
    int dirtyHours() {
      return Math.max(1000, openReadings / 10);
    }
  }

  private CassandraReadingStore(Ground ground, Context home, CassandraSession session) {
    this.vertx = ground.vertx;
    this.home = home;
    this.journal = ground.journal;
    this.clock = ground.clock;
    this.session = session;
    arrivals = new Arrivals(clock);
    pending = new Pending(ground.pendingReadings());
    dirty = new DirtyHours(journal, ground.dirtyHours());
    meters = new CassandraMeters(ground.meters);
    Damages damages = new Damages(meters);
    reader = new SeriesReader(session, damages);
    times = new WriteTimes(session, arrivals);
    summaries = new Summaries(session, reader, times, damages);
    newest = new Newest(session, Runtime.getRuntime().maxMemory(), damages);
    summing = new Summing(session, reader, summaries, dirty, times, clock);
    work = new Work();
    forwarder = new Forwarder(vertx, journal, STREAM, pending, work);
    retirement = new Retirement(session, times, ground.retention, new Quiet());
    meters.watch(forwarder, pending, dirty);
  }

  /**
   * Connects, brings the keyspace's tables up to date and goes on carrying over what a former run
   * left in the journal. Fails with {@link CannotStart} when the cluster cannot be used.
   */
  public static Future<CassandraReadingStore> open(Ground ground, CassandraOptions options) {
    return open(ground, options, Schema.STEPS);
  }

  static Future<CassandraReadingStore> open(
      Ground ground, CassandraOptions options, List<List<String>> steps) {
    Context home = ground.vertx.getOrCreateContext();
    Promise<CassandraReadingStore> opened = Promise.promise();
    home.runOnContext(
        turn ->
            CassandraSession.open(ground.vertx, options, new Schema(ground.vertx, options, steps))
                .map(session -> new CassandraReadingStore(ground, home, session))
                .compose(CassandraReadingStore::started)
                .onComplete(opened));
    return opened.future();
  }

  private static Future<CassandraReadingStore> started(CassandraReadingStore store) {
    return store
        .start()
        .map(store)
        .recover(
            failure ->
                store
                    .session
                    .close()
                    .transform(
                        done ->
                            Future.failedFuture(
                                failure instanceof RefusedException
                                    ? new CannotStart(failure.getMessage(), failure)
                                    : failure)));
  }

  private Future<Void> start() {
    return times
        .recall()
        .compose(done -> retirement.recall(clock.millis()))
        .compose(done -> dirty.restore(clock.millis()))
        .compose(done -> forwarder.begin())
        .onSuccess(done -> timer = vertx.setPeriodic(1000, tick -> lookAround()));
  }

  private Future<Void> lookAround() {
    session.lookAround();
    Future<Void> renewed =
        dirty
            .renew(clock.millis())
            .onFailure(failure -> log.debug("marks stay where they are in the journal", failure));
    if (forwarder.isFailing()) return renewed;
    Future<Void> summed =
        summing
            .due()
            .onFailure(
                failure -> {
                  meters.failed();
                  log.debug("summaries are made later", failure);
                });
    return Future.join(renewed, summed, retirement.due(clock.millis())).mapEmpty();
  }

  /** What is under way while readings are to be removed because of their age. */
  private final class Quiet implements Retirement.Quiet {
    @Override
    public Future<Void> carried() {
      return forwarder.turnOver();
    }

    @Override
    public Future<Void> summedUp(long before) {
      return summing.before(before);
    }
  }

  /** What the forwarder's records ask for. */
  private final class Work implements Forwarder.Work {
    private final Carrying carrying = new Carrying(session, newest, times);
    private final Deleting deleting =
        new Deleting(session, reader, summaries, newest, dirty, times);

    @Override
    public void found(Entry entry) {
      arrivals.seen(entry.lastArrival());
    }

    @Override
    public Future<Void> carry(List<Row> all) {
      List<Row> rows = all.stream().filter(CassandraReadingStore.this::isKept).toList();
      Future<Void> room = dirty.isFull() ? summing.all() : Future.succeededFuture();
      return room.compose(done -> carrying.carry(rows))
          .compose(done -> mark(rows))
          .onSuccess(
              done -> {
                meters.carried(rows);
                if (rows.size() < all.size())
                  meters.tooLate(all.stream().filter(row -> !isKept(row)).toList());
              });
    }

    /** What cannot be written down for later is summed up at once. */
    private Future<Void> mark(List<Row> rows) {
      return dirty.touch(rows, clock.millis()).recover(full -> summing.all());
    }

    @Override
    public Future<Void> delete(Entry.Deletion deletion) {
      return summing.meanwhileNothing(() -> deleting.execute(deletion));
    }

    @Override
    public void damaged(long sequence, Entry.Malformed damage) {
      meters.damaged();
      log.error("record {} of the journal holds no readings and is left out", sequence, damage);
    }

    @Override
    public void failed() {
      meters.failed();
    }
  }

  @Override
  public Future<Void> append(List<Reading> readings) {
    if (readings.isEmpty()) return Future.succeededFuture();
    return atHome(
        () -> {
          Buckets.requirePlaces(readings);
          List<Future<Void>> parts = new ArrayList<>();
          for (Buffer body : Entry.bodies(Row.of(readings, arrivals), LONGEST_RECORD))
            parts.add(keep(body));
          return Future.all(parts)
              .<Void>mapEmpty()
              .onComplete(
                  done -> {
                    if (done.succeeded()) meters.appended(readings.size());
                    else meters.refused(readings.size());
                  });
        });
  }

  private Future<Void> keep(Buffer body) {
    return journal
        .append(STREAM, body)
        .map(
            sequence -> {
              pending.offer(sequence, Entry.of(body));
              forwarder.kept(sequence);
              return null;
            });
  }

  @Override
  public Future<Samples> read(Series series, TimeRange range, int limit) {
    if (limit < 1) return Future.failedFuture(new IllegalArgumentException("limit " + limit));
    return asked(
        () -> reader.read(series, retirement.readingsOf(range), limit, pendingOf(series.device())));
  }

  private List<Row> pendingOf(DeviceId device) {
    return pending.of(device.value()).stream().filter(this::isKept).toList();
  }

  private boolean isKept(Row row) {
    return row.second() >= retirement.firstReading();
  }

  @Override
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    return asked(
        () -> {
          long device = series.device().value();
          Summaries.Changes changes =
              new Summaries.Changes(
                  dirty.of(device, Long.MIN_VALUE, Long.MAX_VALUE),
                  pendingOf(series.device()),
                  retirement.firstReading());
          return summaries.read(series, span, retirement.summariesOf(range), changes);
        });
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    return atHome(
        () -> {
          if (forwarder.isFailing())
            return Future.failedFuture(
                new RefusedException(Refusal.UNAVAILABLE, "the readings' database is away"));
          Entry.Deletion deletion = new Entry.Deletion(series, range, arrivals.next());
          return journal
              .append(STREAM, Entry.body(deletion))
              .compose(
                  sequence -> {
                    pending.offer(sequence, deletion);
                    forwarder.kept(sequence);
                    return forwarder
                        .executed(sequence)
                        .timeout(DELETION_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .recover(CassandraReadingStore::notYet);
                  });
        });
  }

  private static Future<Void> notYet(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TimeoutException
            ? new RefusedException(
                Refusal.UNAVAILABLE, "the readings' database is slow; they will be removed later")
            : failure);
  }

  @Override
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    List<DeviceId> asked = List.copyOf(devices);
    return asked(() -> newest.latest(asked, pendingOf(asked)));
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    List<DeviceId> asked = List.copyOf(devices);
    return asked(
        () -> {
          Map<Long, Collection<Row>> rows = pendingOf(asked);
          return newest
              .cellsOfMany(asked.stream().map(DeviceId::value).toList())
              .compose(
                  cells ->
                      vertx.executeBlocking(() -> newest.rows(asked, sensors, cells, rows), false));
        });
  }

  private Map<Long, Collection<Row>> pendingOf(List<DeviceId> devices) {
    Map<Long, Collection<Row>> rows = new HashMap<>();
    for (DeviceId device : devices) {
      Collection<Row> some = pendingOf(device);
      if (!some.isEmpty()) rows.put(device.value(), some);
    }
    return rows;
  }

  @Override
  public Future<List<DeviceId>> devices() {
    return atHome(
        () ->
            reader
                .devices(pending.devices())
                .map(found -> found.stream().map(DeviceId::new).toList()));
  }

  @Override
  public Future<List<Long>> days(DeviceId device) {
    return atHome(() -> reader.days(device.value(), pendingOf(device)));
  }

  @Override
  public Future<Map<SensorId, Samples>> day(DeviceId device, long day) {
    long from = day * Span.DAY.seconds();
    TimeRange range = new TimeRange(from, from + Span.DAY.seconds() - 1);
    return atHome(
        () -> reader.all(device.value(), retirement.readingsOf(range), pendingOf(device)));
  }

  /** Straight into the cluster: the journal needn't keep what another store has. */
  @Override
  public Future<Void> load(List<Reading> readings) {
    if (readings.isEmpty()) return Future.succeededFuture();
    return atHome(() -> work.carry(Row.of(readings, arrivals)));
  }

  @Override
  public Future<Void> check() {
    return atHome(
        () ->
            journal
                .check()
                .compose(done -> session.each(session.bind(Cql.SELECT_ARRIVAL), row -> {})));
  }

  /** Succeeds when the cluster has everything, summaries too; for tests. */
  Future<Void> settled() {
    return atHome(() -> forwarder.settled().compose(done -> summing.all()));
  }

  /** Does what is done each second; for tests. */
  Future<Void> lookedAround() {
    return atHome(this::lookAround);
  }

  @Override
  public Future<Void> carried() {
    return atHome(forwarder::settled);
  }

  @Override
  public LongSupplier backlog() {
    return forwarder.backlogOfNow();
  }

  /** Readings in memory that the cluster doesn't have yet; for tests. */
  int pendingReadings() {
    return pending.readings();
  }

  /** Hours that wait to be summed up; for tests. */
  int dirtyHours() {
    return dirty.size();
  }

  /** Ends as a kill would, except that what is under way may still arrive; for tests. */
  void abandon() {
    closed.set(session.close());
    vertx.cancelTimer(timer);
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closing = Promise.promise();
    if (closed.compareAndSet(null, closing.future()))
      home.runOnContext(
          turn -> {
            vertx.cancelTimer(timer);
            forwarder
                .close()
                .compose(done -> isQuicklySummed() ? summing.all() : Future.succeededFuture())
                .otherwiseEmpty() // what is dirty stands in the journal
                .compose(done -> session.close())
                .onComplete(closing);
          });
    return back(closed.get());
  }

  private boolean isQuicklySummed() {
    return !forwarder.isFailing() && dirty.size() <= FEW_HOURS;
  }

  /** Readers are bounded, so that they don't keep what is written from the cluster. */
  private <T> Future<T> asked(Supplier<Future<T>> question) {
    return atHome(
        () -> {
          if (questions >= MOST_QUESTIONS)
            return Future.failedFuture(
                new RefusedException(Refusal.UNAVAILABLE, "too many questions wait for an answer"));
          questions++;
          return Future.succeededFuture()
              .compose(now -> question.get())
              .onComplete(done -> questions--);
        });
  }

  /** Everything happens on one context; the answer comes on the caller's. */
  private <T> Future<T> atHome(Supplier<Future<T>> question) {
    if (closed.get() != null)
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the store is closed"));
    Promise<T> answer = Promise.promise();
    home.runOnContext(
        turn -> Future.succeededFuture().compose(now -> question.get()).onComplete(answer));
    return back(answer.future());
  }

  private <T> Future<T> back(Future<T> future) {
    Context callers = vertx.getOrCreateContext();
    Promise<T> answer = Promise.promise();
    future.onComplete(done -> callers.runOnContext(turn -> answer.handle(done)));
    return answer.future();
  }
}
