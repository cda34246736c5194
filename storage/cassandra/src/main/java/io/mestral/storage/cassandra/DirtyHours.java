package io.mestral.storage.cassandra;

import io.mestral.model.reading.Span;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hours of devices whose readings are in the cluster while their summaries are not. Each is written
 * down in the journal before the readings leave it, so that a restart goes on where a crash ended.
 * Used on one context.
 */
final class DirtyHours {
  /** The journal's stream that names them. */
  static final StreamName STREAM = new StreamName("cassandra-summaries");

  private static final int KEY_BYTES = 2 * Long.BYTES;
  private static final int RECORDS = 1000;
  private static final int MOST_KEYS = 4096;

  /**
   * An hour is summed up some minutes after its end: kits send several minutes' readings at once.
   */
  private static final long GRACE = 300_000;

  /** Late readings mostly come many at a time. */
  private static final long QUIET = 10_000;

  private static final long LONGEST = 3_600_000 + GRACE;

  private final Journal journal;
  private final int most;
  private final Map<Long, TreeMap<Long, Hour>> devices = new HashMap<>();
  private final TreeMap<Long, Integer> marks = new TreeMap<>();
  private int size;
  private long lastMark;

  /**
   * @param most so many at a time; three quarters of them are as many as may wait for their time
   */
  DirtyHours(Journal journal, int most) {
    this.journal = journal;
    this.most = most;
  }

  /** Whether nothing more may become dirty before something was summed up. */
  boolean isFull() {
    return size >= most;
  }

  /** One of them. */
  private static final class Hour {
    private long firstTouch;
    private long lastTouch;
    private long version;
    private long mark;
    private boolean gone;
  }

  /**
   * What one device has in one week.
   *
   * @param versions by the hours' first seconds
   */
  record Group(long device, int week, TreeMap<Long, Long> versions) {}

  /** Takes back what was written down before a restart. */
  Future<Void> restore(long now) {
    return restore(0, now);
  }

  private Future<Void> restore(long after, long now) {
    return journal
        .read(STREAM, after, RECORDS)
        .compose(
            records -> {
              if (records.isEmpty()) return Future.succeededFuture();
              for (JournalRecord record : records) {
                for (int at = 0; at + KEY_BYTES <= record.body().length(); at += KEY_BYTES)
                  marked(
                      record.sequence(),
                      touch(record.body().getLong(at), record.body().getLong(at + 8), now));
              }
              return restore(records.get(records.size() - 1).sequence(), now);
            });
  }

  /** The rows are in the cluster; succeeds when their hours are written down. */
  Future<Void> touch(List<Row> rows, long now) {
    List<Hour> unmarked = new ArrayList<>();
    Set<Hour> seen = new HashSet<>();
    List<Buffer> bodies = new ArrayList<>();
    List<List<Hour>> named = new ArrayList<>();
    Buffer body = Buffer.buffer();
    for (Row row : rows) {
      long start = Span.HOUR.startOf(row.second());
      Hour hour = touch(row.device(), start, now);
      if (hour.mark != 0 || !seen.add(hour)) continue;
      body.appendLong(row.device()).appendLong(start);
      unmarked.add(hour);
      if (unmarked.size() < MOST_KEYS) continue;
      bodies.add(body);
      named.add(unmarked);
      body = Buffer.buffer();
      unmarked = new ArrayList<>();
    }
    if (!unmarked.isEmpty()) {
      bodies.add(body);
      named.add(unmarked);
    }
    Future<Void> all = Future.succeededFuture();
    for (int i = 0; i < bodies.size(); i++) {
      Buffer record = bodies.get(i);
      List<Hour> hours = named.get(i);
      all =
          all.compose(done -> journal.appendFreeing(STREAM, record))
              .map(
                  sequence -> {
                    for (Hour hour : hours) marked(sequence, hour);
                    return null;
                  });
    }
    return all;
  }

  private Hour touch(long device, long start, long now) {
    Hour hour =
        devices
            .computeIfAbsent(device, each -> new TreeMap<>())
            .computeIfAbsent(
                start,
                each -> {
                  size++;
                  Hour fresh = new Hour();
                  fresh.firstTouch = now;
                  return fresh;
                });
    hour.lastTouch = now;
    hour.version++;
    return hour;
  }

  private void marked(long sequence, Hour hour) {
    lastMark = Math.max(lastMark, sequence);
    if (hour.mark != 0 || hour.gone) return;
    hour.mark = sequence;
    marks.merge(sequence, 1, Integer::sum);
  }

  /** The first seconds of a device's hours in a range. */
  NavigableSet<Long> of(long device, long from, long to) {
    TreeMap<Long, Hour> hours = devices.get(device);
    return hours == null || from > to
        ? new TreeSet<>()
        : new TreeSet<>(hours.subMap(from, true, to, true).keySet());
  }

  /** What it is time for, or all of it. */
  List<Group> due(long now, boolean all) {
    boolean every = all || size > most / 4 * 3;
    Map<List<Long>, Group> groups = new HashMap<>();
    devices.forEach(
        (device, hours) ->
            hours.forEach(
                (start, hour) -> {
                  if (!every && !isDue(start, hour, now)) return;
                  int week = Buckets.weekOf(start);
                  groups
                      .computeIfAbsent(
                          List.of(device, (long) week),
                          key -> new Group(device, week, new TreeMap<>()))
                      .versions()
                      .put(start, hour.version);
                }));
    return new ArrayList<>(groups.values());
  }

  private static boolean isDue(long start, Hour hour, long now) {
    boolean over = (start + Span.HOUR.seconds()) * 1000 + GRACE <= now;
    return over && hour.lastTouch + QUIET <= now || hour.firstTouch + LONGEST <= now;
  }

  /** The summaries are in the cluster: what wasn't touched since is dirty no more. */
  void summed(Group group, long now) {
    TreeMap<Long, Hour> hours = devices.get(group.device());
    if (hours == null) return;
    group
        .versions()
        .forEach(
            (start, version) -> {
              Hour hour = hours.get(start);
              if (hour == null) return;
              if (hour.version != version) {
                hour.firstTouch = now;
                return;
              }
              hours.remove(start);
              hour.gone = true;
              size--;
              if (hour.mark != 0)
                marks.computeIfPresent(hour.mark, (mark, count) -> count == 1 ? null : count - 1);
            });
    if (hours.isEmpty()) devices.remove(group.device());
  }

  /** Lets go of records that name nothing dirty any more. */
  Future<Void> trim() {
    long upTo = marks.isEmpty() ? lastMark : marks.firstKey() - 1;
    return upTo <= 0 ? Future.succeededFuture() : journal.trim(STREAM, upTo);
  }

  int size() {
    return size;
  }
}
