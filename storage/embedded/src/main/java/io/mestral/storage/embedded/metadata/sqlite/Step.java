package io.mestral.storage.embedded.metadata.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step forward of a schema. Once released it never changes; what it got wrong the next one puts
 * right.
 */
public record Step(int number, String name, String sql) {
  private static final Pattern FILE = Pattern.compile("V(\\d{4})__(\\w+)\\.sql");

  /** Reads a resource beside {@code room}, named like {@code V0001__first.sql}. */
  public static Step resource(Class<?> room, String file) {
    Matcher parts = FILE.matcher(file);
    if (!parts.matches()) throw new IllegalArgumentException("no name of a step: " + file);
    try (InputStream in = room.getResourceAsStream(file)) {
      if (in == null) throw new IllegalStateException("the program lacks " + file);
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
      return new Step(Integer.parseInt(parts.group(1)), parts.group(2), sql);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(sql.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
