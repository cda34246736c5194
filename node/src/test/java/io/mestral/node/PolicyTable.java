package io.mestral.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who may do what over HTTP, as docs/api-policy.md tells people. */
final class PolicyTable {
  private static final Pattern REQUEST =
      Pattern.compile("(?<method>[A-Z]+) (?<path>\\S+)(?<headers>( [\\w-]+=\\S+)*)( (?<body>.*))?");

  /** Everybody whom the table has a column for, in its order. */
  enum Role {
    ANONYMOUS,
    OWNER,
    OTHER,
    RESEARCHER,
    ADMIN;

    boolean mayKnowSecrets() {
      return this == OWNER || this == ADMIN;
    }
  }

  /** What an answer is to be. */
  record Expected(int status, List<String> words) {
    static Expected of(String cell) {
      String[] parts = cell.split(" ");
      return new Expected(
          Integer.parseInt(parts[0]), List.of(Arrays.copyOfRange(parts, 1, parts.length)));
    }
  }

  /** A question of the table, with words in braces that stand for something. */
  record Line(
      String operation,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      Map<Role, Expected> expected) {
    @Override
    public String toString() {
      return operation + ": " + method + " " + path;
    }
  }

  private PolicyTable() {}

  static List<Line> lines() throws IOException {
    Path file = Path.of("..", "docs", "api-policy.md");
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) line(text).ifPresent(lines::add);
    return lines;
  }

  private static Optional<Line> line(String text) {
    if (!text.startsWith("| `")) return Optional.empty();
    List<String> cells = Arrays.stream(text.substring(1).split("\\|")).map(String::strip).toList();
    if (cells.size() != 2 + Role.values().length)
      throw new AssertionError("a line with other columns: " + text);
    Matcher request = REQUEST.matcher(unquoted(cells.get(1)));
    if (!request.matches()) throw new AssertionError("no request: " + text);
    Map<Role, Expected> expected = new EnumMap<>(Role.class);
    for (Role role : Role.values())
      expected.put(role, Expected.of(cells.get(2 + role.ordinal()).toLowerCase(Locale.ROOT)));
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : request.group("headers").strip().split(" "))
      if (header.contains("=")) headers.put(header.split("=", 2)[0], header.split("=", 2)[1]);
    String body = request.group("body") == null ? "" : request.group("body");
    return Optional.of(
        new Line(
            unquoted(cells.get(0)),
            request.group("method"),
            request.group("path"),
            headers,
            body.replace("\\n", "\n"),
            expected));
  }

  private static String unquoted(String cell) {
    return cell.substring(1, cell.length() - 1);
  }
}
