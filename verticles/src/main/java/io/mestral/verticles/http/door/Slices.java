package io.mestral.verticles.http.door;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends large bodies slice by slice: compressing many megabytes at once would keep every other
 * connection of the event loop waiting, and a slow reader is waited for between slices.
 */
final class Slices {
  private static final int SLICE = 128 * 1024;

  private Slices() {}

  /** Succeeds when the answer is sent. */
  static Future<Void> send(HttpServerResponse response, Buffer body) {
    if (body.length() <= SLICE) return response.end(body);
    response.setChunked(true);
    return sendFrom(0, response, body);
  }

  private static Future<Void> sendFrom(int start, HttpServerResponse response, Buffer body) {
    int end = Math.min(start + SLICE, body.length());
    if (end == body.length()) return response.end(body.slice(start, end));
    return response.write(body.slice(start, end)).compose(written -> sendFrom(end, response, body));
  }
}
