package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.DataFolder;
import io.mestral.node.ExitCode;
import io.mestral.storage.embedded.backup.Manifest;
import io.mestral.storage.embedded.backup.Restore;
import io.mestral.storage.embedded.backup.Unusable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes a data folder of a backup, once that was found to be whole. */
record RestoreCommand(Console console) implements Verb {
  private static final String VERIFY = "--verify";

  @Override
  public Optional<ExitCode> run(List<String> args) {
    Arguments arguments = Arguments.parse(args, Set.of("--data"), Set.of(VERIFY));
    if (arguments.words().size() != 1) throw new UsageError("exactly one DIR is needed");
    boolean only = arguments.has(VERIFY);
    if (only && arguments.has("--data")) throw new UsageError("--verify writes to no --data");
    Path data = AdminApi.dataFolder(arguments);
    try {
      Optional<String> refusal = only ? Optional.empty() : refusal(data);
      if (refusal.isPresent()) return failed(ExitCode.DATA_FOLDER, List.of(refusal.get()));
      Restore restore = Restore.of(Path.of(arguments.words().get(0)));
      List<String> problems = restore.problems();
      if (!problems.isEmpty()) return failed(ExitCode.FAILED, problems);
      if (!only) restore.into(data, DataFolder.MARKER, () -> DataFolder.restored(data));
      console.out().println(summary(restore.manifest()).encode());
      return Optional.of(ExitCode.OK);
    } catch (Unusable unusable) {
      return failed(ExitCode.FAILED, List.of(unusable.getMessage()));
    } catch (IOException failure) {
      return failed(ExitCode.FAILED, List.of(failure.toString()));
    }
  }

  private static Optional<String> refusal(Path data) throws IOException {
    if (!Files.exists(data)) return Optional.empty();
    if (!Files.isDirectory(data)) return Optional.of(data + " (--data) is no folder");
    if (DataFolder.isInUse(data))
      return Optional.of("the data folder " + data + " (--data) is in use by a node");
    try (Stream<Path> entries = Files.list(data)) {
      return entries
          .filter(entry -> !entry.endsWith("lost+found")) // a mount point's own
          .findFirst()
          .map(
              entry ->
                  "the data folder "
                      + data
                      + " (--data) is not empty: it holds "
                      + entry.getFileName());
    }
  }

  private static JsonObject summary(Manifest manifest) {
    return new JsonObject()
        .put("made_at", manifest.madeAt().toString())
        .put("made_by", manifest.madeBy())
        .put("files", manifest.files().size())
        .put("bytes", manifest.bytes())
        .put("readings", manifest.readings())
        .put("verified", true)
        .put("problems", new JsonArray(manifest.problems()))
        .put("elsewhere", new JsonArray(manifest.elsewhere()));
  }

  private Optional<ExitCode> failed(ExitCode code, List<String> why) {
    why.forEach(line -> console.err().println("mestral restore: " + line));
    return Optional.of(code);
  }
}
