package io.mestral.node.command;

import io.mestral.config.MestralConfig;
import io.mestral.node.Console;
import io.mestral.node.DataFolder;
import io.mestral.node.NodeAddress;
import io.mestral.node.ReadyLine;
import io.mestral.node.RunningNode;
import io.mestral.node.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The least that can be started: a data folder and two listeners that answer nothing. */
record SmallNode(Vertx vertx, DataFolder folder, ReadyLine ready) implements RunningNode {

  /** The command line with a small node behind it. */
  public static void main(String[] args) {
    Main.with(Console.standard(), System.getenv(), SmallNode::start)
        .run(List.of(args))
        .ifPresent(code -> System.exit(code.number()));
  }

  static Future<SmallNode> start(MestralConfig config) {
    DataFolder folder = DataFolder.open(config.storage().dataDir());
    Vertx vertx = Vertx.vertx();
    LoggerFactory.getLogger(SmallNode.class).info("starting");
    return listen(vertx, "mqtt.port", config.broker().port())
        .compose(
            mqtt ->
                listen(vertx, "http.port", config.http().port())
                    .map(
                        http ->
                            ReadyLine.of(
                                config.node().name(),
                                "http://127.0.0.1:" + http,
                                "mqtt://127.0.0.1:" + mqtt)))
        .map(ready -> new SmallNode(vertx, folder, ready).announced());
  }

  private static Future<Integer> listen(Vertx vertx, String key, int port) {
    return vertx
        .createNetServer()
        .connectHandler(socket -> socket.close())
        .listen(port, "127.0.0.1")
        .map(server -> server.actualPort())
        .recover(
            failure ->
                Future.failedFuture(StartFailure.cannotListen(key, "127.0.0.1", port, failure)));
  }

  private SmallNode announced() {
    try {
      folder.announce(new NodeAddress(ready.http(), ready.mqtt()));
      return this;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public Future<Void> stop() {
    return vertx.close().onComplete(done -> folder.close());
  }
}
