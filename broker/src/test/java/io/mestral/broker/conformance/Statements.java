package io.mestral.broker.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The normative statements that bind a server, from {@code statements.tsv}. */
final class Statements {
  private static final String FILE = "statements.tsv";

  private Statements() {}

  /** In the order of the standards, 3.1.1 first. */
  static List<Listed> all() {
    try (InputStream file = Statements.class.getResourceAsStream(FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Listed::parse)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * One statement.
   *
   * @param text what it asks, in our words
   * @param exemption why no test can or need show it; usually empty
   */
  record Listed(String version, String number, String text, String exemption) {
    static Listed parse(String line) {
      String[] fields = line.split("\t", -1);
      if (fields.length < 3 || fields.length > 4)
        throw new IllegalArgumentException("not a statement: " + line);
      return new Listed(fields[0], fields[1], fields[2], fields.length == 4 ? fields[3] : "");
    }

    /** As it stands in {@link Statement}. */
    String id() {
      return version + " " + number;
    }

    /** The standard's section it stands in, such as {@code 3.1}. */
    String section() {
      String[] parts = number.substring(number.indexOf('-') + 1).split("[.-]");
      return parts[0] + "." + parts[1];
    }
  }
}
