package io.mestral.verticles.uplink;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.Steps;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which hours of which devices have readings that the node above may lack, written down before
 * their readings are acknowledged. The readings themselves lie in the reading store and nowhere
 * else: 90 days without a link cost some bytes for each device and hour.
 *
 * <p>Records of the journal's stream {@code uplink} name hours; what stands in front of the oldest
 * one that is still unsent is trimmed. Any thread may note; the rest is the uplink's.
 */
final class UnsentHours {
  private static final StreamName STREAM = new StreamName("uplink");
  private static final byte VERSION = 1;
  private static final int HOUR_BYTES = 2 * Long.BYTES;
  private static final int SECONDS = 3_600;
  private static final int AT_ONCE = 1_000;

  /** It holds back this part of the journal before it makes way. */
  private static final int WORTH_MOVING = 16;

  private final Journal journal;
  private final Map<Hour, Kept> unsent = new ConcurrentHashMap<>();
  private final AtomicLong highest = new AtomicLong(); // number of a record
  private long readTo;

  /**
   * One hour of one device.
   *
   * @param number hours since 1970, UTC
   */
  record Hour(DeviceId device, long number) {
    static Hour of(Reading reading) {
      return new Hour(reading.device(), Math.floorDiv(reading.epochSecond(), SECONDS));
    }

    /** Its first second. */
    long from() {
      return number * SECONDS;
    }

    /** When it begins. */
    Instant start() {
      return Instant.ofEpochSecond(from());
    }

    /** Its last second. */
    long to() {
      return from() + SECONDS - 1;
    }
  }

  /**
   * Where an hour stands, and whether it is needed.
   *
   * @param sequence of the record that names it
   * @param pending how many were noted and not settled yet
   */
  private record Kept(Future<Long> sequence, int pending) {
    Kept with(int change) {
      return new Kept(sequence, pending + change);
    }

    Kept at(Future<Long> other) {
      return new Kept(other, pending);
    }

    /** The first record that names it has to stay; what is under way now comes behind it. */
    Kept atLatest(long other) {
      return sequence.succeeded() && sequence.result() <= other
          ? this
          : at(Future.succeededFuture(other));
    }
  }

  UnsentHours(Journal journal) {
    this.journal = journal;
  }

  /**
   * Succeeds with the number of this run, greater than that of every run before, and has told the
   * hours that are left.
   */
  Future<Long> open() {
    return Steps.until(this::readSome).compose(done -> journal.append(STREAM, body(List.of())));
  }

  private Future<Boolean> readSome() {
    return journal
        .read(STREAM, readTo, AT_ONCE)
        .map(
            records -> {
              for (JournalRecord one : records) {
                take(one);
                readTo = one.sequence();
                highest.accumulateAndGet(readTo, Math::max);
              }
              return records.isEmpty();
            });
  }

  /** What a later version wrote is left, and keeps its place. */
  private void take(JournalRecord record) {
    Buffer body = record.body();
    if (body.length() == 0 || body.getByte(0) != VERSION) return;
    for (int at = 1; at + HOUR_BYTES <= body.length(); at += HOUR_BYTES) {
      Hour hour = new Hour(new DeviceId(body.getLong(at)), body.getLong(at + Long.BYTES));
      Kept before = new Kept(Future.succeededFuture(record.sequence()), 0);
      unsent.merge(hour, before, (known, other) -> known.atLatest(record.sequence()));
    }
  }

  /** All that are unsent now. */
  Set<Hour> all() {
    return new HashSet<>(unsent.keySet());
  }

  /** The one that begins first. */
  Optional<Hour> oldest() {
    return unsent.keySet().stream().min(Comparator.comparingLong(Hour::number));
  }

  int size() {
    return unsent.size();
  }

  /**
   * Succeeds when the hours of these readings are written down. They stay so until they were
   * settled as often as noted, and are sent. Any thread may call it.
   */
  Future<Void> note(List<Reading> readings) {
    List<Future<?>> written = new ArrayList<>(1);
    for (Hour hour : hours(readings)) written.add(noted(hour));
    return Future.join(written).mapEmpty();
  }

  /** It is known before it is written: what isn't known is trimmed. */
  private Future<Long> noted(Hour hour) {
    Promise<Long> fresh = Promise.promise();
    Future<Long> sequence =
        unsent
            .compute(
                hour,
                (same, known) -> {
                  if (known == null) return new Kept(fresh.future(), 1);
                  return known.sequence().failed()
                      ? known.at(fresh.future()).with(1)
                      : known.with(1);
                })
            .sequence();
    if (sequence == fresh.future()) written(List.of(hour)).onComplete(fresh);
    return sequence;
  }

  private Future<Long> written(Collection<Hour> hours) {
    return journal
        .append(STREAM, body(hours))
        .onSuccess(sequence -> highest.accumulateAndGet(sequence, Math::max));
  }

  /** What was noted of these readings is known to the uplink. Any thread may call it. */
  void settle(List<Reading> readings) {
    for (Hour hour : hours(readings))
      unsent.computeIfPresent(hour, (same, known) -> known.with(-1));
  }

  static Set<Hour> hours(List<Reading> readings) {
    Set<Hour> hours = new LinkedHashSet<>();
    for (Reading one : readings) hours.add(Hour.of(one));
    return hours;
  }

  /**
   * The node above has all of an hour that was settled.
   *
   * @return whether it is forgotten; not when somebody noted it anew
   */
  boolean sent(Hour hour) {
    return unsent.computeIfPresent(hour, (same, known) -> known.pending() > 0 ? known : null)
        == null;
  }

  /** Lets the journal go on: trims what isn't needed, and writes anew what is held for long. */
  Future<Void> tidy() {
    return journal
        .heldBy(List.of(STREAM))
        .compose(
            held ->
                held < journal.maxSize() / WORTH_MOVING ? Future.succeededFuture() : writeAnew())
        .compose(done -> trim());
  }

  /** What is under way has its number later, and is looked at next time; what failed has none. */
  private Future<Void> trim() {
    long needless = highest.get(); // first: what is written from now on is above it
    for (Kept one : unsent.values()) {
      if (!one.sequence().isComplete()) return Future.succeededFuture();
      if (one.sequence().failed()) continue;
      needless = Math.min(needless, one.sequence().result() - 1);
    }
    return journal.trim(STREAM, needless);
  }

  private Future<Void> writeAnew() {
    List<Hour> hours = new ArrayList<>(unsent.keySet());
    List<List<Hour>> parts = new ArrayList<>();
    for (int from = 0; from < hours.size(); from += AT_ONCE)
      parts.add(hours.subList(from, Math.min(from + AT_ONCE, hours.size())));
    return Steps.forEach(parts, this::writeAnew);
  }

  private Future<Void> writeAnew(Collection<Hour> hours) {
    return journal
        .appendFreeing(STREAM, body(hours))
        .onSuccess(
            sequence -> {
              Future<Long> moved = Future.succeededFuture(sequence);
              highest.accumulateAndGet(sequence, Math::max);
              for (Hour hour : hours)
                unsent.computeIfPresent(hour, (same, before) -> before.at(moved));
            })
        .mapEmpty();
  }

  private static Buffer body(Collection<Hour> hours) {
    Buffer body = Buffer.buffer(1 + hours.size() * HOUR_BYTES).appendByte(VERSION);
    for (Hour hour : hours) body.appendLong(hour.device().value()).appendLong(hour.number());
    return body;
  }
}
