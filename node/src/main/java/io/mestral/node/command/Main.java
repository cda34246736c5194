package io.mestral.node.command;

import io.mestral.config.InvalidConfiguration;
import io.mestral.config.NodeOptions.LogFormat;
import io.mestral.config.NodeOptions.LogLevel;
import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.mestral.node.Node;
import io.mestral.node.logging.Logging;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the process begins: hands the command line to its verb and ends with the right code. */
public final class Main {
  /** The one place that knows which node is started. */
  static final NodeStarter NODE = Node::start;

  private final Console console;
  private final Map<String, Verb> verbs;

  private Main(Console console, Map<String, Verb> verbs) {
    this.console = console;
    this.verbs = verbs;
  }

  /** Runs the verb that the arguments begin with. */
  public static void main(String[] args) {
    Logging.start(LogFormat.TEXT, LogLevel.WARN);
    with(Console.standard(), System.getenv(), NODE)
        .run(Arrays.asList(args))
        .ifPresent(code -> System.exit(code.number()));
  }

  static Main with(Console console, Map<String, String> environment, NodeStarter node) {
    return new Main(
        console,
        Map.of(
            "up", new UpCommand(console, environment, node),
            "sim", new SimCommand(console),
            "admin", new AdminCommand(console),
            "restore", new RestoreCommand(console),
            "version", new VersionCommand(console),
            "help", new HelpCommand(console)));
  }

  Optional<ExitCode> run(List<String> args) {
    if (args.isEmpty()) return failed(ExitCode.USAGE, HelpCommand.text("mestral").stripTrailing());
    String name = verbNamed(args.get(0));
    if (!verbs.containsKey(name))
      return failed(ExitCode.USAGE, "mestral: unknown verb " + name + "; see mestral help");
    try {
      return verbs.get(name).run(args.subList(1, args.size()));
    } catch (UsageError e) {
      return failed(
          ExitCode.USAGE, "mestral " + name + ": " + e.getMessage() + "; see mestral help " + name);
    } catch (InvalidConfiguration e) {
      return failed(ExitCode.USAGE, "mestral: " + String.join("\nmestral: ", e.problems()));
    } catch (CommandFailure e) {
      return failed(ExitCode.FAILED, "mestral " + name + ": " + e.getMessage());
    }
  }

  private static String verbNamed(String word) {
    return switch (word) {
      case "--help", "-h" -> "help";
      case "--version" -> "version";
      default -> word;
    };
  }

  private Optional<ExitCode> failed(ExitCode code, String message) {
    console.err().println(message);
    return Optional.of(code);
  }
}
