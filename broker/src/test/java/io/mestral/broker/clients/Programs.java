package io.mestral.broker.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other people's programs, run beside the tests. */
final class Programs {
  private static final int SECONDS = 30;

  private Programs() {}

  static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
        .anyMatch(folder -> new File(folder, program).canExecute());
  }

  static Process start(Path folder, List<String> command) throws Exception {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }

  /** Waits for its good end and tells what it printed. */
  static List<String> await(Process process) throws Exception {
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
