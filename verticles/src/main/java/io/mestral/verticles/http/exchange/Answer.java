package io.mestral.verticles.http.exchange;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A finished answer.
 *
 * @param contentType as sent
 * @param headers beyond the content type
 * @param isShared whether the body is in memory anyway, and sent to many
 */
public record Answer(
    int status, String contentType, Buffer body, Map<String, String> headers, boolean isShared) {
  /** The content type of everything the platform says. */
  public static final String JSON = "application/json; charset=utf-8";

  /** 200 with JSON. */
  public static Answer ok(Consumer<JsonWriter> content) {
    return json(200, content);
  }

  /** JSON with a status. */
  public static Answer json(int status, Consumer<JsonWriter> content) {
    return json(status, JsonWriter.write(content));
  }

  /** JSON that is written already. */
  public static Answer json(int status, Buffer content) {
    return new Answer(status, JSON, content, Map.of(), false);
  }

  /** A text of some type. */
  public static Answer text(int status, String contentType, String text) {
    return new Answer(status, contentType, Buffer.buffer(text), Map.of(), false);
  }

  /** The answer to what was done and has nothing to show. */
  public static Answer done() {
    return ok(json -> json.object(() -> json.field("message", "OK")));
  }

  /** The same answer with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, more, isShared);
  }

  /** The same answer, whose body many others have too. */
  public Answer shared() {
    return new Answer(status, contentType, body, headers, true);
  }

  /** Whether the body is JSON. */
  public boolean isJson() {
    return contentType.equals(JSON);
  }
}
