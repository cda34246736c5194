package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code admin backup} and {@code admin check}: begins the work, and waits until it is done. */
record AdminUpkeep(Console console) {
  private static final String QUIET = "--quiet";

  ExitCode backup(List<String> args) {
    Arguments arguments = Arguments.parse(args, AdminApi.OPTIONS, Set.of(QUIET));
    if (arguments.words().size() != 1) throw new UsageError("exactly one DIR is needed");
    Path folder = Path.of(arguments.words().get(0)).toAbsolutePath().normalize();
    JsonObject report =
        finished(arguments, "/ops/v1/backup", new JsonObject().put("dir", folder.toString()));
    console.out().println(report.encode());
    if (report.getBoolean("verified", false)) return ExitCode.OK;
    if (!isDone(report)) throw new CommandFailure(report.getString("error", "it broke off"));
    complain(report, folder + " holds a backup, and the node's files have damage:");
    return ExitCode.FAILED;
  }

  ExitCode check(List<String> args) {
    Arguments arguments = Arguments.parse(args, AdminApi.OPTIONS, Set.of(QUIET));
    arguments.refuseWords();
    JsonObject report = finished(arguments, "/ops/v1/check", new JsonObject());
    console.out().println(report.encode());
    if (report.getBoolean("ok", false)) return ExitCode.OK;
    if (!isDone(report)) throw new CommandFailure(report.getString("error", "it broke off"));
    complain(report, "the node's files have damage:");
    return ExitCode.FAILED;
  }

  private JsonObject finished(Arguments arguments, String path, JsonObject body) {
    AdminApi api = AdminApi.from(arguments);
    JsonObject report = api.post(path, body).get(0);
    while ("running".equals(report.getString("state"))) {
      if (!arguments.has(QUIET)) tell(report);
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
      report = api.get(path).get(0);
    }
    return report;
  }

  private void tell(JsonObject report) {
    console
        .err()
        .printf(
            "%.0f s, %d files, %d bytes%n",
            report.getDouble("seconds", 0.0),
            report.getLong("files", 0L),
            report.getLong("bytes", 0L));
  }

  private static boolean isDone(JsonObject report) {
    return "done".equals(report.getString("state"));
  }

  private void complain(JsonObject report, String what) {
    console.err().println("mestral admin: " + what);
    JsonArray problems = report.getJsonArray("problems", new JsonArray());
    for (int i = 0; i < problems.size(); i++) console.err().println("  " + problems.getString(i));
  }
}
