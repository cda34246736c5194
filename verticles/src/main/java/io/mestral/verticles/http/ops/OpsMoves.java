package io.mestral.verticles.http.ops;

import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.ops.Moves.Report;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code /ops/v1/move}: begins a move, tells how far it is, ends it. Who begins one is answered
 * when it is over, or with 202 when it takes longer than a moment.
 */
public final class OpsMoves {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Moves moves;

  /** Lets administrators move things. */
  public OpsMoves(Moves moves) {
    this.moves = moves;
  }

  /** Begins to move {@code what} {@code to} another store. */
  public Future<Answer> begin(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Moves.Wish wish =
        new Moves.Wish(
            required(exchange, "what"),
            required(exchange, "to"),
            exchange.params().flag("leave_hours").orElse(false));
    Promise<Void> answerable = Promise.promise();
    long timer = exchange.vertx().setTimer(PATIENCE.toMillis(), late -> answerable.tryComplete());
    moves
        .move(wish)
        .onComplete(
            done -> {
              exchange.vertx().cancelTimer(timer);
              if (done.succeeded()) answerable.tryComplete();
              else answerable.tryFail(problem(done.cause()));
            });
    return answerable.future().map(done -> answer(moves.last().orElseThrow()));
  }

  /** How the last move stands. */
  public Future<Answer> last(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Report report = moves.last().orElseThrow(() -> Problem.recordNotFound("Move", "id", "last"));
    return Future.succeededFuture(Answer.ok(json -> write(json, report)));
  }

  /** Ends the move that is under way. */
  public Future<Answer> stop(Exchange exchange) {
    Administrators.only(exchange.viewer());
    moves.stop();
    return last(exchange);
  }

  private static String required(Exchange exchange, String name) {
    FieldErrors errors = new FieldErrors();
    String text = exchange.params().text(name).orElse("");
    if (text.isEmpty()) errors.add(name, FieldErrors.BLANK);
    errors.throwIfAny();
    return text;
  }

  private static Throwable problem(Throwable failure) {
    if (failure instanceof Upkeep.Busy busy) return Problem.conflict(busy.getMessage());
    if (!(failure instanceof Moves.Unusable unusable)) return failure;
    FieldErrors errors = new FieldErrors();
    errors.add(unusable.field(), unusable.getMessage());
    return Problem.unprocessable(errors);
  }

  private static Answer answer(Report report) {
    int status = report.course().state() == Moves.State.RUNNING ? 202 : 201;
    return Answer.json(status, json -> write(json, report));
  }

  private static void write(JsonWriter json, Report report) {
    Moves.Course course = report.course();
    json.object(
        () -> {
          json.field("state", course.state().name().toLowerCase(Locale.ROOT))
              .field("what", report.what())
              .field("from", report.from())
              .field("to", report.to())
              .field("phase", course.phase())
              .field("began_at", course.beganAt())
              .field("seconds", course.took().toMillis() / 1000.0);
          if (report.what().equals("readings")) writeReadings(json, report.extent());
          else writeTables(json, report);
          course.waitingFor().ifPresent(what -> json.field("waiting_for", what));
          course.failure().ifPresent(failure -> json.field("error", failure));
        });
  }

  private static void writeReadings(JsonWriter json, Moves.Extent extent) {
    json.field("devices", extent.devices())
        .field("devices_in_all", extent.devicesInAll())
        .field("days_compared", extent.days())
        .field("readings", extent.there().count())
        .field("digest", extent.there().text())
        .field("copied", extent.copied())
        .field("removed", extent.removed())
        .field("hours_left_behind", extent.hoursLeft());
  }

  private static void writeTables(JsonWriter json, Report report) {
    json.field("rows", report.extent().there().count())
        .field("digest", report.extent().there().text())
        .field("copied", report.extent().copied())
        .array(
            "tables",
            () ->
                report
                    .tables()
                    .forEach(
                        (name, digest) ->
                            json.object(
                                () ->
                                    json.field("name", name)
                                        .field("rows", digest.count())
                                        .field("digest", digest.text()))));
  }
}
