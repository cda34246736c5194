package io.mestral.verticles.http.ops;

import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.ops.Upkeep.Report;
import io.mestral.verticles.http.ops.Upkeep.State;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /ops/v1/backup} and {@code /ops/v1/check}. A request that begins something is answered
 * when that is done, or with 202 when it takes longer; then asking again tells how far it is.
 */
public final class OpsUpkeep {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String DIR = "dir";

  private final Upkeep upkeep;

  /** Lets administrators begin these things. */
  public OpsUpkeep(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /** Begins a backup to the folder {@code dir} of the node's machine. */
  public Future<Answer> backup(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Path folder = folder(exchange);
    return begin(exchange.vertx(), () -> upkeep.backup(folder))
        .compose(done -> answer(upkeep.lastBackup(), OpsUpkeep::writeBackup));
  }

  /** How the last backup stands. */
  public Future<Answer> lastBackup(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return last(upkeep.lastBackup(), "Backup", OpsUpkeep::writeBackup);
  }

  /** Begins to look through the node's files. */
  public Future<Answer> check(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return begin(exchange.vertx(), upkeep::check)
        .compose(done -> answer(upkeep.lastCheck(), OpsUpkeep::writeCheck));
  }

  /** How the last look through the files stands. */
  public Future<Answer> lastCheck(Exchange exchange) {
    Administrators.only(exchange.viewer());
    return last(upkeep.lastCheck(), "Check", OpsUpkeep::writeCheck);
  }

  private static Path folder(Exchange exchange) {
    String text = exchange.params().text(DIR).orElse("");
    FieldErrors errors = new FieldErrors();
    if (text.isEmpty()) errors.add(DIR, FieldErrors.BLANK);
    errors.throwIfAny();
    try {
      Path folder = Path.of(text);
      if (folder.isAbsolute()) return folder.normalize();
      errors.add(DIR, "must be an absolute path");
    } catch (InvalidPathException e) {
      errors.add(DIR, FieldErrors.INVALID);
    }
    errors.throwIfAny();
    throw new IllegalStateException("unreachable");
  }

  /** Succeeds when the work is over, however it went, or patience is. */
  private static Future<Void> begin(Vertx vertx, Supplier<Future<Report>> work) {
    Promise<Void> answerable = Promise.promise();
    long timer = vertx.setTimer(PATIENCE.toMillis(), late -> answerable.tryComplete());
    work.get()
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              if (done.cause() instanceof Upkeep.Busy busy)
                answerable.tryFail(Problem.conflict(busy.getMessage()));
              else answerable.tryComplete();
            });
    return answerable.future();
  }

  /** Writes what a report means. */
  private interface Writing {
    void write(JsonWriter json, Report report);
  }

  private static Future<Answer> last(Optional<Report> report, String kind, Writing writing) {
    if (report.isEmpty()) throw Problem.recordNotFound(kind, "id", "last");
    return Future.succeededFuture(Answer.ok(json -> object(json, report.get(), writing)));
  }

  private static Future<Answer> answer(Optional<Report> last, Writing writing) {
    Report report = last.orElseThrow();
    String failure = report.failure().orElse("");
    return switch (report.state()) {
      case RUNNING ->
          Future.succeededFuture(Answer.json(202, json -> object(json, report, writing)));
      case DONE -> Future.succeededFuture(Answer.json(201, json -> object(json, report, writing)));
      case REFUSED -> {
        FieldErrors errors = new FieldErrors();
        errors.add(DIR, failure);
        yield Future.failedFuture(Problem.unprocessable(errors));
      }
      case FAILED -> Future.failedFuture(Problem.unavailable(failure));
    };
  }

  private static void object(JsonWriter json, Report report, Writing writing) {
    json.object(
        () -> {
          json.field("state", report.state().name().toLowerCase(Locale.ROOT))
              .field("began_at", report.beganAt())
              .field("seconds", report.took().toMillis() / 1000.0);
          if (report.state() == State.RUNNING)
            json.field("progress", Math.round(report.extent().share() * 1000) / 1000.0);
          json.field("files", report.extent().files())
              .field("bytes", report.extent().bytes())
              .field("readings", report.extent().readings());
          writing.write(json, report);
          report.failure().ifPresent(failure -> json.field("error", failure));
        });
  }

  private static void writeBackup(JsonWriter json, Report report) {
    json.field(DIR, report.folder().map(Path::toString))
        .field("verified", isGood(report))
        .array("problems", () -> report.findings().problems().forEach(json::element))
        .array("elsewhere", () -> report.findings().elsewhere().forEach(json::element));
  }

  private static void writeCheck(JsonWriter json, Report report) {
    json.field("ok", isGood(report))
        .array("problems", () -> report.findings().problems().forEach(json::element))
        .array("set_aside", () -> report.findings().setAside().forEach(json::element))
        .array("elsewhere", () -> report.findings().elsewhere().forEach(json::element));
  }

  private static boolean isGood(Report report) {
    return report.state() == State.DONE && report.findings().problems().isEmpty();
  }
}
