package io.mestral.verticles.auth;

import java.util.Optional;

/**
 * What is kept of a password, as one line of text: the hash to check it against, and the sealed
 * keys for logging in without showing it. What was kept before there were such keys has none.
 *
 * @param hash Argon2id
 * @param scram sealed, in base64
 */
record PasswordRecord(String hash, Optional<String> scram) {
  private static final String SCRAM = " scram-sha-256 ";

  static PasswordRecord of(String text) {
    int end = text.indexOf(SCRAM);
    return end < 0
        ? new PasswordRecord(text, Optional.empty())
        : new PasswordRecord(
            text.substring(0, end), Optional.of(text.substring(end + SCRAM.length())));
  }

  String text() {
    return hash + scram.map(keys -> SCRAM + keys).orElse("");
  }
}
