package io.mestral.verticles.http.door;

import io.mestral.storage.Steps;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Sends large bodies slice by slice: compressing many megabytes at once would keep every other
 * connection of the event loop waiting, and a slow reader is waited for between slices.
 */
final class Slices {
  private static final int SLICE = 128 * 1024;

  private Slices() {}

  /**
   * Succeeds when the answer is sent. Who takes no slice for longer than the patience is cut off.
   */
  static Future<Void> send(HttpServerResponse response, Buffer body, Duration patience) {
    if (body.length() <= SLICE) return response.end(body);
    response.setChunked(true);
    Iterable<Buffer> slices =
        () ->
            IntStream.iterate(0, from -> from < body.length(), from -> from + SLICE)
                .mapToObj(from -> body.slice(from, Math.min(from + SLICE, body.length())))
                .iterator();
    return Steps.forEach(
            slices,
            slice -> response.write(slice).timeout(patience.toMillis(), TimeUnit.MILLISECONDS))
        .onFailure(gone -> response.reset())
        .compose(sent -> response.end());
  }
}
