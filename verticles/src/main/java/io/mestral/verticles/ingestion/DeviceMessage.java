package io.mestral.verticles.ingestion;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.DeviceTopic;
import io.mestral.model.reading.Reading;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What reaches an ingestion verticle. */
sealed interface DeviceMessage {
  /** Published on a device's topic; the token says whose it is. */
  record Published(DeviceTopic topic, Buffer payload) implements DeviceMessage {}

  /** Posted over HTTP by somebody who may; the device is known. */
  record Posted(DeviceId device, Buffer payload) implements DeviceMessage {}

  /** Brought by somebody who may, and parsed already; the device is known. */
  record Parsed(DeviceId device, Batch batch, Buffer payload) implements DeviceMessage {}

  /** Brought by another node, which has stored them; the device is known. */
  record Stored(DeviceId device, List<Reading> readings, Buffer payload) implements DeviceMessage {}

  /** A device has this token now; what was held for it is to be taken in. */
  record Registered(DeviceId device, Secret token) implements DeviceMessage {}

  /** Sensors were added or changed: what comes behind this goes by them. */
  record CatalogueChanged() implements DeviceMessage {}
}
