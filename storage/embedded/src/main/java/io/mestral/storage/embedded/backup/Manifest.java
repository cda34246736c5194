package io.mestral.storage.embedded.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a backup holds. It is written last: a folder without one is no backup.
 *
 * @param madeBy the program's version
 * @param elsewhere what the node keeps on servers, which need backups of their own
 * @param problems what was wrong with the node's files when they were copied
 */
public record Manifest(
    String madeBy,
    Instant madeAt,
    long readings,
    List<String> elsewhere,
    List<String> problems,
    List<Entry> files) {
  /** The name of its file. */
  public static final String NAME = "manifest.json";

  private static final int FORMAT = 1;
  private static final int LONGEST = 64 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the lists. */
  public Manifest {
    elsewhere = List.copyOf(elsewhere);
    problems = List.copyOf(problems);
    files = List.copyOf(files);
  }

  /**
   * One file.
   *
   * @param name relative to the backup, with slashes
   * @param format the version of its format
   */
  public record Entry(String name, long bytes, String sha256, int format) {}

  /** All files together. */
  public long bytes() {
    return files.stream().mapToLong(Entry::bytes).sum();
  }

  void write(Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("made_by", madeBy).put("made_at", madeAt.toString()).put("readings", readings);
    elsewhere.forEach(json.putArray("elsewhere")::add);
    problems.forEach(json.putArray("problems")::add);
    var entries = json.putArray("files");
    for (Entry file : files)
      entries
          .addObject()
          .put("name", file.name)
          .put("bytes", file.bytes)
          .put("sha256", file.sha256)
          .put("format", file.format);
    Path draft = folder.resolve(NAME + ".new");
    Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    Disk.sync(draft);
    Files.move(draft, folder.resolve(NAME));
    Disk.sync(folder);
  }

  /**
   * Reads the manifest of a backup.
   *
   * @throws Unusable when there is none, it can't be read, or a newer version wrote it
   */
  static Manifest of(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file))
      throw new Unusable(folder + " is no backup: it has no " + NAME + ", which is written last");
    if (Files.size(file) > LONGEST) throw new Unusable(file + " is damaged: it is too long");
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      int format = member(json, "format").asInt();
      if (format > FORMAT)
        throw new Unusable(folder + " was made by a newer version (format " + format + ")");
      List<Entry> entries = new ArrayList<>();
      for (JsonNode entry : member(json, "files")) entries.add(entry(entry));
      return new Manifest(
          member(json, "made_by").asText(),
          Instant.parse(member(json, "made_at").asText()),
          member(json, "readings").asLong(),
          texts(member(json, "elsewhere")),
          texts(member(json, "problems")),
          entries);
    } catch (com.fasterxml.jackson.core.JacksonException | DateTimeException damage) {
      throw new Unusable(file + " is damaged: " + damage.getMessage());
    }
  }

  private static Entry entry(JsonNode json) throws Unusable {
    String name = member(json, "name").asText();
    if (!isInside(name)) throw new Unusable("the manifest names a file outside: " + name);
    return new Entry(
        name,
        member(json, "bytes").asLong(),
        member(json, "sha256").asText(),
        member(json, "format").asInt());
  }

  private static boolean isInside(String name) {
    return name.matches("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode member(JsonNode json, String name) throws Unusable {
    return Optional.ofNullable(json.get(name))
        .orElseThrow(() -> new Unusable("the manifest is damaged: it has no " + name));
  }
}
