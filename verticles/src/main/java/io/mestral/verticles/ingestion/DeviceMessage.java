package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.DeviceTopic;
import io.vertx.core.buffer.Buffer;

/** What reaches an ingestion verticle. */
sealed interface DeviceMessage {
  /** The bytes as they came. */
  Buffer payload();

  /** Published on a device's topic; the token says whose it is. */
  record Published(DeviceTopic topic, Buffer payload) implements DeviceMessage {}

  /** Posted over HTTP by somebody who may; the device is known. */
  record Posted(DeviceId device, Buffer payload) implements DeviceMessage {}

  /** Brought by somebody who may, and parsed already; the device is known. */
  record Parsed(DeviceId device, Batch batch, Buffer payload) implements DeviceMessage {}
}
