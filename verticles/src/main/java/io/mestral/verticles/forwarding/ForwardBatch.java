package io.mestral.verticles.forwarding;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Reading;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** What one message of a device brought, on its way to a partner. */
record ForwardBatch(DeviceId device, List<Reading> readings) {
  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Long.BYTES;
  private static final int READING = Integer.BYTES + Long.BYTES + Double.BYTES;

  ForwardBatch {
    readings = List.copyOf(readings);
  }

  /** As the journal keeps it: a version, the device, then sensor, second and value of each. */
  Buffer encoded() {
    Buffer body = Buffer.buffer(HEAD + readings.size() * READING);
    body.appendByte(VERSION).appendLong(device.value());
    for (Reading reading : readings)
      body.appendInt(reading.sensor().value())
          .appendLong(reading.epochSecond())
          .appendDouble(reading.value());
    return body;
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static ForwardBatch decode(Buffer body) {
    if (body.length() < HEAD || body.getByte(0) != VERSION || (body.length() - HEAD) % READING != 0)
      throw new IllegalArgumentException("not a batch of version " + VERSION);
    DeviceId device = new DeviceId(body.getLong(1));
    List<Reading> readings = new ArrayList<>((body.length() - HEAD) / READING);
    for (int at = HEAD; at < body.length(); at += READING)
      readings.add(
          new Reading(
              device,
              new SensorId(body.getInt(at)),
              body.getLong(at + Integer.BYTES),
              body.getDouble(at + Integer.BYTES + Long.BYTES)));
    return new ForwardBatch(device, readings);
  }
}
