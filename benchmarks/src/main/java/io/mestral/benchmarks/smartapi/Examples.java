package io.mestral.benchmarks.smartapi;

import java.io.IOException;
import java.io.InputStream;

/** The published messages. */
final class Examples {
  private Examples() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream file =
        Examples.class.getResourceAsStream("/io/mestral/smartapi/examples/" + name)) {
      return file.readAllBytes();
    }
  }
}
