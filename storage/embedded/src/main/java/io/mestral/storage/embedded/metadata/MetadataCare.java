package io.mestral.storage.embedded.metadata;

import io.mestral.storage.embedded.metadata.MetadataReport.Integrity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the metadata needs besides being asked: the thorough check, and snapshots when due. */
final class MetadataCare {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataCare.class);

  private final MetadataFile file;
  private final Snapshots snapshots;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(MetadataCare::daemon);
  private volatile Integrity integrity = new Integrity.Unchecked();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  MetadataCare(MetadataFile file, Snapshots snapshots) {
    this.file = file;
    this.snapshots = snapshots;
  }

  /** Begins; {@code changed} asks for a snapshot though today's may be there. */
  void begin(boolean checkDue, boolean changed) {
    if (checkDue) thread.execute(this::check);
    else integrity = new Integrity.Sound();
    if (changed) thread.execute(this::snapshot);
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

  /** Runs on the care thread, like every look at the clock; the future is done when it is. */
  CompletableFuture<Void> look() {
    return CompletableFuture.runAsync(this::snapshotIfDue, thread);
  }

  /** Stops what is under way: a half-made snapshot is dropped, the next start makes one. */
  CompletableFuture<Void> close() {
    if (!closing.compareAndSet(false, true)) return ended;
    thread.execute(() -> ended.complete(null)); // one thread: all that was begun is over by then
    try {
      snapshots.interrupt();
    } catch (SQLException stubborn) {
      LOG.warn("a snapshot could not be stopped: {}", stubborn.getMessage());
    }
    thread.shutdown();
    return ended;
  }

  private void check() {
    if (closing.get()) return;
    try {
      Optional<String> problem = snapshots.problem(file.path());
      problem.ifPresentOrElse(this::damaged, () -> integrity = new Integrity.Sound());
    } catch (SQLException failure) {
      if (!closing.get()) damaged(failure.getMessage());
    }
  }

  private void snapshotIfDue() {
    if (snapshots.due()) snapshot();
  }

  private void snapshot() {
    if (closing.get() || integrity instanceof Integrity.Damaged) return;
    try {
      Path taken = snapshots.take(file.path());
      LOG.info("the metadata has a snapshot: {}", taken);
    } catch (IOException | SQLException | RuntimeException failure) {
      if (!closing.get()) LOG.error("no snapshot of the metadata: {}", failure.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "mestral-metadata-care");
    thread.setDaemon(true);
    return thread;
  }
}
