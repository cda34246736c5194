package io.mestral.verticles.ingestion;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Kits send ASCII; what isn't is noise from the line and is left out (spec 1.4). */
final class AsciiText {
  private AsciiText() {}

  /** The ASCII bytes of a payload, in their order. */
  static byte[] bytesOf(Buffer payload) {
    byte[] bytes = payload.getBytes();
    int kept = 0;
    for (byte b : bytes) if (b >= 0) bytes[kept++] = b;
    return kept == bytes.length ? bytes : Arrays.copyOf(bytes, kept);
  }

  /** So many of the first ASCII characters of a payload; what lies behind them isn't touched. */
  static String beginning(Buffer payload, int most) {
    byte[] kept = new byte[Math.min(most, payload.length())];
    int length = 0;
    for (int at = 0; at < payload.length() && length < kept.length; at++) {
      byte b = payload.getByte(at);
      if (b >= 0) kept[length++] = b;
    }
    return new String(kept, 0, length, StandardCharsets.US_ASCII);
  }

  /** The ASCII characters of a payload. */
  static String of(Buffer payload) {
    return new String(bytesOf(payload), StandardCharsets.US_ASCII);
  }
}
