package io.mestral.config;

import java.util.List;
import java.util.stream.Stream;

/** What later versions will know: named so that nobody believes it is in force. */
final class LaterKeys {
  private static final List<String> NAMES =
      List.of(
          "cluster.members",
          "cluster.port",
          "cluster.size",
          "uplink.max-bytes",
          "web.dir",
          "web.tiles");

  /** Families of which only the first name is fixed yet. */
  private static final List<String> FAMILIES = List.of("cluster.tls.");

  private LaterKeys() {}

  static boolean has(String name) {
    return NAMES.contains(name) || FAMILIES.stream().anyMatch(name::startsWith);
  }

  static Stream<String> names() {
    return NAMES.stream();
  }
}
