package io.mestral.node.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long ago this program was started. The start script says when it handed over to Java, in
 * microseconds since 1970: the process itself is older where the script built first.
 */
final class ProcessAge {
  private ProcessAge() {}

  static Duration now() {
    Duration age = Duration.between(start(), Instant.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static Instant start() {
    String given = System.getProperty("mestral.started", "");
    return given.matches("\\d{16}")
        ? Instant.EPOCH.plus(Long.parseLong(given), ChronoUnit.MICROS)
        : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }
}
