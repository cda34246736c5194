package io.mestral.broker.wire;

import io.mestral.model.mqtt.Publish;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The promise of Payload Format Indicator 1: the payload is text (MQTT 5, 3.3.2.3.2). */
public final class PayloadFormat {
  private static final int UTF_8_TEXT = 1;

  private PayloadFormat() {}

  /** Whether the payload is what its indicator says; without one anything is. */
  public static boolean holds(Publish message) {
    if (message.properties().payloadFormat().orElse(0) != UTF_8_TEXT) return true;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(NettySeam.bytes(message.payload()).nioBuffer());
      return true;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }
}
