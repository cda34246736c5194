package io.mestral.storage.embedded.journal;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.vertx.core.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's thread. It takes all calls that wait, writes them as one group, syncs once and then
 * tells all callers. Nothing is delayed to make a group larger: while one is being synced the next
 * one gathers by itself.
 */
final class JournalWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);
  private static final int GROUP_BYTES = 1 << 20;

  private final WaitingCalls waiting;
  private final JournalLog journal;
  private final JournalMeters meters;
  private final Optional<Duration> syncInterval;
  private final Path folder;
  private final List<Command<?>> group = new ArrayList<>();
  private final Map<Context, List<Command<?>>> tellings = new HashMap<>();
  private long groupBytes;
  private long lastSync = System.nanoTime();
  private boolean groupWrites;
  private boolean closed;

  JournalWriter(
      WaitingCalls waiting,
      JournalLog journal,
      JournalMeters meters,
      Optional<Duration> syncInterval,
      Path folder) {
    this.waiting = waiting;
    this.journal = journal;
    this.meters = meters;
    this.syncInterval = syncInterval;
    this.folder = folder;
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        Optional<Command<?>> first = next();
        if (first.isPresent()) take(first.get());
        if (isSyncDue()) syncLate();
      }
    } catch (InterruptedException interrupted) {
      log.error("the journal's thread was interrupted and ends");
      Thread.currentThread().interrupt();
    } finally {
      waiting.end();
    }
  }

  private Optional<Command<?>> next() throws InterruptedException {
    if (!journal.isUnsynced()) return Optional.of(waiting.take());
    long since = System.nanoTime() - lastSync;
    return waiting.poll(Math.max(0, syncInterval.orElse(Duration.ZERO).toNanos() - since));
  }

  private void take(Command<?> first) {
    Command<?> alone = gather(first);
    if (!group.isEmpty()) {
      writeGroup();
      tell();
    }
    if (alone != null) {
      runAlone(alone);
      tell();
    }
  }

  /** Fills the group from what waits; gives the call that ended it, which needs its own turn. */
  private Command<?> gather(Command<?> first) {
    Command<?> each = first;
    while (each != null && !each.isAlone()) {
      group.add(each);
      groupBytes += each.bytes();
      groupWrites |= each.writes();
      each = groupBytes < GROUP_BYTES ? waiting.pollNow() : null;
    }
    return each;
  }

  private void writeGroup() {
    try {
      if (groupWrites) commitGroup();
    } catch (IOException | RuntimeException failure) {
      journal.abort();
      failGroup(failure);
    }
    for (Command<?> each : group) if (!each.hasFailed()) each.kept(journal);
    meters.wrote(group);
  }

  private void commitGroup() throws IOException {
    for (Command<?> each : group) each.free(journal);
    journal.begin(groupBytes);
    for (Command<?> each : group) writeOne(each);
    if (journal.commit(syncInterval.isEmpty())) meters.synced();
  }

  private void writeOne(Command<?> command) throws IOException {
    try {
      command.write(journal);
    } catch (RefusedException refused) {
      meters.refused();
      command.fail(refused);
    }
  }

  private void failGroup(Exception failure) {
    log.error("{} calls could not be written", group.size(), failure);
    RefusedException refusal = refusal(failure);
    for (Command<?> each : group)
      if (each.writes() && !each.hasFailed()) {
        meters.refused();
        each.fail(refusal);
      }
  }

  private RefusedException refusal(Exception failure) {
    if (failure instanceof RuntimeException)
      return new RefusedException(Refusal.INTERNAL, "the journal has a fault");
    return isDiskFull()
        ? new RefusedException(Refusal.QUOTA_EXCEEDED, "the disk is full")
        : new RefusedException(Refusal.UNAVAILABLE, "the journal cannot be written");
  }

  private boolean isDiskFull() {
    try {
      return Files.getFileStore(folder).getUsableSpace() < GROUP_BYTES + groupBytes;
    } catch (IOException failure) {
      log.warn("the disk of {} does not answer", folder, failure);
      return false;
    }
  }

  private void runAlone(Command<?> command) {
    group.add(command);
    try {
      closed |= command instanceof Commands.Close;
      command.write(journal);
    } catch (IOException | RuntimeException failure) {
      failGroup(failure);
    }
  }

  private boolean isSyncDue() {
    return journal.isUnsynced()
        && System.nanoTime() - lastSync >= syncInterval.orElse(Duration.ZERO).toNanos();
  }

  private void syncLate() {
    lastSync = System.nanoTime();
    try {
      journal.sync();
      meters.synced();
    } catch (IOException failure) {
      log.error(
          "what was written in the last {} may be lost at a power cut", syncInterval, failure);
    }
  }

  /** One task for each context, however many calls it has in the group. */
  private void tell() {
    for (Command<?> each : group)
      tellings.computeIfAbsent(each.context(), context -> new ArrayList<>()).add(each);
    tellings.forEach((context, calls) -> tellOn(context, calls));
    waiting.done(group.size(), groupBytes);
    tellings.clear();
    group.clear();
    groupBytes = 0;
    groupWrites = false;
  }

  static void tellOn(Context context, List<Command<?>> calls) {
    try {
      context.runOnContext(turn -> settle(calls));
    } catch (RejectedExecutionException gone) {
      log.info("{} callers are gone and miss their answers", calls.size());
    }
  }

  private static void settle(List<Command<?>> calls) {
    for (Command<?> each : calls)
      try {
        each.settle();
      } catch (RuntimeException failure) {
        log.error("a caller failed on the journal's answer", failure);
      }
  }
}
