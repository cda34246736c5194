package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.ExitCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimCommandTest {
  @TempDir Path temp;
  private final Vertx vertx = Vertx.vertx();
  private String url;

  @BeforeEach
  void listen() {
    MqttServer server =
        MqttServer.create(vertx, new MqttServerOptions().setHost("127.0.0.1").setPort(0))
            .endpointHandler(client -> client.accept(false));
    server.listen().toCompletionStage().toCompletableFuture().join();
    url = "mqtt://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void kitsWithGivenTokensPublishForAsLongAsTold() throws IOException {
    CommandLine line =
        CommandLine.run(
            "sim",
            "--kits",
            "2",
            "--every",
            "50ms",
            "--for",
            "500ms",
            "--url",
            url,
            "--tokens-file",
            tokens("# mine\n\nabc123\ndef456\n"));

    assertThat(line.code()).contains(ExitCode.OK);
    assertThat(line.out())
        .matches("sent \\d+ messages with \\d+ readings over 2 connections; 0 failures\n");
  }

  @Test
  void withoutTokensTheDevicesAreMadeFirst() {
    HttpServer admin =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(201)
                        .end("[{\"device_token\":\"abc123\"},{\"device_token\":\"def456\"}]"));
    admin.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();

    CommandLine line =
        CommandLine.run(
            "sim",
            "--kits",
            "2",
            "--every",
            "50ms",
            "--for",
            "500ms",
            "--url",
            url,
            "--admin-url",
            "http://127.0.0.1:" + admin.actualPort(),
            "--token",
            "t");

    assertThat(line.out()).endsWith("over 2 connections; 0 failures\n");
  }

  @Test
  void aBrokerThatIsAwayMakesTheSimulationFail() throws IOException {
    CommandLine line =
        CommandLine.run(
            "sim", "--for", "200ms", "--url", "mqtt://127.0.0.1:1", "--tokens-file", tokens("a"));

    assertThat(line.code()).contains(ExitCode.FAILED);
    assertThat(line.out()).startsWith("sent 0 messages");
  }

  @Test
  void usageIsChecked() throws IOException {
    assertThat(CommandLine.run("sim", "--kits", "0").err()).contains("--kits takes a number");
    assertThat(CommandLine.run("sim", "--every", "0s").err()).contains("longer than nothing");
    assertThat(CommandLine.run("sim", "--url", "http://x").err()).contains("mqtt://host:port");
    assertThat(CommandLine.run("sim", "--url", ":::").err()).contains("mqtt://host:port");
    assertThat(
            CommandLine.run("sim", "--kits", "3", "--url", url, "--tokens-file", tokens("a")).err())
        .contains("3 kits need as many tokens; there are 1");
  }

  private String tokens(String text) throws IOException {
    return Files.writeString(temp.resolve("tokens"), text).toString();
  }
}
