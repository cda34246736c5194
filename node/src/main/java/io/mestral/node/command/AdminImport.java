package io.mestral.node.command;

import io.mestral.node.Console;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code admin import}: files of SD cards, one request each, and a line on each. */
record AdminImport(Console console) {
  private static final String JSON = "--json";
  private static final int MOST_SHOWN = 5;

  /** Sends every file, whatever became of the others; fails in the end when one was not taken. */
  void run(List<String> args) {
    Arguments arguments = Arguments.parse(args, new HashSet<>(AdminApi.OPTIONS), Set.of(JSON));
    List<String> words = arguments.words();
    if (words.size() < 2) throw new UsageError("import needs a DEVICE and a FILE");
    if (!words.get(0).matches("\\d{1,18}")) throw new UsageError("DEVICE is a device's number");
    List<Path> files = words.subList(1, words.size()).stream().map(Path::of).toList();
    for (Path file : files)
      if (!Files.isReadable(file) || Files.isDirectory(file))
        throw new CommandFailure("cannot read the file " + file);
    AdminApi api = AdminApi.from(arguments);
    int failed = 0;
    for (Path file : files) if (!send(api, words.get(0), file, arguments.has(JSON))) failed++;
    if (failed > 0) throw new CommandFailure(failed + " of " + files.size() + " files not taken");
  }

  private boolean send(AdminApi api, String device, Path file, boolean json) {
    String name = URLEncoder.encode(file.getFileName().toString(), StandardCharsets.UTF_8);
    AdminApi.Told told =
        api.upload("/v0/devices/" + device + "/readings/upload?file=" + name, file);
    JsonObject report =
        told.body().containsKey("files")
            ? told.body().getJsonArray("files").getJsonObject(0)
            : told.body();
    if (json) console.out().println(report.encode());
    else if (!report.containsKey("outcome"))
      console.err().println(file + ": " + told.status() + " " + report.getString("message", ""));
    else show(file, report);
    return told.status() == 200;
  }

  private void show(Path file, JsonObject report) {
    console
        .out()
        .println(
            file
                + ": "
                + report.getString("outcome")
                + ", "
                + report.getLong("rows")
                + " rows, "
                + report.getLong("readings")
                + " readings kept");
    report.getJsonArray("problems").stream()
        .map(JsonObject.class::cast)
        .limit(MOST_SHOWN)
        .forEach(
            problem ->
                console
                    .out()
                    .println(
                        "  line " + problem.getLong("line") + ": " + problem.getString("reason")));
    long more =
        report.getJsonArray("problems").size() - MOST_SHOWN + report.getLong("problems_left_out");
    if (more > 0) console.out().println("  and " + more + " more; all of them with --json");
  }
}
