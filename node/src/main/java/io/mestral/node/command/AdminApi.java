package io.mestral.node.command;

import io.mestral.node.DataFolder;
import io.mestral.node.NodeAddress;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The operator surface of a running node, as an administrator. */
final class AdminApi {
  /** What leads to a node: its data folder, or its URL and a token. */
  static final Set<String> OPTIONS = Set.of("--url", "--token", "--data");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI base;
  private final String token;

  private AdminApi(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /** Takes what the command line doesn't say from the data folder of the running node. */
  static AdminApi from(Arguments arguments) {
    if (arguments.has("--token") && !arguments.has("--url"))
      throw new UsageError(
          "--token is the administrator's and goes with --url (a device's is --device-token)");
    Path data = dataFolder(arguments);
    String url =
        arguments.find("--url").orElseGet(() -> address(data).http()).replaceAll("/+$", "");
    if (!url.matches("https?://[^/\\s]+.*")) throw new UsageError("--url takes an http URL");
    String token = arguments.find("--token").orElseGet(() -> token(data));
    try {
      return new AdminApi(URI.create(url), token);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--url takes an http URL");
    }
  }

  static Path dataFolder(Arguments arguments) {
    return Path.of(arguments.find("--data").orElse("data"));
  }

  static NodeAddress address(Path data) {
    try {
      return NodeAddress.in(data)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      "no node runs on the data folder " + data + "; name another with --data"));
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + data.resolve("node.url") + ": " + e);
    }
  }

  private static String token(Path data) {
    try {
      return DataFolder.adminTokenIn(data)
          .orElseThrow(
              () ->
                  new CommandFailure(
                      data
                          + " holds no admin.token; name another folder with --data, or give"
                          + " --token"));
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + data.resolve("admin.token") + ": " + e);
    }
  }

  /** Makes something and gives what was made, one object each. */
  List<JsonObject> post(String path, JsonObject body) {
    return objects(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
  }

  /** Asks for something and gives what there is, one object each. */
  List<JsonObject> get(String path) {
    return objects(request(path).GET());
  }

  /** Takes something away and gives what the node says to that. */
  JsonObject delete(String path) {
    return objects(request(path).DELETE()).get(0);
  }

  /** What a node said, be it yes or no. */
  record Told(int status, JsonObject body) {}

  /** Sends a file, however long that takes. */
  Told upload(String path, Path file) {
    try {
      HttpRequest request =
          authorized(path)
              .header("Content-Type", "text/csv")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build();
      HttpResponse<String> response = send(request);
      return new Told(response.statusCode(), new JsonObject(response.body()));
    } catch (FileNotFoundException e) {
      throw new CommandFailure("cannot read the file " + file);
    } catch (DecodeException e) {
      throw new CommandFailure(base + " does not answer like a Mestral node");
    }
  }

  private HttpRequest.Builder request(String path) {
    return authorized(path).timeout(PATIENCE);
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token);
  }

  private List<JsonObject> objects(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request.build());
    if (response.statusCode() / 100 != 2)
      throw new CommandFailure(base + " says " + response.statusCode() + ": " + message(response));
    try {
      Object answer = Json.decodeValue(response.body());
      if (answer instanceof JsonArray all) return all.stream().map(JsonObject.class::cast).toList();
      return List.of((JsonObject) answer);
    } catch (DecodeException | ClassCastException e) {
      throw new CommandFailure(base + " does not answer like a Mestral node");
    }
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .build()
          .send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure("cannot reach a node at " + base + ": " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }

  private static String message(HttpResponse<String> response) {
    try {
      JsonObject json = new JsonObject(response.body());
      String message = String.valueOf(json.getValue("message", json.getValue("error")));
      return json.containsKey("errors") ? message + " " + json.getValue("errors") : message;
    } catch (DecodeException notJson) {
      return response.body().lines().findFirst().orElse("nothing more");
    }
  }
}
