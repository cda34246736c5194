package io.mestral.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.verticles.http.ResponseCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks a node over HTTP as a script would, and holds its answers against the contract. */
final class HttpProbe {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final String base;
  private final String token;

  private final Map<String, String> headers;

  HttpProbe(String base, String token) {
    this(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
        base,
        token,
        Map.of());
  }

  private HttpProbe(HttpClient client, String base, String token, Map<String, String> headers) {
    this.client = client;
    this.base = base;
    this.token = token;
    this.headers = headers;
  }

  HttpProbe as(String otherToken) {
    return new HttpProbe(client, base, otherToken, headers);
  }

  String token() {
    return token;
  }

  HttpProbe with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpProbe(client, base, token, more);
  }

  JsonNode get(String path) {
    return json(send("GET", path, ""));
  }

  JsonNode post(String path, String body) {
    return json(send("POST", path, body));
  }

  /** Posts something and doesn't wait for the answer. */
  CompletableFuture<Integer> posting(String path, String body) {
    return client
        .sendAsync(request("POST", path, body), BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request = request(method, path, body);
    try {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      ResponseCheck.check(method, path, ResponseCheck.Received.of(answer));
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .setHeader("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
    headers.forEach(request::setHeader);
    return request.build();
  }

  private static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2)
      throw new AssertionError(response.statusCode() + " " + response.body());
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
