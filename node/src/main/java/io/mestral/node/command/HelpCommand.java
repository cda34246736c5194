package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explains the verbs. The texts are resources, because the start script shows the same files where
 * nothing is built yet.
 */
record HelpCommand(Console console) implements Verb {
  @Override
  public Optional<ExitCode> run(List<String> args) {
    Arguments arguments = Arguments.parse(args, Set.of(), Set.of());
    if (arguments.words().size() > 1) throw new UsageError("one verb at a time");
    String topic = arguments.words().isEmpty() ? "mestral" : arguments.words().get(0);
    console.out().print(text(topic));
    return Optional.of(ExitCode.OK);
  }

  static String text(String topic) {
    String resource = "help/" + topic + ".txt";
    try (InputStream in =
        topic.matches("[a-z]+") ? HelpCommand.class.getResourceAsStream(resource) : null) {
      if (in == null) throw new UsageError("unknown verb " + topic);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
