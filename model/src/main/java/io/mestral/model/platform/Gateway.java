package io.mestral.model.platform;

import io.mestral.model.GatewayId;
import io.mestral.model.UserId;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A machine that manages other devices and is reached by Smart API messages.
 *
 * @param name short, as it stands in topics: 1 to 64 of letters, digits and {@code - . _ ~}
 * @param iri what it calls itself in messages; absolute, at most 2,048 characters
 * @param owner who answers for it
 */
public record Gateway(
    GatewayId id, String name, String iri, UserId owner, Instant createdAt, Instant updatedAt) {
  /** What a name looks like. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  /** What an IRI looks like: a scheme, and none of the characters that no IRI has. */
  public static final Pattern IRI =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[^\\x00-\\x20<>\"{}|\\\\^`]+");

  /** The most characters of an IRI. */
  public static final int MAX_IRI = 2_048;
}
