package io.mestral.storage.embedded.journal;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.Journal;
import io.mestral.storage.JournalRecord;
import io.mestral.storage.StreamName;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of a node: segment files in a folder of its own, written by a thread of its own. */
public final class EmbeddedJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedJournal.class);

  private final Vertx vertx;
  private final Context ownContext;
  private final JournalOptions options;
  private final WaitingCalls waiting;
  private final JournalFolder folder;
  private final SegmentFiles files;
  private final JournalMeters meters;
  private final JournalReport report;
  private final AtomicReference<Future<Void>> closed = new AtomicReference<>();

  private EmbeddedJournal(Parts parts, MeterRegistry registry) {
    vertx = parts.vertx;
    ownContext = vertx.getOrCreateContext();
    options = parts.options;
    folder = parts.folder;
    files = parts.files;
    report = parts.report;
    waiting = new WaitingCalls(options.maxWaiting(), options.maxWaitingBytes());
    meters = new JournalMeters(registry, folder, files, waiting);
  }

  private record Parts(
      Vertx vertx,
      JournalOptions options,
      JournalFolder folder,
      SegmentFiles files,
      JournalReport report) {}

  /**
   * Opens the journal in a folder, which is made if need be, and repairs what a crash left; blocks
   * while it reads. Damage does not keep it from opening and stands in {@link #report}.
   *
   * @throws UncheckedIOException when the folder cannot be listed
   */
  public static EmbeddedJournal open(
      Vertx vertx, Path folder, JournalOptions options, MeterRegistry meters) {
    return open(vertx, folder, options, meters, JournalFolder.Disk.REAL);
  }

  static EmbeddedJournal open(
      Vertx vertx,
      Path path,
      JournalOptions options,
      MeterRegistry meters,
      JournalFolder.Disk disk) {
    try {
      JournalFolder folder = new JournalFolder(path, disk);
      Recovery.Recovered found = Recovery.of(folder);
      SegmentFiles files =
          new SegmentFiles(
              folder, options.segmentBytes(), found.segments(), found.next().segment());
      EmbeddedJournal journal =
          new EmbeddedJournal(new Parts(vertx, options, folder, files, found.report()), meters);
      journal.start(new JournalLog(options, files, found), path);
      return journal;
    } catch (IOException failure) {
      throw new UncheckedIOException("the journal in " + path + " cannot be opened", failure);
    }
  }

  private void start(JournalLog journalLog, Path folder) {
    try {
      journalLog.begin(0);
    } catch (IOException failure) {
      log.error("the journal in {} can be read but not written", folder, failure);
    }
    JournalWriter writer =
        new JournalWriter(waiting, journalLog, meters, options.syncInterval(), folder);
    Thread thread = new Thread(writer, "mestral-journal");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was found when it was opened. */
  public JournalReport report() {
    return report;
  }

  @Override
  public long size() {
    return files.size();
  }

  @Override
  public long maxSize() {
    return options.maxBytes();
  }

  /** The longest body there can be. */
  public int maxRecordBytes() {
    return options.maxRecordBytes();
  }

  @Override
  public Future<Long> append(StreamName stream, Buffer body) {
    return append(stream, body, false);
  }

  @Override
  public Future<Long> appendFreeing(StreamName stream, Buffer body) {
    return append(stream, body, true);
  }

  private Future<Long> append(StreamName stream, Buffer body, boolean frees) {
    if (body.length() > options.maxRecordBytes()) {
      meters.refused();
      return Future.failedFuture(
          new RefusedException(
              Refusal.TOO_LARGE,
              "a record has at most " + options.maxRecordBytes() + " bytes, not " + body.length()));
    }
    return offer(new Commands.Append(callersContext(), stream, body, frees));
  }

  @Override
  public Future<List<JournalRecord>> read(StreamName stream, long after, int limit) {
    if (limit < 1) return Future.failedFuture(new IllegalArgumentException("limit " + limit));
    return offer(new Commands.Locate(callersContext(), stream, after, limit))
        .compose(plan -> vertx.executeBlocking(() -> SegmentReader.read(plan), false));
  }

  @Override
  public Future<Void> trim(StreamName stream, long upTo) {
    return offer(new Commands.Trim(callersContext(), stream, upTo));
  }

  @Override
  public Future<Void> setAside(StreamName stream, JournalRecord record) {
    return vertx
        .executeBlocking(
            () -> folder.setAside(stream, record.sequence(), record.body().getBytes()), false)
        .onSuccess(
            place ->
                log.error(
                    "record {} of stream {} lies in {}, for nobody can use it",
                    record.sequence(),
                    stream,
                    place))
        .recover(
            failure ->
                Future.failedFuture(
                    new RefusedException(
                        Refusal.UNAVAILABLE,
                        "record "
                            + record.sequence()
                            + " of stream "
                            + stream
                            + " can't be kept apart: "
                            + failure.getMessage())))
        .mapEmpty();
  }

  @Override
  public Future<Long> heldBy(Collection<StreamName> streams) {
    return offer(new Commands.Weigh(callersContext(), List.copyOf(streams)));
  }

  @Override
  public Future<Void> check() {
    return offer(new Commands.Probe(callersContext()));
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closing = Promise.promise();
    if (closed.compareAndSet(null, closing.future()))
      waiting.insist(new Commands.Close(callersContext())).onComplete(closing);
    return closed.get();
  }

  private <T> Future<T> offer(Command<T> command) {
    return waiting.offer(command, meters::refused);
  }

  /** Answers go where the call came from; calls from other threads get a context of ours. */
  private Context callersContext() {
    Context current = Vertx.currentContext();
    return current == null ? ownContext : current;
  }

  /**
   * Gives a stream its applier and blocks until that one had every record that is there; from then
   * on it gets each new one. Once for each stream, before the first append to it.
   *
   * @throws IllegalStateException when the records cannot be read or the journal is closed
   */
  public void attach(StreamName stream, Applier applier) {
    CompletableFuture<Void> done = new CompletableFuture<>(); // the caller may block a context
    Future<Void> queued =
        between(
            journal -> {
              try {
                journal.attach(stream, applier);
                done.complete(null);
              } catch (IOException | RuntimeException failure) {
                done.completeExceptionally(failure);
              }
            });
    queued.onFailure(done::completeExceptionally);
    try {
      done.join();
    } catch (CompletionException failure) {
      throw new IllegalStateException("stream " + stream + " cannot be read", failure.getCause());
    }
  }

  /**
   * Holds all that is synced now; to be closed by whoever asked. Blocks, so it is not for event
   * loops.
   *
   * @throws IOException when the files can't be opened or the journal is closed
   */
  public FrozenJournal freeze() throws IOException {
    CompletableFuture<FrozenJournal> frozen = new CompletableFuture<>();
    Future<Void> queued =
        between(
            journal -> {
              try {
                journal.sync();
                frozen.complete(FrozenJournal.of(files.segments()));
              } catch (IOException | RuntimeException failure) {
                frozen.completeExceptionally(failure);
              }
            });
    queued.onFailure(frozen::completeExceptionally);
    try {
      return frozen.join();
    } catch (CompletionException failure) {
      throw new IOException("the journal cannot be read", failure.getCause());
    }
  }

  /** Runs something quick on the journal's thread, between two records of any applier. */
  public Future<Void> betweenRecords(Runnable task) {
    return between(journal -> task.run());
  }

  private Future<Void> between(Commands.Between.Step step) {
    return waiting.insist(new Commands.Between(callersContext(), step));
  }
}
