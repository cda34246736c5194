package io.mestral.storage;

import io.mestral.model.platform.SealedToken;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * A device that is being set up and belongs to nobody yet (spec 1.10).
 *
 * @param session what the app that sets it up shows
 * @param token sealed like a device's, which it will be
 * @param details what its owner said so far
 * @param handshake whether a message with this token has come
 */
public record Orphan(
    long id,
    UUID session,
    SealedToken token,
    Details details,
    boolean handshake,
    Instant createdAt,
    Instant updatedAt) {

  /**
   * What the device will be registered with unless something else is said then.
   *
   * @param userTags names with commas between them
   */
  public record Details(
      Optional<String> name,
      Optional<String> description,
      Optional<String> exposure,
      OptionalDouble latitude,
      OptionalDouble longitude,
      Optional<String> userTags) {
    /** Nothing was said. */
    public static final Details NONE =
        new Details(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty());
  }
}
