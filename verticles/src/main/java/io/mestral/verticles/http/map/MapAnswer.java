package io.mestral.verticles.http.map;

import io.mestral.verticles.http.exchange.Answer;
import io.vertx.core.buffer.Buffer;

/**
 * What is sent.
 *
 * @param body not changed any more: it is sent to many
 * @param changed whether the asker doesn't have it yet
 * @param shared whether it is sent to everybody who may see no private device
 */
record MapAnswer(String etag, Buffer body, boolean changed, boolean shared) {
  static MapAnswer unchanged(String etag) {
    return new MapAnswer(etag, Buffer.buffer(), false, true);
  }

  /**
   * As it is sent.
   *
   * @param gzip whether the body is compressed
   */
  Answer shown(boolean gzip) {
    Answer shown =
        Answer.json(changed ? 200 : 304, body).with("ETag", etag).with("Vary", "Accept-Encoding");
    Answer counted = shared ? shown.shared() : shown;
    return changed && gzip ? counted.with("Content-Encoding", "gzip") : counted;
  }
}
