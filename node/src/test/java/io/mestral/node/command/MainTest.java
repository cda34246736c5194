package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.config.Release;
import io.mestral.node.ExitCode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void withoutAVerbTheVerbsAreNamed() {
    CommandLine line = CommandLine.run();

    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err()).contains("mestral up", "mestral help [VERB]");
    assertThat(line.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frobnicate", "demo", "bench"})
  void whatDoesNotExistIsAnUnknownVerb(String verb) {
    CommandLine line = CommandLine.run(verb);

    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err()).contains("unknown verb " + verb);
    assertThat(CommandLine.run("help").out()).doesNotContain("mestral " + verb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "device", "queue"})
  void whatAdminCannotDoYetIsAnUnknownVerb(String verb) {
    CommandLine line = CommandLine.run("admin", verb);

    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err()).contains("unknown verb admin " + verb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "admin", "restore", "sim", "test", "version", "help"})
  void everyVerbIsExplained(String verb) {
    CommandLine line = CommandLine.run("help", verb);

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.out()).startsWith("mestral " + verb);
    assertThat(CommandLine.run("help").out()).contains("mestral " + verb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "../command/help/up", ""})
  void helpForNothingIsAUsageError(String topic) {
    assertThat(CommandLine.run("help", topic).code()).contains(ExitCode.USAGE);
  }

  @Test
  void theVersionIsTheProjects() {
    CommandLine line = CommandLine.run("version");

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.out()).startsWith("mestral " + Release.version() + " (Java ");
    assertThat(CommandLine.run("--version").out()).isEqualTo(line.out());
  }

  @Test
  void aMistypedOptionIsAUsageError() {
    CommandLine line = CommandLine.run("up", "--dta", "x");

    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err()).contains("unknown option --dta; see mestral help up");
  }

  @Test
  void allThatIsWrongInTheConfigurationIsSaid() {
    CommandLine line =
        CommandLine.run(
            Map.of("MESTRAL_LOG_LEVEL", "loud"), "up", "--set", "mqtt.port=x", "--set", "a.b=c");

    assertThat(line.code()).contains(ExitCode.USAGE);
    assertThat(line.err().lines()).hasSize(3).allMatch(text -> text.startsWith("mestral: "));
  }

  @Test
  void theEffectiveConfigurationIsPrintedWithoutStarting() {
    CommandLine line =
        CommandLine.run(
            Map.of("MESTRAL_ADMIN_PASSWORD", "hunter2"),
            "up",
            "--print-config",
            "--set",
            "data.dir=a",
            "--data",
            "b");

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.out()).contains("data.dir: b ").doesNotContain("hunter2");
    assertThat(line.err()).isEmpty();
  }
}
