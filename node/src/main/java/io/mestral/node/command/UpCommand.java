package io.mestral.node.command;

import io.mestral.config.ConfigReader;
import io.mestral.config.ConfigSources;
import io.mestral.config.MestralConfig;
import io.mestral.config.Settings;
import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.mestral.node.RunningNode;
import io.mestral.node.StartFailure;
import io.mestral.node.logging.Logging;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Runs a node until a signal comes. */
final class UpCommand implements Verb {
  private final Console console;
  private final Map<String, String> environment;
  private final NodeStarter starter;

  UpCommand(Console console, Map<String, String> environment, NodeStarter starter) {
    this.console = console;
    this.environment = environment;
    this.starter = starter;
  }

  @Override
  public Optional<ExitCode> run(List<String> args) {
    Arguments arguments =
        Arguments.parse(args, Set.of("--data", "--config", "--set"), Set.of("--print-config"));
    arguments.refuseWords();
    Settings settings = ConfigReader.read(sources(arguments));
    if (arguments.has("--print-config")) {
      console.out().print(settings.toYaml());
      return Optional.of(ExitCode.OK);
    }
    return start(settings.toConfig());
  }

  /** {@code --data} is short for an assignment and wins like one. */
  private ConfigSources sources(Arguments arguments) {
    ConfigSources sources = ConfigSources.of(environment);
    for (Arguments.Option option : arguments.options())
      sources =
          switch (option.name()) {
            case "--config" -> sources.withFile(Path.of(option.value()));
            case "--data" -> sources.with("data.dir=" + option.value());
            case "--set" -> sources.with(option.value());
            default -> sources;
          };
    return sources;
  }

  private Optional<ExitCode> start(MestralConfig config) {
    Logging.start(config.node().logFormat(), config.node().logLevel());
    Future<? extends RunningNode> starting = starting(config);
    GracefulStop.onSignal(starting, console);
    try {
      RunningNode node = starting.toCompletionStage().toCompletableFuture().join();
      console.out().println(node.ready().after(ProcessAge.now()));
      console.out().flush();
      return Optional.empty();
    } catch (java.util.concurrent.CompletionException e) {
      return Optional.of(failed(e.getCause()));
    }
  }

  private Future<? extends RunningNode> starting(MestralConfig config) {
    try {
      return starter.start(config);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private ExitCode failed(Throwable failure) {
    if (failure instanceof StartFailure expected) {
      console.err().println("mestral: " + expected.getMessage());
      return expected.exitCode();
    }
    LoggerFactory.getLogger(UpCommand.class).error("The node did not start", failure);
    return ExitCode.FAILED;
  }
}
