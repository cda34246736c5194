package io.mestral.broker.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Other people's programs, run beside the tests. */
public final class Programs {
  private static final int SECONDS = 30;

  private Programs() {}

  public static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(folder -> new File(folder, program).canExecute());
  }

  /** What is missing fails a test where every test must run, and skips it elsewhere. */
  public static void require(boolean there, String complaint) {
    if (System.getenv("CI") != null) assertThat(there).as(complaint).isTrue();
    else Assumptions.assumeTrue(there, complaint);
  }

  static Process start(Path folder, List<String> command) throws Exception {
    return start(folder, command, Map.of());
  }

  public static Process start(Path folder, List<String> command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for its good end and tells what it printed. */
  public static List<String> await(Process process) throws Exception {
    try {
      process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).exceptionally(late -> kill(process));
      List<String> printed = process.inputReader(UTF_8).lines().toList();
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", String.join("\n", printed)).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process kill(Process process) {
    return process.destroyForcibly();
  }
}
