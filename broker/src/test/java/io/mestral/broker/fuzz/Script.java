package io.mestral.broker.fuzz;

import java.util.Arrays;
import java.util.HexFormat;

/** An input, read as decisions; when it is at its end, every decision is 0. */
final class Script {
  private static final String[] PROPERTIES = {
    "01 01",
    "02 00 00 00 01",
    "08 00 01 61",
    "09 00 02 00 ff",
    "0b 05",
    "11 00 00 00 05",
    "15 00 01 61",
    "16 00 01 61",
    "17 00",
    "18 00 00 00 01",
    "19 01",
    "1f 00 01 61",
    "21 00 02",
    "22 00 02",
    "23 00 01",
    "23 00 02",
    "26 00 01 61 00 01 62",
    "27 00 00 00 40"
  };

  private final byte[] input;
  private int at;

  Script(byte[] input) {
    this.input = input;
  }

  boolean hasMore() {
    return at < input.length;
  }

  int next() {
    return hasMore() ? input[at++] & 0xFF : 0;
  }

  String of(String[] choices) {
    return choices[next() % choices.length];
  }

  byte[] bytes(int most) {
    int to = Math.min(input.length, at + most);
    byte[] bytes = Arrays.copyOfRange(input, at, to);
    at = to;
    return bytes;
  }

  /** Up to 15 bytes. */
  byte[] block() {
    return bytes(next() & 0x0F);
  }

  /** Properties of MQTT 5 as hex: known ones, or anything. */
  String properties() {
    int choice = next();
    if (choice < 128) return "";
    if (choice < 144) return HexFormat.ofDelimiter(" ").formatHex(block());
    StringBuilder properties = new StringBuilder(of(PROPERTIES));
    for (int more = choice % 3; more > 0; more--) properties.append(' ').append(of(PROPERTIES));
    return properties.toString();
  }
}
