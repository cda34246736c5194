package io.mestral.verticles.http.map;

import io.vertx.core.buffer.Buffer;

/**
 * What is sent.
 *
 * @param body not changed any more: it is sent to many
 * @param changed whether the asker doesn't have it yet
 * @param shared whether it is sent to everybody who may see no private device
 */
record PointsAnswer(String etag, Buffer body, boolean changed, boolean shared) {
  static PointsAnswer unchanged(String etag) {
    return new PointsAnswer(etag, Buffer.buffer(), false, true);
  }
}
