package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.Steps;
import io.mestral.verticles.ingestion.ForwardQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches that wait to be forwarded, in streams of the journal. No more waits than there is room
 * for: then what comes is left out, and the oldest stay. Any thread may add; the rest is one
 * reader's.
 *
 * <p>The journal lets go of whole files, so a batch that waits for long would hold what others
 * wrote beside it. {@link #makeWay} writes such batches anew at the journal's end: from the lane
 * that was moved before to the other one, and then those that came since. So what waits stands in
 * {@code older}, then in {@code younger}, then among the arrivals, and has its order from that
 * wherever a kill interrupts it.
 */
public final class ForwardingStream implements ForwardQueue {
  private static final Logger log = LoggerFactory.getLogger(ForwardingStream.class);

  /** Never more than this part of the journal. */
  private static final int SHARE = 8;

  /** It holds back this part of the journal before it makes way. */
  private static final int WORTH_MOVING = 16;

  private static final int AT_ONCE = 1_000;
  private static final int LARGEST_PACK = 256 << 10;
  private static final int SMALLEST_SEGMENTS = 64; // a journal has fewer

  /** Readings in a message: as JSON half a megabyte, which every client takes. */
  private static final int LARGEST = 5_000;

  private final Journal journal;
  private final long room;
  private final Lane arrivals;
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong lastArrival = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();
  private final Counter leftOut;
  private final Counter moved;
  private final long packBytes;
  private long highest; // number that was counted
  private long position; // of the counting
  private long forwarded; // the highest number
  private Lane older;
  private Lane younger;
  private volatile Runnable listener = () -> {};

  /**
   * In streams of this journal; what waits is shown as {@code mestral.forwarding.waiting.bytes}.
   *
   * @param maxBytes what may wait; an eighth of the journal at most
   */
  public ForwardingStream(Journal journal, long maxBytes, MeterRegistry meters) {
    this.journal = journal;
    this.room = Math.min(maxBytes, journal.maxSize() / SHARE);
    this.packBytes = Math.min(LARGEST_PACK, journal.maxSize() / SMALLEST_SEGMENTS);
    arrivals = Lane.ofArrivals(journal);
    older = Lane.ofMoved(journal, "forwarding-moved");
    younger = Lane.ofMoved(journal, "forwarding-moved-again");
    leftOut = meters.counter("mestral.forwarding.left.out");
    moved = meters.counter("mestral.forwarding.moved");
    Gauge.builder("mestral.forwarding.waiting.bytes", waiting, AtomicLong::get).register(meters);
  }

  /** Takes up what a former run left; succeeds when batches may be added. */
  public Future<Void> open() {
    return older
        .next()
        .compose(first -> younger.next().onSuccess(second -> order(first, second)))
        .compose(ordered -> Steps.until(() -> count(older)))
        .compose(counted -> Steps.until(() -> count(younger)))
        .compose(counted -> Steps.until(() -> count(arrivals)))
        .onSuccess(counted -> position = 0);
  }

  private void order(List<Waiting> first, List<Waiting> second) {
    if (second.isEmpty()) return;
    if (first.isEmpty() || first.get(0).isBehind(second.get(0).number())) swap();
  }

  private void swap() {
    Lane before = older;
    older = younger;
    younger = before;
  }

  /** Counts some; succeeds with whether there is no more. What stands there twice counts once. */
  private Future<Boolean> count(Lane lane) {
    return lane.after(position, AT_ONCE)
        .map(
            records -> {
              for (Waiting batch : lane.batches(records)) {
                if (batch.isBehind(highest)) waiting.addAndGet(batch.length());
                if (batch.number() != Waiting.UNKNOWN) highest = Math.max(highest, batch.number());
              }
              position = records.isEmpty() ? 0 : records.get(records.size() - 1).sequence();
              if (lane == arrivals) lastArrival.accumulateAndGet(position, Math::max);
              return records.isEmpty();
            });
  }

  @Override
  public Future<Void> add(DeviceId device, List<Reading> readings) {
    if (readings.size() <= LARGEST) return append(new ForwardBatch(device, readings));
    List<Future<Void>> parts = new ArrayList<>();
    for (int from = 0; from < readings.size(); from += LARGEST) {
      int to = Math.min(from + LARGEST, readings.size());
      parts.add(append(new ForwardBatch(device, readings.subList(from, to))));
    }
    return Future.join(parts).mapEmpty();
  }

  private Future<Void> append(ForwardBatch batch) {
    Buffer body = batch.encoded();
    if (waiting.addAndGet(body.length()) > room) {
      waiting.addAndGet(-body.length());
      return leaveOut();
    }
    if (waiting.get() < room / 2 && full.compareAndSet(true, false))
      log.info("there is room again for what is to be forwarded");
    return arrivals
        .append(body)
        .onSuccess(
            sequence -> {
              lastArrival.accumulateAndGet(sequence, Math::max);
              listener.run();
            })
        .onFailure(failure -> waiting.addAndGet(-body.length()))
        .mapEmpty();
  }

  /**
   * The readings are kept all the same: nobody sends them again because a partner can't have them.
   */
  private Future<Void> leaveOut() {
    leftOut.increment();
    if (full.compareAndSet(false, true))
      log.error("too much waits to be forwarded: what comes now is left out, until there is room");
    return Future.succeededFuture();
  }

  /** Has this run whenever a batch was added, on any thread. */
  void onAdded(Runnable told) {
    listener = told;
  }

  /** The oldest batches, in their order, of one lane. */
  Future<List<Waiting>> next(int limit) {
    return next(older, limit)
        .compose(some -> some.isEmpty() ? next(younger, limit) : Future.succeededFuture(some))
        .compose(some -> some.isEmpty() ? next(arrivals, limit) : Future.succeededFuture(some));
  }

  /** Without what was forwarded already: a kill can leave it in two places. */
  private Future<List<Waiting>> next(Lane lane, int limit) {
    return lane.next()
        .compose(
            batches -> {
              List<Waiting> left =
                  batches.stream().filter(batch -> batch.isBehind(forwarded)).limit(limit).toList();
              return batches.isEmpty() || !left.isEmpty()
                  ? Future.succeededFuture(left)
                  : lane.done(last(batches).sequence()).compose(done -> next(lane, limit));
            });
  }

  private static <T> T last(List<T> some) {
    return some.get(some.size() - 1);
  }

  /** These, the next in order, are done with. */
  Future<Void> done(List<Waiting> batches) {
    for (Waiting batch : batches) {
      waiting.addAndGet(-batch.length());
      if (batch.number() != Waiting.UNKNOWN) forwarded = Math.max(forwarded, batch.number());
    }
    Waiting last = last(batches);
    return last.lane().done(last.ends() ? last.sequence() : last.sequence() - 1);
  }

  /** Keeps a batch apart that nobody can read. */
  Future<Void> setAside(Waiting batch) {
    return batch.lane().setAside(batch);
  }

  /** Has the journal let go of what others don't need any more, if this alone holds much of it. */
  Future<Void> makeWay() {
    if (waiting.get() == 0 || journal.size() < journal.maxSize() / WORTH_MOVING)
      return Future.succeededFuture();
    return journal
        .heldBy(List.of(older.name(), younger.name(), arrivals.name()))
        .compose(
            held -> {
              long own = waiting.get();
              long gain = held - own;
              return gain > Math.max(own, journal.maxSize() / WORTH_MOVING)
                  ? move()
                  : Future.succeededFuture();
            });
  }

  /** A former go may have been interrupted: then there is something in the younger lane still. */
  private Future<Void> move() {
    long end = lastArrival.get();
    return younger
        .next()
        .onSuccess(
            left -> {
              if (left.isEmpty()) swap();
            })
        .compose(ready -> Steps.until(this::movePack))
        .compose(moved -> Steps.until(() -> moveArrivals(end)));
  }

  /** Succeeds with whether there was none. */
  private Future<Boolean> movePack() {
    return younger
        .records(1)
        .compose(
            records -> {
              if (records.isEmpty()) return Future.succeededFuture(true);
              JournalRecord pack = records.get(0);
              moved.increment();
              return older
                  .take(pack.body())
                  .compose(taken -> younger.done(pack.sequence()))
                  .map(false);
            });
  }

  /** Moves some of those up to a number; succeeds with whether there was none. */
  private Future<Boolean> moveArrivals(long end) {
    return arrivals
        .records(AT_ONCE)
        .compose(
            records -> {
              List<Waiting> some =
                  arrivals.batches(records).stream()
                      .filter(batch -> batch.sequence() <= end)
                      .toList();
              if (some.isEmpty()) return Future.succeededFuture(true);
              List<Waiting> fitting = Pack.fitting(some, packBytes);
              moved.increment();
              return older
                  .take(Pack.of(fitting))
                  .compose(taken -> arrivals.done(last(fitting).sequence()))
                  .map(false);
            });
  }
}
