package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mestral.config.MestralConfig;
import io.mestral.node.ReadyLine;
import io.mestral.node.RunningNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private int health = 200;

  @Test
  void aNodeIsStartedAskedPublishedToAndStopped() throws IOException {
    Rehearsal.play(this::start, "the folder");

    assertThat(heard)
        .startsWith("started on the folder", "GET /health/ready", "device/sck/abc123/info")
        .contains("device/sck/abc123/readings/raw")
        .endsWith("stopped");
  }

  @Test
  void aNodeThatIsNotWellMakesItFail() {
    health = 503;

    assertThatThrownBy(() -> Rehearsal.play(this::start, "the folder")).hasMessageContaining("503");
  }

  private Future<RunningNode> start(MestralConfig config) {
    heard.add("started on " + config.storage().dataDir());
    Vertx vertx = Vertx.vertx();
    HttpServer http =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  heard.add(request.method() + " " + request.path());
                  request.response().setStatusCode(health).end("{}");
                });
    MqttServer mqtt =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
            .endpointHandler(
                client ->
                    client.publishHandler(message -> heard.add(message.topicName())).accept(false));
    return http.listen(0, "127.0.0.1")
        .compose(listening -> mqtt.listen())
        .map(
            listening ->
                node(
                    vertx,
                    ReadyLine.of(
                        "n",
                        "http://127.0.0.1:" + http.actualPort(),
                        "mqtt://127.0.0.1:" + mqtt.actualPort())));
  }

  private RunningNode node(Vertx vertx, ReadyLine ready) {
    return new RunningNode() {
      @Override
      public ReadyLine ready() {
        return ready;
      }

      @Override
      public Future<Void> stop() {
        heard.add("stopped");
        return vertx.close();
      }
    };
  }
}
