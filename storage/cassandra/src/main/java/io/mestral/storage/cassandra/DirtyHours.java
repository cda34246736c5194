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
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hours of devices whose readings are in the cluster while their summaries are not. Each is written
 * down in the journal before the readings leave it, so that a restart goes on where a crash ended;
 * and again at the journal's end now and then, because the journal keeps whatever came after the
 * oldest record that is needed. Used on one context.
 */
final class DirtyHours {
  /** The journal's stream that names them. */
  static final StreamName STREAM = new StreamName("cassandra-summaries");

  private static final Logger log = LoggerFactory.getLogger(DirtyHours.class);
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

  /** So long a mark stays where it is, and so long when a quarter of the journal is in use. */
  private static final long RENEWAL = 60_000;

  private static final long QUICK_RENEWAL = 5_000;

  private final Journal journal;
  private final int most;
  private final Map<Long, TreeMap<Long, Hour>> devices = new HashMap<>();
  private final TreeMap<Long, Integer> marks = new TreeMap<>();
  private int size;
  private long lastMark;
  private long renewedAt;
  private boolean renewing;

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
              List<Future<Void>> aside = new ArrayList<>();
              for (JournalRecord record : records) {
                if (record.body().length() % KEY_BYTES != 0) {
                  aside.add(journal.setAside(STREAM, record));
                  continue;
                }
                for (int at = 0; at + KEY_BYTES <= record.body().length(); at += KEY_BYTES)
                  marked(
                      record.sequence(),
                      touch(record.body().getLong(at), record.body().getLong(at + 8), now));
              }
              long last = records.get(records.size() - 1).sequence();
              return kept(aside).compose(kept -> restore(last, now));
            });
  }

  /** A disk that takes nothing now is no reason not to start. */
  private static Future<Void> kept(List<Future<Void>> aside) {
    if (aside.isEmpty()) return Future.succeededFuture();
    return Future.join(aside)
        .onFailure(failure -> log.error("records of {} are lost", STREAM, failure))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** The rows are in the cluster; succeeds when their hours are written down. */
  Future<Void> touch(List<Row> rows, long now) {
    Set<Hour> seen = new HashSet<>();
    List<Named> unmarked = new ArrayList<>();
    for (Row row : rows) {
      long start = Span.HOUR.startOf(row.second());
      Hour hour = touch(row.device(), start, now);
      if (hour.mark == 0 && seen.add(hour)) unmarked.add(new Named(row.device(), start, hour));
    }
    return mark(unmarked, 0);
  }

  private record Named(long device, long start, Hour hour) {}

  /** Writes hours down, from one of them on. */
  private Future<Void> mark(List<Named> hours, int from) {
    if (from >= hours.size()) return Future.succeededFuture();
    List<Named> some = hours.subList(from, Math.min(hours.size(), from + MOST_KEYS));
    Buffer body = Buffer.buffer(some.size() * KEY_BYTES);
    for (Named each : some) body.appendLong(each.device).appendLong(each.start);
    return journal
        .appendFreeing(STREAM, body)
        .compose(
            sequence -> {
              for (Named each : some) marked(sequence, each.hour);
              return mark(hours, from + MOST_KEYS);
            });
  }

  /** Writes all down anew when it is time for that, and lets go of the older records. */
  Future<Void> renew(long now) {
    if (marks.isEmpty() || renewing || !isRenewalDue(now)) return Future.succeededFuture();
    renewing = true;
    renewedAt = now;
    List<Named> all = new ArrayList<>(size);
    devices.forEach(
        (device, hours) ->
            hours.forEach(
                (start, hour) -> {
                  if (hour.mark != 0) all.add(new Named(device, start, hour));
                }));
    return mark(all, 0).compose(done -> trim()).onComplete(done -> renewing = false);
  }

  private boolean isRenewalDue(long now) {
    long since = now - renewedAt;
    boolean filling = journal.size() > journal.maxSize() / 4;
    return since < 0 || since >= (filling ? QUICK_RENEWAL : RENEWAL);
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
    if (hour.gone) return;
    unmark(hour);
    hour.mark = sequence;
    marks.merge(sequence, 1, Integer::sum);
  }

  private void unmark(Hour hour) {
    if (hour.mark != 0)
      marks.computeIfPresent(hour.mark, (mark, count) -> count == 1 ? null : count - 1);
  }

  /** The first seconds of a device's hours in a range. */
  NavigableSet<Long> of(long device, long from, long to) {
    TreeMap<Long, Hour> hours = devices.get(device);
    return hours == null || from > to
        ? new TreeSet<>()
        : new TreeSet<>(hours.subMap(from, true, to, true).keySet());
  }

  /** What it is time for. */
  List<Group> due(long now) {
    boolean every = size > most / 4 * 3;
    return groups((start, hour) -> every || isDue(start, hour, now));
  }

  /** All that begins before a second. */
  List<Group> before(long second) {
    return groups((start, hour) -> start < second);
  }

  private List<Group> groups(BiPredicate<Long, Hour> wanted) {
    Map<List<Long>, Group> groups = new HashMap<>();
    devices.forEach(
        (device, hours) ->
            hours.forEach(
                (start, hour) -> {
                  if (!wanted.test(start, hour)) return;
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
              unmark(hour);
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
