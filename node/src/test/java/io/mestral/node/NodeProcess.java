package io.mestral.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own, which can be killed. */
final class NodeProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path errors;
  private final JsonNode ready;
  private final Duration startTime;

  private NodeProcess(Process process, Path errors, JsonNode ready, Duration startTime) {
    this.process = process;
    this.errors = errors;
    this.ready = ready;
    this.startTime = startTime;
  }

  /** Starts a node on free ports and waits for its ready line. */
  static NodeProcess start(Path data, String... settings) throws IOException {
    Path errors = logFile();
    long began = System.nanoTime();
    Process process = launch(errors, arguments(data, settings));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    if (line == null || !line.startsWith("ready "))
      throw new IllegalStateException("not ready: " + line + "\n" + Files.readString(errors));
    JsonNode ready = JSON.readTree(line.substring("ready ".length()));
    return new NodeProcess(process, errors, ready, Duration.ofNanos(System.nanoTime() - began));
  }

  /** Starts a node that is expected to refuse, and waits for its end. */
  static Refused startAndFail(Path data, String... settings)
      throws IOException, InterruptedException {
    Path errors = logFile();
    Process process = launch(errors, arguments(data, settings));
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running");
    }
    return new Refused(process.exitValue(), Files.readString(errors));
  }

  /** How a node refused to start. */
  record Refused(int exitCode, String message) {}

  /** Runs a verb that comes to its end by itself. */
  static Ended run(String... arguments) throws IOException, InterruptedException {
    Path errors = logFile();
    Process process = launch(errors, List.of(arguments));
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running");
    }
    return new Ended(process.exitValue(), out, Files.readString(errors));
  }

  /** What came of a verb. */
  record Ended(int exitCode, String out, String err) {}

  private static Path logFile() throws IOException {
    Path file = Files.createTempFile("mestral-node", ".log");
    file.toFile().deleteOnExit();
    return file;
  }

  private static List<String> arguments(Path data, String... settings) {
    List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
    List<String> all = new ArrayList<>(List.of("http.port=0", "mqtt.port=0"));
    all.addAll(List.of(settings));
    for (String setting : all) {
      arguments.add("--set");
      arguments.add(setting);
    }
    return arguments;
  }

  private static Process launch(Path errors, List<String> arguments) throws IOException {
    List<String> command = Installation.get().command();
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(errors.toFile()).start();
  }

  HttpProbe http(Path data) throws IOException {
    String token = Files.readString(data.resolve("admin.token")).strip();
    return new HttpProbe(ready.get("http").asText(), token);
  }

  String httpUrl() {
    return ready.get("http").asText();
  }

  URI httpsUrl() {
    return URI.create(ready.get("https").asText());
  }

  int mqttPort() {
    return URI.create(ready.get("mqtt").asText()).getPort();
  }

  int mqttsPort() {
    return URI.create(ready.get("mqtts").asText()).getPort();
  }

  Duration startTime() {
    return startTime;
  }

  String log() throws IOException {
    return Files.readString(errors);
  }

  /** SIGKILL: no chance to tidy up. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, as an operator stops a node; the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(15, TimeUnit.SECONDS)) throw new IllegalStateException("did not stop");
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
