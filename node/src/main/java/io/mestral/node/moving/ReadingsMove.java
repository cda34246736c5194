package io.mestral.node.moving;

import io.mestral.model.DeviceId;
import io.mestral.storage.MovableReadings;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Brings all readings to another store while the one in use goes on: first everything, then what
 * changed meanwhile, in rounds that become shorter; when one was short, changes are held back, the
 * last of them compared, and the other store is used. It may break off anywhere and be begun again:
 * what is the same on both sides is only compared. Runs on a thread of its own.
 */
public final class ReadingsMove {
  /** A round that took no longer is a reason to try to end. */
  private static final Duration SHORT = Duration.ofMillis(500);

  /** So is one that took no longer than this, if rounds don't become shorter any more. */
  private static final Duration SHORT_ENOUGH = Duration.ofSeconds(4);

  /** Less than the patience of those whose changes are held back. */
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(8);

  private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofMillis(20);
  private static final int MOST_ROUNDS = 500;
  private static final int MOST_HOLDS = 20;

  private final ReadingsInUse inUse;
  private final MovableReadings to;
  private final Commit commit;
  private final MoveProgress progress;
  private final Patience patience;
  private final DeviceMove devices;
  private Set<Touched> due = new HashSet<>();
  private boolean everythingIsDue = true;

  /** Writes down, for good, that the readings are in the new store. */
  @FunctionalInterface
  public interface Commit {
    /** Fails when that isn't written. */
    void run() throws IOException;
  }

  /**
   * What is asked for.
   *
   * @param absence how long a store may be away
   * @param leaveHours whether hours of readings that are gone are left behind where others of their
   *     day are not
   * @param firstDay since 1970-01-01 (UTC): what is older has passed its age and stays behind
   * @param firstReadings of older days only the hours go
   */
  public record Wish(Duration absence, boolean leaveHours, long firstDay, long firstReadings) {
    /** All that there is. */
    public static final long EVER = Long.MIN_VALUE;
  }

  /**
   * A move out of the store that is in use.
   *
   * @param to empty, or what an earlier attempt left
   * @param stopped whether somebody wants it to end; asked again and again
   */
  public ReadingsMove(
      ReadingsInUse inUse,
      MovableReadings to,
      Wish wish,
      MoveProgress progress,
      BooleanSupplier stopped,
      Commit commit) {
    this.inUse = inUse;
    this.to = to;
    this.commit = commit;
    this.progress = progress;
    patience = new Patience(wish.absence, progress, stopped);
    devices = new DeviceMove(inUse, to, patience, progress, wish);
  }

  /**
   * Returns when the other store is used.
   *
   * @throws MoveBroken when it isn't; nothing has changed for the node then
   */
  public void run() {
    try {
      patience.get(inUse::watch);
      progress.phase(MoveProgress.Phase.COPYING);
      awaitWhatWasKept();
      bringWhatIsDue(true);
      int holds = 0;
      long before = Long.MAX_VALUE;
      for (int round = 1; round <= MOST_ROUNDS && holds < MOST_HOLDS; round++) {
        progress.phase(MoveProgress.Phase.CATCHING_UP);
        long took = round();
        if (isTimeToEnd(took, before)) {
          if (isCutOver()) return;
          holds++;
        }
        before = took;
      }
      throw MoveBroken.because("readings change faster than they can be compared");
    } finally {
      surely(inUse::unwatch);
    }
  }

  /** How long it took. */
  private long round() {
    patience.get(() -> inUse.store().check()); // nobody is held up for a store that is away
    patience.get(to::check);
    patience.get(to::carried); // removals that were given up waiting for, too
    long began = System.nanoTime();
    noteWhatChanged();
    awaitWhatWasKept();
    bringWhatIsDue(false);
    return System.nanoTime() - began;
  }

  /**
   * Days are compared as readers see them, and what was acknowledged may be seen later: a store may
   * have it in the journal only.
   */
  private void awaitWhatWasKept() {
    LongSupplier backlog = inUse.store().backlog();
    long left = backlog.getAsLong();
    long since = System.nanoTime();
    while (left > 0) {
      patience.get(() -> inUse.store().check());
      progress.waitingFor(Optional.of(left + " records of the journal to be carried over"));
      LockSupport.parkNanos(BEFORE_LOOKING_AGAIN.toNanos());
      long now = backlog.getAsLong();
      if (now < left) since = System.nanoTime();
      else if (patience.isOver(since))
        throw MoveBroken.because(left + " records of the journal are not carried over");
      left = now;
    }
    progress.waitingFor(Optional.empty());
  }

  private static boolean isTimeToEnd(long took, long before) {
    return took <= SHORT.toNanos() || took <= SHORT_ENOUGH.toNanos() && took > before / 5 * 4;
  }

  /** Whatever the hurry: what is told here isn't told again. */
  private void noteWhatChanged() {
    Optional<Set<Touched>> touched = surely(inUse::touched);
    if (touched.isPresent()) due.addAll(touched.get());
    else everythingIsDue = true;
  }

  /** It stays due until all of it was compared. */
  private void bringWhatIsDue(boolean first) {
    if (everythingIsDue) everything(first);
    else bring(due);
    everythingIsDue = false;
    due = new HashSet<>();
  }

  private void everything(boolean first) {
    Set<DeviceId> all = new TreeSet<>(Comparator.comparingLong(DeviceId::value));
    MovableReadings from = inUse.store();
    all.addAll(patience.get(from::devices));
    all.addAll(patience.get(to::devices));
    progress.devicesInAll(all.size());
    for (DeviceId device : all) {
      Set<Long> days = new TreeSet<>(patience.get(() -> from.days(device)));
      days.addAll(patience.get(() -> to.days(device)));
      devices.bring(device, days, first);
      progress.deviceDone();
    }
  }

  private void bring(Set<Touched> touched) {
    Map<Long, Set<Long>> days = new TreeMap<>();
    for (Touched each : touched) {
      Set<Long> its = days.computeIfAbsent(each.device().value(), none -> new TreeSet<>());
      if (each.firstDay() == each.lastDay()) its.add(each.firstDay());
      else its.addAll(daysIn(each));
    }
    days.forEach((device, its) -> devices.bring(new DeviceId(device), its, false));
  }

  /** Of a long range only the days that one of both has. */
  private Set<Long> daysIn(Touched range) {
    Set<Long> days = new TreeSet<>(patience.get(() -> inUse.store().days(range.device())));
    days.addAll(patience.get(() -> to.days(range.device())));
    days.removeIf(day -> !range.contains(day));
    return days;
  }

  private boolean isCutOver() {
    progress.phase(MoveProgress.Phase.CUTTING_OVER);
    patience.hurry(LONGEST_HOLD);
    try {
      patience.get(inUse::hold);
      patience.get(() -> inUse.store().carried());
      noteWhatChanged();
      if (everythingIsDue) return false;
      bringWhatIsDue(false);
      patience.get(to::carried);
      commit.run();
      surely(() -> inUse.use(to)); // whoever wants to stop comes too late
      progress.phase(MoveProgress.Phase.DONE);
      return true;
    } catch (Patience.Late tooMuch) {
      return false;
    } catch (IOException failure) {
      throw MoveBroken.because("the move can't be written down: " + failure.getMessage());
    } finally {
      patience.relax();
      surely(inUse::release);
    }
  }

  private static <T> T surely(Supplier<Future<T>> task) {
    try {
      return task.get().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw MoveBroken.because(String.valueOf(failure.getCause()));
    }
  }
}
