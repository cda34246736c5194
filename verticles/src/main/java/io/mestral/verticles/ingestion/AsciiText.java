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

  /** The ASCII characters of a payload. */
  static String of(Buffer payload) {
    return new String(bytesOf(payload), StandardCharsets.US_ASCII);
  }
}
