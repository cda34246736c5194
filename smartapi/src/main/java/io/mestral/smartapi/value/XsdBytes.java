package io.mestral.smartapi.value;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes and truth values as XML Schema 1.1 part 2 writes them. */
final class XsdBytes {
  private XsdBytes() {}

  static Optional<Boolean> truth(String lexical) {
    switch (lexical) {
      case "true":
      case "1":
        return Optional.of(true);
      case "false":
      case "0":
        return Optional.of(false);
      default:
        return Optional.empty();
    }
  }

  /** Bytes in Base64, between whose digits there may be white space. */
  static Optional<byte[]> base64(String lexical) {
    StringBuilder digits = new StringBuilder(lexical.length());
    for (int at = 0; at < lexical.length(); at++) {
      char c = lexical.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        digits.append(c);
      }
    }
    if (digits.length() % 4 != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Base64.getDecoder().decode(digits.toString()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  static Optional<byte[]> hexadecimal(String lexical) {
    try {
      return Optional.of(HexFormat.of().parseHex(lexical));
    } catch (IllegalArgumentException notHexadecimal) {
      return Optional.empty();
    }
  }

  static String hexadecimal(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
