package io.mestral.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A real journal on a disk that fails, or takes its time, for records of some kinds. */
public final class FaultyJournal implements Journal {
  /** What a record of the broker begins with. */
  public static final int SESSION_STATE = 1;

  public static final int SESSION_ENDED = 2;
  public static final int UNSUBSCRIBED = 4;
  public static final int MESSAGE = 5;
  public static final int RECEIPT_RELEASED = 7;
  public static final int RECEIVED = 8;

  private final Journal real;
  private final Set<Integer> failing = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicInteger> passes = new ConcurrentHashMap<>();
  private final Map<Integer, String> slow = new ConcurrentHashMap<>();
  private final BlockingQueue<Promise<Void>> held = new LinkedBlockingQueue<>();
  private volatile boolean full;

  public FaultyJournal(Journal real) {
    this.real = real;
  }

  /** From now on records of this kind can't be written. */
  public void fail(int kind) {
    failing.add(kind);
  }

  /** After so many more of this kind none can be written. */
  public void fail(int kind, int after) {
    passes.put(kind, new AtomicInteger(after));
  }

  /** From now on only what makes others needless can be written. */
  public void fill() {
    full = true;
  }

  /** From now on every record can be written. */
  public void heal() {
    full = false;
    failing.clear();
    passes.clear();
  }

  /** Holds the next record of this kind back until the promise of {@link #held} is complete. */
  public void hold(int kind) {
    hold(kind, "");
  }

  /** The same of the next record of this kind that names something, such as a client. */
  public void hold(int kind, String name) {
    slow.put(kind, name);
  }

  /** A record that is held back: it is written, or isn't, as is said here. */
  public Promise<Void> held() throws InterruptedException {
    return held.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public Future<Long> append(StreamName stream, Buffer body) {
    if (full)
      return Future.failedFuture(new RefusedException(Refusal.QUOTA_EXCEEDED, "the disk is full"));
    return append(body, () -> real.append(stream, body));
  }

  @Override
  public Future<Long> appendFreeing(StreamName stream, Buffer body) {
    return append(body, () -> real.appendFreeing(stream, body));
  }

  private Future<Long> append(Buffer body, Supplier<Future<Long>> append) {
    int kind = body.getByte(0);
    if (passes.containsKey(kind) && passes.get(kind).getAndDecrement() == 0) fail(kind);
    if (failing.contains(kind))
      return Future.failedFuture(new RefusedException(Refusal.UNAVAILABLE, "the disk fails"));
    String name = slow.get(kind);
    if (name == null || !body.toString(ISO_8859_1).contains(name) || !slow.remove(kind, name))
      return append.get();
    Promise<Void> turn = Promise.promise();
    held.add(turn);
    return turn.future().compose(go -> append.get());
  }

  @Override
  public Future<List<JournalRecord>> read(StreamName stream, long after, int limit) {
    return real.read(stream, after, limit);
  }

  @Override
  public Future<Void> trim(StreamName stream, long upTo) {
    return real.trim(stream, upTo);
  }

  @Override
  public Future<Void> setAside(StreamName stream, JournalRecord record) {
    return real.setAside(stream, record);
  }

  @Override
  public Future<Long> heldBy(Collection<StreamName> streams) {
    return real.heldBy(streams);
  }

  @Override
  public long size() {
    return real.size();
  }

  @Override
  public long maxSize() {
    return real.maxSize();
  }

  @Override
  public Future<Void> check() {
    return real.check();
  }

  @Override
  public Future<Void> close() {
    return real.close();
  }
}
