package io.mestral.broker.telemetry;

import io.mestral.broker.telemetry.event.ClientName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Names for clients that may stand in a URL: a client identifier can be a token. They hold as long
 * as the node runs.
 */
final class Handles {
  private static final int BYTES = 12;

  private final byte[] salt = new byte[16];

  Handles() {
    new SecureRandom().nextBytes(salt);
  }

  String of(ClientName client) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(salt);
      digest.update(client.principal().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(client.clientId().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }
}
