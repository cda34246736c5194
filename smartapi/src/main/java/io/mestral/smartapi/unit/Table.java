package io.mestral.smartapi.unit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A table among the package's resources: fields between tabs, comments after {@code #}. */
final class Table {
  private Table() {}

  /** All rows, each with that many fields, the empty ones included. */
  static List<String[]> read(String name, int fields) {
    try (InputStream resource = Table.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      List<String[]> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] row = line.split("\t", -1);
          if (row.length != fields) {
            throw new IllegalStateException(
                name + ": a row has " + fields + " fields, this has " + row.length + ": " + line);
          }
          rows.add(row);
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + name, e);
    }
  }
}
