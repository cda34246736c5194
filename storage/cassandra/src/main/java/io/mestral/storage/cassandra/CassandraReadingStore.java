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
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

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

  private static final int LONGEST_RECORD = 256 << 10;
  private static final Duration DELETION_PATIENCE = Duration.ofSeconds(20);

  /** Summing up so few hours takes a second or two. */
  private static final int FEW_HOURS = 2000;

  private final Vertx vertx;
  private final Home home;
  private final Journal journal;
  private final Arrivals arrivals;
  private final CassandraSession session;
  private final Pending pending;
  private final DirtyHours dirty;
  private final WriteTimes times;
  private final Summing summing;
  private final Answers answers;
  private final HoursAlone hoursAlone;
  private final KeyspaceClaim claim;
  private final ChangeFeed feed;
  private final Delivery delivery;
  private final Forwarder forwarder;
  private final Retirement retirement;
  private final Upkeep upkeep;
  private final CassandraMeters meters;
  private final Clock clock;

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

  private CassandraReadingStore(
      Ground ground, Home home, CassandraSession session, String keyspace) {
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
    SeriesReader reader = new SeriesReader(session, damages);
    times = new WriteTimes(session, arrivals);
    Summaries summaries = new Summaries(session, reader, times, damages);
    NewestCells cells = new NewestCells(session, Runtime.getRuntime().maxMemory());
    Newest newest = new Newest(session, cells, damages);
    feed = new ChangeFeed(session, cells, damages);
    summing = new Summing(session, reader, summaries, dirty, times, clock);
    retirement = new Retirement(session, summaries, times, ground.retention, new Quiet());
    LateDays late = new LateDays(session, times, retirement, new Quiet());
    hoursAlone = new HoursAlone(session, summaries, times);
    claim = new KeyspaceClaim(session, home, keyspace);
    answers = new Answers(reader, summaries, newest, pending, dirty, retirement, hoursAlone);
    delivery =
        new Delivery(
            new Carrying(session, newest, times),
            new Deleting(session, reader, summaries, newest, dirty, times),
            feed,
            late,
            dirty,
            summing,
            arrivals,
            meters,
            clock);
    forwarder = new Forwarder(vertx, journal, STREAM, pending, delivery);
    upkeep = new Upkeep(session, feed, forwarder, dirty, summing, retirement, late, meters, clock);
    meters.watch(forwarder, pending, dirty);
  }

  /**
   * Connects, brings the keyspace's tables up to date and goes on carrying over what a former run
   * left in the journal. Fails with {@link CannotStart} when the cluster cannot be used.
   *
   * @param ours the move of this node that fills the keyspace, or filled it; that of another one is
   *     left alone
   */
  public static Future<CassandraReadingStore> open(
      Ground ground, CassandraOptions options, Optional<String> ours) {
    return open(ground, options, ours, Schema.STEPS);
  }

  static Future<CassandraReadingStore> open(
      Ground ground, CassandraOptions options, Optional<String> ours, List<List<String>> steps) {
    Home home = new Home(ground.vertx, ground.vertx.getOrCreateContext());
    return home.call(
        () ->
            CassandraSession.open(ground.vertx, options, new Schema(ground.vertx, options, steps))
                .map(
                    session -> new CassandraReadingStore(ground, home, session, options.keyspace()))
                .compose(store -> store.started(ours)));
  }

  private Future<CassandraReadingStore> started(Optional<String> ours) {
    return claim
        .requireOurs(ours)
        .compose(done -> start())
        .map(this)
        .recover(
            failure ->
                session
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
        .compose(done -> feed.begin())
        .compose(done -> retirement.recall(clock.millis()))
        .compose(done -> dirty.restore(clock.millis()))
        .compose(done -> forwarder.begin())
        .onSuccess(done -> upkeep.begin(vertx));
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

  @Override
  public Future<Void> append(List<Reading> readings) {
    if (readings.isEmpty()) return Future.succeededFuture();
    return home.call(
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
    return home.ask(() -> answers.readings(series, range, limit));
  }

  @Override
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    return home.ask(() -> answers.summaries(series, span, range));
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    return home.call(
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
    return home.ask(() -> answers.latest(asked));
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    List<DeviceId> asked = List.copyOf(devices);
    return home.ask(() -> answers.latest(asked, sensors, vertx));
  }

  @Override
  public Future<List<DeviceId>> devices() {
    return home.call(answers::devices);
  }

  @Override
  public Future<List<Long>> days(DeviceId device) {
    return home.call(() -> answers.days(device));
  }

  @Override
  public Future<Optional<Map<SensorId, Samples>>> readings(
      DeviceId device, TimeRange range, int most) {
    return home.call(() -> answers.readings(device, range, most));
  }

  /** Straight into the cluster: the journal needn't keep what another store has. */
  @Override
  public Future<Void> load(List<Reading> readings) {
    if (readings.isEmpty()) return Future.succeededFuture();
    return home.call(() -> delivery.carry(Row.of(readings, arrivals)));
  }

  @Override
  public Future<Void> loadHours(DeviceId device, Map<SensorId, List<Summary>> hours) {
    return home.call(
        () -> {
          boolean changed = !dirty.of(device.value(), Long.MIN_VALUE, Long.MAX_VALUE).isEmpty();
          return (changed ? summing.all() : Future.<Void>succeededFuture())
              .compose(done -> hoursAlone.load(device.value(), hours));
        });
  }

  /** Whose unfinished move fills the keyspace. */
  public KeyspaceClaim claim() {
    return claim;
  }

  @Override
  public Future<Void> check() {
    return home.call(
        () ->
            journal
                .check()
                .compose(done -> session.each(session.bind(Cql.SELECT_ARRIVAL), row -> {})));
  }

  /** Succeeds when the cluster has everything, summaries too; for tests. */
  Future<Void> settled() {
    return home.call(() -> forwarder.settled().compose(done -> summing.all()));
  }

  /** Does what is done each second; for tests. */
  Future<Void> lookedAround() {
    return home.call(upkeep::lookAround);
  }

  @Override
  public Future<Void> carried() {
    return home.call(forwarder::settled);
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
    home.close(
        () -> {
          upkeep.end(vertx);
          return session.close();
        });
  }

  @Override
  public Future<Void> close() {
    return home.close(
        () -> {
          upkeep.end(vertx);
          return forwarder
              .close()
              .compose(done -> isQuicklySummed() ? summing.all() : Future.succeededFuture())
              .otherwiseEmpty() // what is dirty stands in the journal
              .compose(done -> session.close());
        });
  }

  private boolean isQuicklySummed() {
    return !forwarder.isFailing() && dirty.size() <= FEW_HOURS;
  }
}
