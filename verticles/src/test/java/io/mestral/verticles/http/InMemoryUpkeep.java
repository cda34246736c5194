package io.mestral.verticles.http;

import io.mestral.verticles.http.ops.Upkeep;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Work that is done when a test says so. */
final class InMemoryUpkeep implements Upkeep {
  volatile Optional<Report> backup = Optional.empty();
  volatile Optional<Report> check = Optional.empty();
  volatile State outcome = State.DONE;
  volatile Optional<String> failure = Optional.empty();
  volatile Findings findings = Findings.NONE;
  volatile boolean busy;

  @Override
  public Future<Report> backup(Path folder) {
    if (busy) return Future.failedFuture(new Busy("a backup is under way"));
    backup = Optional.of(report(Optional.of(folder)));
    return settled(backup.get());
  }

  @Override
  public Future<Report> check() {
    check = Optional.of(report(Optional.empty()));
    return settled(check.get());
  }

  private Future<Report> settled(Report report) {
    return outcome == State.RUNNING
        ? Promise.<Report>promise().future()
        : Future.succeededFuture(report);
  }

  private Report report(Optional<Path> folder) {
    return new Report(
        outcome,
        TestNode.NOW,
        Duration.ofMillis(1500),
        folder,
        new Extent(3, 4096, 1, 77),
        findings,
        failure);
  }

  @Override
  public Optional<Report> lastBackup() {
    return backup;
  }

  @Override
  public Optional<Report> lastCheck() {
    return check;
  }

  static Findings damage(String problem) {
    return new Findings(List.of(problem), List.of("damaged/x"), List.of());
  }
}
