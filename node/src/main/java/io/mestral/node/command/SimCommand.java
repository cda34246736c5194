package io.mestral.node.command;

import io.mestral.node.Console;
import io.mestral.node.ExitCode;
import io.mestral.node.simulation.SimulatedKit;
import io.mestral.node.simulation.Simulation;
import io.mestral.node.simulation.Totals;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs kits that exist only in memory against a node. */
record SimCommand(Console console) implements Verb {
  private static final int MOST_KITS = 10_000;
  private static final int MQTT_PORT = 1883;
  private static final Set<String> OPTIONS =
      Set.of(
          "--kits",
          "--every",
          "--for",
          "--url",
          "--tokens-file",
          "--data",
          "--admin-url",
          "--token");

  @Override
  public Optional<ExitCode> run(List<String> args) {
    Arguments arguments = Arguments.parse(args, OPTIONS, Set.of());
    arguments.refuseWords();
    int count = arguments.count("--kits", MOST_KITS).orElse(1);
    Duration every = positive(arguments, "--every").orElse(Duration.ofSeconds(5));
    Optional<Duration> length = positive(arguments, "--for");
    SocketAddress broker = broker(arguments);
    List<SimulatedKit> kits = kits(tokens(arguments, count));

    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Simulation simulation = new Simulation(vertx, broker, kits, Clock.systemUTC());
    simulation.start(every);
    if (length.isPresent()) return Optional.of(runFor(length.get(), vertx, simulation));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> Runtime.getRuntime().halt(report(simulation).number()), "sim-totals"));
    return Optional.empty();
  }

  private ExitCode runFor(Duration length, Vertx vertx, Simulation simulation) {
    vertx.timer(length.toMillis(), TimeUnit.MILLISECONDS).await();
    ExitCode code = report(simulation);
    vertx.close().await();
    return code;
  }

  /** Nothing sent, or something lost, is a failure: a script must notice. */
  private ExitCode report(Simulation simulation) {
    Totals totals = simulation.stop().toCompletionStage().toCompletableFuture().join();
    console
        .out()
        .printf(
            "sent %d messages with %d readings over %d connections; %d failures%n",
            totals.messages(), totals.readings(), totals.connections(), totals.failures());
    console.out().flush();
    return totals.messages() > 0 && totals.failures() == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static Optional<Duration> positive(Arguments arguments, String name) {
    Optional<Duration> duration = arguments.duration(name);
    if (duration.filter(Duration::isZero).isPresent())
      throw new UsageError(name + " must be longer than nothing");
    return duration;
  }

  /** The node of the data folder, unless a URL is given. */
  private static SocketAddress broker(Arguments arguments) {
    String text =
        arguments
            .find("--url")
            .orElseGet(() -> AdminApi.address(AdminApi.dataFolder(arguments)).mqtt());
    try {
      URI url = URI.create(text);
      if ("mqtt".equals(url.getScheme()) && url.getHost() != null)
        return SocketAddress.inetSocketAddress(
            url.getPort() < 0 ? MQTT_PORT : url.getPort(), bare(url.getHost()));
    } catch (IllegalArgumentException notEvenAUrl) {
      throw new UsageError("--url takes mqtt://host:port, not " + text);
    }
    throw new UsageError("--url takes mqtt://host:port, not " + text);
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static List<String> tokens(Arguments arguments, int count) {
    Optional<String> file = arguments.find("--tokens-file");
    List<String> tokens =
        file.isPresent() ? tokensIn(Path.of(file.get())) : freshTokens(arguments, count);
    if (tokens.size() < count)
      throw new UsageError(count + " kits need as many tokens; there are " + tokens.size());
    return tokens.subList(0, count);
  }

  private static List<String> tokensIn(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new CommandFailure("cannot read the file " + file);
    }
  }

  /** Devices made for this run, owned by the administrator. */
  private static List<String> freshTokens(Arguments arguments, int count) {
    List<Arguments.Option> forApi = new ArrayList<>();
    arguments.find("--admin-url").ifPresent(url -> forApi.add(new Arguments.Option("--url", url)));
    arguments.options().stream()
        .filter(option -> Set.of("--data", "--token").contains(option.name()))
        .forEach(forApi::add);
    return AdminApi.from(new Arguments(List.of(), forApi))
        .post("/ops/v1/devices", new JsonObject().put("name", "Simulated kit").put("count", count))
        .stream()
        .map(device -> device.getString("device_token"))
        .toList();
  }

  private static List<SimulatedKit> kits(List<String> tokens) {
    List<SimulatedKit> kits = new ArrayList<>();
    for (String token : tokens) kits.add(new SimulatedKit(token, kits.size()));
    return kits;
  }
}
