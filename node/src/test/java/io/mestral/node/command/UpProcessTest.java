package io.mestral.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.node.NodeAddress;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code up} in a process of its own, as a start script or a service manager sees it. */
@Timeout(60)
class UpProcessTest {
  @TempDir Path temp;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stopWhatStillRuns() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aReadyNodeSaysWhereItListensAndEndsWithZeroAfterSigterm() throws Exception {
    Process node = up();
    JsonObject ready = ready(node);

    assertThat(ready.getString("node")).isEqualTo("tester");
    assertThat(ready.getInteger("ms")).isBetween(1, 60_000);
    connect(ready.getString("http"));
    connect(ready.getString("mqtt"));
    assertThat(NodeAddress.in(temp.resolve("data"))).isPresent();

    node.destroy();
    assertThat(node.waitFor()).isZero();
    assertThat(NodeAddress.in(temp.resolve("data"))).isEmpty();
    assertThat(stderr()).contains("INFO  SmallNode - starting");
  }

  @Test
  void aPortInUseIsNamedAndEndsWithThree() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process node = up("--set", "http.port=" + other.getLocalPort());

      assertThat(node.waitFor()).isEqualTo(3);
      assertThat(stderr())
          .contains("cannot listen on 127.0.0.1 port " + other.getLocalPort() + " (http.port)");
    }
  }

  @Test
  void aFolderInUseEndsWithFourAndTheFirstNodeGoesOn() throws Exception {
    Process first = up();
    JsonObject ready = ready(first);

    Process second = up();

    assertThat(second.waitFor()).isEqualTo(4);
    assertThat(stderr()).contains("is in use by another node");
    connect(ready.getString("mqtt"));
  }

  @Test
  void aKilledNodeLeavesTheFolderFree() throws Exception {
    Process first = up();
    ready(first);
    first.destroyForcibly().waitFor();

    ready(up());
  }

  @Test
  void theLogCanBeJson() throws Exception {
    ready(up("--set", "log.format=json"));

    assertThat(new JsonObject(stderr().lines().findFirst().orElseThrow()).getString("message"))
        .isEqualTo("starting");
  }

  private Process up(String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(SmallNode.class.getName(), "up", "--data", "data"));
    for (String setting : List.of("mqtt.port=0", "http.port=0", "node.name=tester"))
      command.addAll(List.of("--set", setting));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectError(temp.resolve("stderr").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static JsonObject ready(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).startsWith("ready {");
    return new JsonObject(line.substring("ready ".length()));
  }

  private static void connect(String url) throws IOException {
    URI address = URI.create(url);
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  private String stderr() throws IOException {
    return Files.readString(temp.resolve("stderr"));
  }
}
