package io.mestral.node;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/**
 * What a node says once every listener accepts.
 *
 * @param node its name
 * @param http URL of the HTTP server, with the port it really took
 * @param mqtt URL of the broker, with the port it really took
 * @param others further listeners by the name of their protocol
 */
public record ReadyLine(String node, String http, String mqtt, Map<String, String> others) {

  /** Keeps a copy. */
  public ReadyLine {
    others = Map.copyOf(others);
  }

  /** A node with the two listeners that every node has. */
  public static ReadyLine of(String node, String http, String mqtt) {
    return new ReadyLine(node, http, mqtt, Map.of());
  }

  /** The line itself, without a line end. */
  public String after(Duration sinceStart) {
    JsonObject json = new JsonObject().put("node", node).put("http", http).put("mqtt", mqtt);
    json.put("ms", sinceStart.toMillis());
    others.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(other -> json.put(other.getKey(), other.getValue()));
    return "ready " + json.encode();
  }
}
