package io.mestral.node.moving;

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
import io.mestral.storage.MovableReadings;
import io.mestral.storage.ReadingStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The store that the node uses now. While its readings are moved, this one knows what changes, can
 * hold changes back for a moment, and puts another store in its place. Until the first move it
 * hands everything on; from then on changes go through one context, which owns what is known.
 */
public final class ReadingsInUse implements ReadingStore {
  private static final int MOST_WAITING = 50_000;
  private static final int MOST_TOUCHED = 1_000_000;
  private static final long LOOK_AGAIN_MILLIS = 5;

  private final Vertx vertx;
  private final Context home;
  private final AtomicLong unrouted = new AtomicLong();
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();
  private Set<Touched> touched = new HashSet<>();
  private long underWay;
  private boolean held;
  private boolean watching;
  private boolean overflown;
  private volatile boolean routed;
  private volatile MovableReadings store;

  /** Hands on to this store. */
  public ReadingsInUse(Vertx vertx, MovableReadings store) {
    this.vertx = vertx;
    this.home = vertx.getOrCreateContext();
    this.store = store;
  }

  /** The store that is used now; any thread may ask. */
  public MovableReadings store() {
    return store;
  }

  @Override
  public Future<Void> append(List<Reading> readings) {
    return change(() -> store.append(readings), () -> Touched.of(readings));
  }

  @Override
  public Future<Void> delete(Series series, TimeRange range) {
    return change(() -> store.delete(series, range), () -> Touched.of(series, range));
  }

  /** Something that changes the store, and who waits for it. */
  private record Change(
      Supplier<Future<Void>> call,
      Supplier<Set<Touched>> days,
      Context callers,
      Promise<Void> answer) {

    void settle(Future<Void> outcome) {
      outcome.onComplete(done -> callers.runOnContext(turn -> answer.handle(done)));
    }
  }

  private Future<Void> change(Supplier<Future<Void>> call, Supplier<Set<Touched>> days) {
    if (!routed) {
      unrouted.incrementAndGet();
      if (!routed) return begun(call).onComplete(done -> unrouted.decrementAndGet());
      unrouted.decrementAndGet(); // the first move began between the two looks
    }
    Change change = new Change(call, days, vertx.getOrCreateContext(), Promise.promise());
    home.runOnContext(turn -> take(change));
    return change.answer.future();
  }

  /** Whatever is thrown is an answer, too. */
  private static Future<Void> begun(Supplier<Future<Void>> call) {
    try {
      return call.get();
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }

  private void take(Change change) {
    if (!held) carryOut(change);
    else if (waiting.size() < MOST_WAITING) waiting.addLast(change);
    else
      change.settle(
          Future.failedFuture(
              new RefusedException(Refusal.QUOTA_EXCEEDED, "readings are moved to another store")));
  }

  /** What changes is known before and after: nobody can say when between the two it does. */
  private void carryOut(Change change) {
    touch(change);
    underWay++;
    change.settle(
        begun(change.call)
            .onComplete(
                done -> {
                  underWay--;
                  touch(change);
                }));
  }

  private void touch(Change change) {
    if (!watching || overflown) return;
    touched.addAll(change.days.get());
    if (touched.size() <= MOST_TOUCHED) return;
    touched = new HashSet<>();
    overflown = true;
  }

  /** Begins to note what changes. Succeeds when every change that isn't noted is over. */
  Future<Void> watch() {
    Promise<Void> begun = Promise.promise();
    home.runOnContext(
        turn -> {
          touched = new HashSet<>();
          overflown = false;
          watching = true;
          routed = true;
          when(() -> unrouted.get() == 0, begun);
        });
    return begun.future();
  }

  /**
   * What changed since the last time this was asked; empty when that is more than can be named, so
   * that everything may have changed.
   */
  Future<Optional<Set<Touched>>> touched() {
    return atHome(
        () -> {
          Optional<Set<Touched>> all = overflown ? Optional.empty() : Optional.of(touched);
          touched = new HashSet<>();
          overflown = false;
          return all;
        });
  }

  /** Whether a day of a device has been noted. */
  Future<Boolean> isTouched(DeviceId device, long day) {
    return atHome(
        () ->
            overflown
                || touched.stream()
                    .anyMatch(each -> each.device().equals(device) && each.contains(day)));
  }

  /** Holds changes back. Succeeds when none is under way. */
  Future<Void> hold() {
    Promise<Void> quiet = Promise.promise();
    home.runOnContext(
        turn -> {
          held = true;
          when(() -> underWay == 0, quiet);
        });
    return quiet.future();
  }

  /** Carries out what was held back, in its order. */
  Future<Void> release() {
    return atHome(
        () -> {
          held = false;
          while (!waiting.isEmpty()) carryOut(waiting.removeFirst());
          return null;
        });
  }

  /** Puts another store in the place of this one. */
  Future<Void> use(MovableReadings other) {
    return atHome(
        () -> {
          store = other;
          return null;
        });
  }

  /** Notes nothing any more. */
  Future<Void> unwatch() {
    return atHome(
        () -> {
          watching = false;
          touched = new HashSet<>();
          return null;
        });
  }

  private void when(Supplier<Boolean> is, Promise<Void> then) {
    if (is.get()) then.complete();
    else vertx.setTimer(LOOK_AGAIN_MILLIS, late -> home.runOnContext(turn -> when(is, then)));
  }

  private <T> Future<T> atHome(Supplier<T> task) {
    Promise<T> answer = Promise.promise();
    home.runOnContext(turn -> answer.complete(task.get()));
    return answer.future();
  }

  @Override
  public Future<Samples> read(Series series, TimeRange range, int limit) {
    return store.read(series, range, limit);
  }

  @Override
  public Future<List<Summary>> summaries(Series series, Span span, TimeRange range) {
    return store.summaries(series, span, range);
  }

  @Override
  public Future<Map<DeviceId, Map<SensorId, Latest>>> latest(Collection<DeviceId> devices) {
    return store.latest(devices);
  }

  @Override
  public Future<LatestRows> latest(List<DeviceId> devices, List<SensorId> sensors) {
    return store.latest(devices, sensors);
  }

  @Override
  public Future<Void> check() {
    return store.check();
  }

  @Override
  public Future<Void> close() {
    return store.close();
  }
}
