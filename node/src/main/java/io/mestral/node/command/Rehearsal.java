package io.mestral.node.command;

import io.mestral.config.ConfigReader;
import io.mestral.config.ConfigSources;
import io.mestral.config.NodeOptions.LogFormat;
import io.mestral.config.NodeOptions.LogLevel;
import io.mestral.node.ExitCode;
import io.mestral.node.ReadyLine;
import io.mestral.node.RunningNode;
import io.mestral.node.logging.Logging;
import io.mestral.node.simulation.SimulatedKit;
import io.mestral.node.simulation.Simulation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Starts a node on a folder that is thrown away, asks it something, lets a kit publish, and stops:
 * the build has the JVM write down which classes that took, so that real starts find them prepared.
 */
final class Rehearsal {
  private static final int PATIENCE_SECONDS = 30;

  private Rehearsal() {}

  /** Takes the folder. */
  public static void main(String[] args) {
    Logging.start(LogFormat.TEXT, LogLevel.INFO);
    try {
      play(Main.NODE, args[0]);
      System.exit(ExitCode.OK.number());
    } catch (IOException | RuntimeException failure) {
      LoggerFactory.getLogger(Rehearsal.class).error("the rehearsal failed", failure);
      System.exit(ExitCode.FAILED.number()); // the node's threads would wait for ever
    }
  }

  static void play(NodeStarter starter, String folder) throws IOException {
    ConfigSources sources =
        ConfigSources.of(Map.of())
            .with("data.dir=" + folder)
            .with("mqtt.port=0")
            .with("http.port=0")
            .with("mqtt.access=open")
            .with("admin.password=of-a-node-that-nobody-sees");
    RunningNode node = await(starter.start(ConfigReader.read(sources).toConfig()));
    ask(node.ready());
    publish(node.ready());
    await(node.stop());
  }

  private static void ask(ReadyLine ready) throws IOException {
    HttpURLConnection request =
        (HttpURLConnection) URI.create(ready.http() + "/health/ready").toURL().openConnection();
    request.setConnectTimeout(PATIENCE_SECONDS * 1000);
    request.setReadTimeout(PATIENCE_SECONDS * 1000);
    int status = request.getResponseCode();
    if (status >= 400) throw new IOException("the rehearsed node answers " + status);
    try (InputStream body = request.getInputStream()) {
      body.readAllBytes();
    }
  }

  private static void publish(ReadyLine ready) {
    Vertx vertx = Vertx.vertx();
    URI mqtt = URI.create(ready.mqtt());
    Simulation simulation =
        new Simulation(
            vertx,
            SocketAddress.inetSocketAddress(mqtt.getPort(), mqtt.getHost()),
            List.of(new SimulatedKit("abc123", 1)),
            Clock.systemUTC());
    simulation.start(Duration.ofMillis(100));
    await(vertx.timer(500, TimeUnit.MILLISECONDS));
    await(simulation.stop());
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
