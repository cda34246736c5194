package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import io.mestral.storage.embedded.metadata.sqlite.SqlFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the metadata needs besides being asked: the thorough check, and snapshots when due. */
final class MetadataCare {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataCare.class);

  /** What the snapshot at the end may take, in size and in time. */
  private static final long LARGEST_AT_END = 64L << 20;

  private static final long LONGEST_AT_END = 1000;
  private static final long UNKNOWN = -1;

  private final MetadataFile file;
  private final Snapshots snapshots;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(MetadataCare::daemon);
  private volatile LongSupplier changes = () -> UNKNOWN;
  private volatile long changesKept = UNKNOWN;
  private volatile Integrity integrity = new Integrity.Unchecked();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  MetadataCare(MetadataFile file, Snapshots snapshots) {
    this.file = file;
    this.snapshots = snapshots;
  }

  /**
   * Begins.
   *
   * @param changes grows whenever rows were changed
   */
  void begin(boolean checkDue, LongSupplier changes) {
    this.changes = changes;
    if (checkDue) thread.execute(this::check);
    else integrity = new Integrity.Sound();
    thread.scheduleWithFixedDelay(this::snapshotIfDue, 0, 1, TimeUnit.HOURS);
  }

  Integrity integrity() {
    return integrity;
  }

  /** SQLite stumbled over the file while it was used. */
  void damaged(String what) {
    if (integrity instanceof Integrity.Damaged) return;
    integrity = new Integrity.Damaged(what);
    LOG.error("{} is damaged ({}); the next start sets it aside", file.path(), what);
    try {
      file.suspect(what);
    } catch (IOException unwritable) {
      LOG.error("this could not be noted beside the file: {}", unwritable.getMessage());
    }
  }

  /** Checks the file thoroughly, behind what the care thread has to do; blocks meanwhile. */
  void examine() {
    CompletableFuture.runAsync(this::check, thread).join();
  }

  /** Runs on the care thread, like every look at the clock; the future is done when it is. */
  CompletableFuture<Void> look() {
    return CompletableFuture.runAsync(this::snapshotIfDue, thread);
  }

  /**
   * Stops what is under way and takes a last snapshot if that is quick and something changed; to be
   * called when nothing changes any more.
   */
  CompletableFuture<Void> close() {
    if (!closing.compareAndSet(false, true)) return ended;
    interrupt();
    thread.execute(this::end); // one thread: all that was begun is over by then
    thread.shutdown();
    return ended;
  }

  private void end() {
    Executor later = CompletableFuture.delayedExecutor(LONGEST_AT_END, TimeUnit.MILLISECONDS);
    CompletableFuture<Void> patience = CompletableFuture.runAsync(this::interrupt, later);
    try {
      boolean changed = changesKept != changes.getAsLong();
      boolean sound = integrity instanceof Integrity.Sound;
      if (changed && sound && Files.size(file.path()) <= LARGEST_AT_END) snapshot();
    } catch (IOException failure) {
      LOG.error("no snapshot of the metadata at the end: {}", failure.getMessage());
    } finally {
      patience.cancel(false);
      ended.complete(null);
    }
  }

  private void interrupt() {
    try {
      snapshots.interrupt();
    } catch (SQLException stubborn) {
      LOG.warn("a snapshot could not be stopped: {}", stubborn.getMessage());
    }
  }

  private void check() {
    if (closing.get()) return;
    try {
      Optional<String> problem = snapshots.problem(file.path());
      problem.ifPresentOrElse(this::damaged, () -> integrity = new Integrity.Sound());
    } catch (SQLException failure) {
      if (closing.get()) return;
      if (SqlFailures.isDamage(failure)) damaged(failure.getMessage());
      else LOG.error("the metadata can't be checked: {}", failure.getMessage());
    }
  }

  /** After a start nobody knows what changed since the last one: that counts as a change. */
  private void snapshotIfDue() {
    if (closing.get() || integrity instanceof Integrity.Damaged) return;
    try {
      if (changesKept != changes.getAsLong() || snapshots.due()) snapshot();
    } catch (IOException failure) {
      LOG.error("the snapshots cannot be listed: {}", failure.getMessage());
    }
  }

  private void snapshot() {
    try {
      long before = changes.getAsLong();
      Path taken = snapshots.take(file.path());
      changesKept = before;
      LOG.info("the metadata has a snapshot: {}", taken);
    } catch (IOException | SQLException | RuntimeException failure) {
      LOG.error("no snapshot of the metadata: {}", failure.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "mestral-metadata-care");
    thread.setDaemon(true);
    return thread;
  }
}
