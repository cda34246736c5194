package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** {@code admin move}: has the node bring what it keeps elsewhere, and tells how far that is. */
record AdminMove(Console console) {
  private static final String PATH = "/ops/v1/move";
  private static final String TO = "--to";
  private static final String TO_FILE = "--to-file";
  private static final String LEAVE_HOURS = "--leave-hours";
  private static final String QUIET = "--quiet";
  private static final String JSON = "--json";

  ExitCode run(List<String> args) {
    Set<String> valued = new HashSet<>(AdminApi.OPTIONS);
    valued.addAll(List.of(TO, TO_FILE));
    Arguments arguments = Arguments.parse(args, valued, Set.of(LEAVE_HOURS, QUIET, JSON));
    if (arguments.words().size() != 1)
      throw new UsageError("move needs one word: readings, metadata, status or stop");
    AdminApi api = AdminApi.from(arguments);
    String word = arguments.words().get(0);
    return switch (word) {
      case "status" -> tell(arguments, api.get(PATH).get(0));
      case "stop" -> tell(arguments, ended(api, arguments, api.delete(PATH)));
      case "readings", "metadata" ->
          tell(arguments, ended(api, arguments, begun(api, arguments, word)));
      default -> throw new UsageError("readings and metadata can be moved, not " + word);
    };
  }

  private static JsonObject begun(AdminApi api, Arguments arguments, String what) {
    JsonObject wish = new JsonObject().put("what", what).put("to", destination(arguments));
    if (arguments.has(LEAVE_HOURS)) wish.put("leave_hours", true);
    return api.post(PATH, wish).get(0);
  }

  /** What others see of this process must not hold a password: it may come in a file. */
  private static String destination(Arguments arguments) {
    if (arguments.has(TO) == arguments.has(TO_FILE))
      throw new UsageError("it needs --to or --to-file");
    if (arguments.has(TO)) return arguments.find(TO).orElseThrow();
    String file = arguments.find(TO_FILE).orElseThrow();
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new CommandFailure("cannot read the file " + file);
    }
  }

  private JsonObject ended(AdminApi api, Arguments arguments, JsonObject first) {
    JsonObject report = first;
    while (isRunning(report)) {
      if (!arguments.has(QUIET)) console.err().println(progress(report));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
      report = api.get(PATH).get(0);
    }
    return report;
  }

  private ExitCode tell(Arguments arguments, JsonObject report) {
    boolean running = isRunning(report);
    boolean done = "done".equals(report.getString("state"));
    if (arguments.has(JSON)) console.out().println(report.encode());
    else if (running) console.out().println(progress(report));
    else if (done) console.out().println(complete(report));
    else
      console
          .out()
          .println(
              "not complete: "
                  + report.getString("error", "it broke off")
                  + "; the same command goes on");
    return running || done ? ExitCode.OK : ExitCode.FAILED;
  }

  private static boolean isRunning(JsonObject report) {
    return "running".equals(report.getString("state"));
  }

  private static String progress(JsonObject report) {
    String line =
        String.format(
            Locale.ROOT,
            "%.0f s, %s: %s",
            report.getDouble("seconds", 0.0),
            report.getString("phase", "").replace('_', ' '),
            report.containsKey("devices")
                ? String.format(
                    Locale.ROOT,
                    "%d of %d devices, %d readings the same, %d of them copied",
                    report.getLong("devices"),
                    report.getLong("devices_in_all", 0L),
                    report.getLong("readings", 0L),
                    report.getLong("copied", 0L))
                : report.getLong("copied", 0L) + " rows copied");
    String waiting = report.getString("waiting_for", "");
    return waiting.isEmpty() ? line : line + "; waiting: " + waiting;
  }

  private static String complete(JsonObject report) {
    long left = report.getLong("hours_left_behind", 0L);
    return String.format(
        Locale.ROOT,
        "complete: %s, digest %s, are in %s, which the node uses now%s; set storage.%s to it before"
            + " the next start",
        report.containsKey("readings")
            ? report.getLong("readings") + " readings"
            : report.getLong("rows", 0L)
                + " rows of "
                + report.getJsonArray("tables", new JsonArray()).size()
                + " tables",
        report.getString("digest"),
        report.getString("to"),
        left == 0 ? "" : " (of " + left + " days only hours were there: left behind)",
        report.getString("what", "readings"));
  }
}
