package io.mestral.node.command;

import io.mestral.config.Release;
import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says which release this is, and on what it runs. */
record VersionCommand(Console console) implements Verb {
  @Override
  public Optional<ExitCode> run(List<String> args) {
    Arguments.parse(args, Set.of(), Set.of()).refuseWords();
    console
        .out()
        .printf(
            "mestral %s (Java %s, %s %s)%n",
            Release.version(),
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
    return Optional.of(ExitCode.OK);
  }
}
