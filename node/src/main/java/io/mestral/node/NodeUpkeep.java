package io.mestral.node;

import io.mestral.config.Release;
import io.mestral.storage.embedded.backup.Backup;
import io.mestral.storage.embedded.backup.Inspection;
import io.mestral.storage.embedded.backup.Manifest;
import io.mestral.storage.embedded.backup.Pace;
import io.mestral.storage.embedded.backup.Progress;
import io.mestral.storage.embedded.backup.Sources;
import io.mestral.storage.embedded.backup.Unusable;
import io.mestral.verticles.http.ops.Upkeep;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups and looks through the files of what this node keeps, on a thread of their own. */
final class NodeUpkeep implements Upkeep {
  private static final Logger log = LoggerFactory.getLogger(NodeUpkeep.class);

  /** Slow enough to leave most of a disk to others. */
  private static final long BYTES_PER_SECOND = 64 << 20;

  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Supplier<Sources> sources;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(work, "mestral-upkeep");
            worker.setDaemon(true);
            return worker;
          });
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicLong lastBackupAt = new AtomicLong();
  private final AtomicLong problemsFound = new AtomicLong();
  private volatile boolean stopping;
  private volatile Optional<Supplier<Report>> lastBackup = Optional.empty();
  private volatile Optional<Supplier<Report>> lastCheck = Optional.empty();
  private volatile CompletableFuture<Report> running = CompletableFuture.completedFuture(null);

  /**
   * @param sources what there is now: a move changes it
   */
  NodeUpkeep(Vertx vertx, Supplier<Sources> sources, MeterRegistry meters, Clock clock) {
    this.vertx = vertx;
    this.sources = sources;
    this.meters = meters;
    this.clock = clock;
    meters.gauge("mestral.backup.last.epoch.seconds", lastBackupAt);
    meters.gauge("mestral.check.problems", problemsFound);
  }

  @Override
  public Future<Report> backup(Path folder) {
    if (!busy.compareAndSet(false, true)) return busyWith();
    Errand errand = new Errand(Optional.of(folder));
    lastBackup = Optional.of(errand::report);
    return begin(errand, () -> backup(errand, folder))
        .onSuccess(
            report ->
                meters
                    .counter(
                        "mestral.backups", "result", report.state().name().toLowerCase(Locale.ROOT))
                    .increment());
  }

  @Override
  public Future<Report> check() {
    if (!busy.compareAndSet(false, true)) return busyWith();
    Errand errand = new Errand(Optional.empty());
    lastCheck = Optional.of(errand::report);
    return begin(errand, () -> check(errand));
  }

  @Override
  public Optional<Report> lastBackup() {
    return lastBackup.map(Supplier::get);
  }

  @Override
  public Optional<Report> lastCheck() {
    return lastCheck.map(Supplier::get);
  }

  private static Future<Report> busyWith() {
    return Future.failedFuture(new Busy("a backup or a check is under way"));
  }

  private Future<Report> begin(Errand errand, Work work) {
    CompletableFuture<Report> done =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                errand.run(work);
              } finally {
                busy.set(false);
              }
              return errand.report();
            },
            thread);
    running = done;
    return Future.fromCompletionStage(done, vertx.getOrCreateContext());
  }

  private Outcome backup(Errand errand, Path folder) throws IOException {
    Pace pace = Pace.of(BYTES_PER_SECOND, () -> stopping);
    Manifest manifest =
        new Backup(sources, errand.progress, pace, () -> stopping)
            .take(folder, Release.version(), clock.instant());
    lastBackupAt.set(clock.instant().getEpochSecond());
    log.info("{} holds a backup: {} files", folder, manifest.files().size());
    manifest.problems().forEach(problem -> log.error("the backup found damage: {}", problem));
    return new Outcome(
        new Extent(manifest.files().size(), manifest.bytes(), 1, manifest.readings()),
        new Findings(manifest.problems(), List.of(), manifest.elsewhere()));
  }

  private Outcome check(Errand errand) throws IOException {
    Pace pace = Pace.of(BYTES_PER_SECOND, () -> stopping);
    Sources now = sources.get();
    Inspection.Result result = new Inspection(now, errand.progress, pace).run();
    problemsFound.set(result.problems().size());
    result.problems().forEach(problem -> log.error("the check found damage: {}", problem));
    return new Outcome(
        new Extent(errand.progress.files(), errand.progress.bytes(), 1, result.readings()),
        new Findings(result.problems(), result.setAside(), now.elsewhere()));
  }

  /** Gives up what is under way, and waits a little for that. */
  Future<Void> close() {
    stopping = true;
    thread.shutdown();
    return Future.fromCompletionStage(
        running
            .handle((report, failure) -> (Void) null)
            .completeOnTimeout(null, PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS),
        vertx.getOrCreateContext());
  }

  /** What may fail. */
  @FunctionalInterface
  private interface Work {
    Outcome run() throws IOException;
  }

  private record Outcome(Extent extent, Findings findings) {}

  /** One piece of work, from its beginning on. */
  private final class Errand {
    private final Progress progress = new Progress();
    private final Instant began = clock.instant();
    private final long beganAt = System.nanoTime();
    private final Optional<Path> folder;
    private volatile Optional<Report> end = Optional.empty();

    Errand(Optional<Path> folder) {
      this.folder = folder;
    }

    void run(Work work) {
      try {
        Outcome outcome = work.run();
        end(State.DONE, outcome.extent, outcome.findings, Optional.empty());
      } catch (Unusable unusable) {
        fail(State.REFUSED, unusable);
      } catch (IOException | RuntimeException failure) {
        log.error("the backup or check broke off", failure);
        fail(State.FAILED, failure);
      }
    }

    private void fail(State state, Exception failure) {
      String why = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
      end(state, soFar(), Findings.NONE, Optional.of(why));
    }

    private void end(State state, Extent extent, Findings findings, Optional<String> why) {
      end = Optional.of(new Report(state, began, took(), folder, extent, findings, why));
    }

    Report report() {
      return end.orElseGet(
          () ->
              new Report(
                  State.RUNNING, began, took(), folder, soFar(), Findings.NONE, Optional.empty()));
    }

    private Extent soFar() {
      double share = progress.total() == 0 ? 0 : progress.bytes() / (double) progress.total();
      return new Extent(progress.files(), progress.bytes(), share, 0);
    }

    private Duration took() {
      return Duration.ofNanos(System.nanoTime() - beganAt);
    }
  }
}
