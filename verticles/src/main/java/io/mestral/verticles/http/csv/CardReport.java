package io.mestral.verticles.http.csv;

import io.mestral.verticles.csv.CardProblem;
import io.mestral.verticles.csv.CardTally;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What is told of a file beyond how it ended. */
final class CardReport {
  private CardReport() {}

  static String of(CardTally tally) {
    JsonObject report =
        new JsonObject()
            .put("lines", tally.lines())
            .put("rows_without_values", tally.emptyRows())
            .put("rows_skipped", tally.rowsSkipped())
            .put("cells_skipped", tally.cellsSkipped())
            .put("first", tally.hasTimes() ? text(tally.first()) : null)
            .put("last", tally.hasTimes() ? text(tally.last()) : null)
            .put("sensor_ids", new JsonArray(tally.sensors().stream().sorted().toList()))
            .put(
                "columns_left_out",
                new JsonArray(tally.columnsLeftOut().stream().sorted().toList()));
    JsonArray problems = new JsonArray();
    for (CardProblem problem : tally.problems())
      problems.add(new JsonObject().put("line", problem.line()).put("reason", problem.reason()));
    return report
        .put("problems", problems)
        .put("problems_left_out", tally.problemsLeftOut())
        .encode();
  }

  private static String text(long second) {
    return Instant.ofEpochSecond(second).toString();
  }
}
