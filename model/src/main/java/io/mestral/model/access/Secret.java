package io.mestral.model.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token or password on its way to being checked. It never prints itself. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps the text as it is; an empty one is legal and matches nothing that was generated. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The secret itself: for hashing and for showing to its owner, never for a log. */
  public String reveal() {
    return value;
  }

  /** Whether nothing stands in it. */
  public boolean isEmpty() {
    return value.isEmpty();
  }

  /** Compares in a time that doesn't tell where the difference is. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Two characters and dots: enough to tell tokens apart in a log, too little to use one. */
  @Override
  public String toString() {
    return value.length() < 6 ? "…" : value.substring(0, 2) + "…";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
