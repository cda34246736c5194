package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a command line did in this process. */
record CommandLine(Optional<ExitCode> code, String out, String err) {

  static CommandLine run(String... args) {
    return run(Map.of(), args);
  }

  static CommandLine run(Map<String, String> environment, String... args) {
    return run(
        environment,
        config -> Future.failedFuture(new IllegalStateException("nobody asked for a node")),
        args);
  }

  static CommandLine run(Map<String, String> environment, NodeStarter node, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    Optional<ExitCode> code = Main.with(console, environment, node).run(List.of(args));
    return new CommandLine(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
