package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Statement;
import io.mestral.config.Retention;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what is too old. Nothing before a certain day is shown or taken any more; when all of
 * a week lies before it, the week's partitions are removed, after its last hours were summed up.
 * How far that is stands in the cluster: what has begun is brought to its end, whatever the
 * configuration says by then. Used on one context.
 */
final class Retirement {
  private static final Logger log = LoggerFactory.getLogger(Retirement.class);
  private static final long BETWEEN_LOOKS = Duration.ofHours(1).toMillis();
  private static final long AFTER_A_FAILURE = Duration.ofMinutes(1).toMillis();
  private static final int FIRST_WEEK = Buckets.weekOf(Buckets.FIRST_SECOND);

  /** No clock is right that shows a time before this program was written: 2026-01-01. */
  private static final long FIRST_PLAUSIBLE = 1_767_225_600_000L;

  /** Devices at a time. */
  private static final int WIDTH = 8;

  private final CassandraSession session;
  private final Summaries summaries;
  private final WriteTimes times;
  private final Retention retention;
  private final Quiet quiet;
  private Limits limits =
      new Limits(Buckets.FIRST_SECOND, Buckets.FIRST_SECOND, FIRST_WEEK, FIRST_WEEK);
  private Limits stored = limits;
  private Future<Void> running = Future.succeededFuture();
  private long nextLook = Long.MIN_VALUE;

  /** What has to be finished before readings are removed. */
  interface Quiet {
    /** Succeeds when nothing is being carried over any more that was begun before this call. */
    Future<Void> carried();

    /** Succeeds when no hour before a second waits to be summed up. */
    Future<Void> summedUp(long before);
  }

  /**
   * How far it is.
   *
   * @param raw the first second whose readings are kept
   * @param rollup the first second whose hours and days are kept
   * @param rawWeek the first week whose readings may still be there
   * @param rollupWeek the first week whose hours and days may still be there
   */
  private record Limits(long raw, long rollup, int rawWeek, int rollupWeek) {
    Limits and(Limits other) {
      return new Limits(
          Math.max(raw, other.raw),
          Math.max(rollup, other.rollup),
          Math.max(rawWeek, other.rawWeek),
          Math.max(rollupWeek, other.rollupWeek));
    }
  }

  Retirement(
      CassandraSession session,
      Summaries summaries,
      WriteTimes times,
      Retention retention,
      Quiet quiet) {
    this.session = session;
    this.summaries = summaries;
    this.times = times;
    this.retention = retention;
    this.quiet = quiet;
  }

  /** The first second whose readings are kept. */
  long firstReading() {
    return limits.raw;
  }

  /** The first second whose hours and days are kept. */
  long firstSummary() {
    return limits.rollup;
  }

  /** Whether the row is of a time whose readings are kept. */
  boolean keeps(Row row) {
    return row.second() >= limits.raw;
  }

  /** The part of a range whose readings are kept. */
  TimeRange readingsOf(TimeRange range) {
    return new TimeRange(Math.max(range.from(), limits.raw), range.to());
  }

  /** The part of a range whose hours and days are kept. */
  TimeRange summariesOf(TimeRange range) {
    return new TimeRange(Math.max(range.from(), limits.rollup), range.to());
  }

  /** Finds out how far a former run, or another node, was. */
  Future<Void> recall(long now) {
    List<Limits> found = new ArrayList<>();
    return session
        .each(
            session.bind(Cql.SELECT_RETIRED),
            row ->
                found.add(new Limits(row.getLong(0), row.getLong(1), row.getInt(2), row.getInt(3))))
        .onSuccess(
            done ->
                found.forEach(
                    known -> {
                      stored = known;
                      limits = believed(known, now);
                    }));
  }

  /**
   * No retention is shorter than a day: what was let go of since yesterday was by a clock that was
   * ahead, and would keep out new readings until that time has come.
   */
  private Limits believed(Limits known, long now) {
    if (now < FIRST_PLAUSIBLE || known.raw <= Span.DAY.startOf(now / 1000) - Span.DAY.seconds())
      return known;
    log.error(
        "readings before {} were let go of by a clock that was ahead; later ones are taken again",
        Instant.ofEpochSecond(known.raw));
    Limits right = wanted(now);
    return new Limits(
        right.raw, right.rollup, Buckets.weekOf(right.raw), Buckets.weekOf(right.rollup));
  }

  /** Does what it is time for, unless that is going on. */
  Future<Void> due(long now) {
    if (!running.isComplete()) return running;
    boolean setBack = nextLook > now + BETWEEN_LOOKS;
    if (now < nextLook && !setBack || now < FIRST_PLAUSIBLE) return Future.succeededFuture();
    nextLook = now + BETWEEN_LOOKS;
    running =
        recall(now)
            .compose(done -> keep(limits.and(wanted(now))))
            .compose(done -> removeReadings())
            .compose(done -> removeSummaries())
            .onFailure(
                failure -> {
                  nextLook = now + AFTER_A_FAILURE;
                  log.warn("what is too old is let go of later: {}", failure.getMessage());
                });
    return running;
  }

  private Limits wanted(long now) {
    return new Limits(
        firstSecond(retention.raw(), now),
        firstSecond(retention.rollup(), now),
        FIRST_WEEK,
        FIRST_WEEK);
  }

  private static long firstSecond(Optional<Duration> age, long now) {
    return age.map(each -> Span.DAY.startOf(now / 1000 - each.toSeconds()))
        .orElse(Buckets.FIRST_SECOND);
  }

  private Future<Void> keep(Limits next) {
    if (next.equals(stored)) return Future.succeededFuture();
    return times
        .next()
        .compose(
            time ->
                session.execute(
                    session.bind(
                        Cql.INSERT_RETIRED,
                        next.raw,
                        next.rollup,
                        next.rawWeek,
                        next.rollupWeek,
                        time)))
        .onSuccess(
            done -> {
              stored = next;
              limits = next;
            });
  }

  private Future<Void> removeReadings() {
    int to = Buckets.weekOf(limits.raw);
    if (limits.rawWeek >= to) return Future.succeededFuture();
    return quiet
        .carried()
        .compose(done -> quiet.summedUp(limits.raw))
        .compose(done -> forEachDevice(device -> removeReadings(device, to)))
        .compose(done -> keep(new Limits(limits.raw, limits.rollup, to, limits.rollupWeek)))
        .onSuccess(
            done -> log.info("readings before {} were older than storage.retention.raw", day(to)));
  }

  private Future<Void> removeReadings(long device, int to) {
    return weeks(device, limits.rawWeek, to)
        .compose(
            weeks ->
                times
                    .next()
                    .compose(
                        time -> {
                          List<Statement<?>> statements = new ArrayList<>();
                          for (int week : weeks)
                            statements.add(session.bind(Cql.DELETE_ROWS, time, device, week));
                          return session.executeAll(statements);
                        }));
  }

  private Future<Void> removeSummaries() {
    int to = Buckets.weekOf(limits.rollup);
    if (limits.rollupWeek >= to) return Future.succeededFuture();
    return forEachDevice(device -> removeSummaries(device, to))
        .compose(done -> keep(new Limits(limits.raw, limits.rollup, limits.rawWeek, to)))
        .onSuccess(
            done ->
                log.info("summaries before {} were older than storage.retention.rollup", day(to)));
  }

  private Future<Void> removeSummaries(long device, int to) {
    return weeks(device, limits.rollupWeek, to)
        .compose(
            weeks -> {
              if (weeks.isEmpty()) return Future.succeededFuture();
              TimeRange range = new TimeRange(weeks.get(0) * Buckets.WEEK, to * Buckets.WEEK - 1);
              return summaries
                  .sensorsOf(device)
                  .compose(
                      sensors -> times.next().compose(time -> remove(device, sensors, range, time)))
                  .compose(
                      time -> session.execute(session.bind(Cql.DELETE_WEEKS, time, device, to)));
            });
  }

  private Future<Long> remove(long device, List<Integer> sensors, TimeRange range, long time) {
    List<Statement<?>> statements = new ArrayList<>();
    for (int sensor : sensors) {
      statements.add(session.bind(Cql.DELETE_DAYS, time, device, sensor, range.from(), range.to()));
      for (int year = Buckets.yearOf(range.from()); year <= Buckets.yearOf(range.to()); year++)
        statements.add(
            session.bind(Cql.DELETE_HOURS, time, device, year, sensor, range.from(), range.to()));
    }
    return session.executeAll(new Statements(session).batched(statements)).map(time);
  }

  /** The weeks of a device that have or had readings, from one week on, before another. */
  private Future<List<Integer>> weeks(long device, int from, int to) {
    List<Integer> weeks = new ArrayList<>();
    return session
        .each(session.bind(Cql.SELECT_WEEKS, device, from, to - 1), row -> weeks.add(row.getInt(0)))
        .map(weeks);
  }

  private Future<Void> forEachDevice(LongFunction<Future<Void>> task) {
    List<Long> devices = new ArrayList<>();
    return session
        .each(session.bind(Cql.SELECT_DEVICES), row -> devices.add(row.getLong(0)))
        .compose(
            done -> {
              Iterator<Long> left = devices.iterator();
              List<Future<Void>> lanes = new ArrayList<>();
              for (int i = 0; i < WIDTH; i++) lanes.add(next(left, task));
              return Future.join(lanes).mapEmpty(); // none may run on unseen
            });
  }

  private static Future<Void> next(Iterator<Long> left, LongFunction<Future<Void>> task) {
    if (!left.hasNext()) return Future.succeededFuture();
    return task.apply(left.next()).compose(done -> next(left, task));
  }

  private static Instant day(int week) {
    return Instant.ofEpochSecond(week * Buckets.WEEK);
  }
}
