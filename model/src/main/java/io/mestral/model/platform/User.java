package io.mestral.model.platform;

import io.mestral.model.UserId;
import io.mestral.model.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A person with an account. The password is not part of it: the registry keeps its hash apart.
 *
 * @param roleMask the platform's number for the role; see {@link #role()}
 * @param countryCode ISO 3166 alpha-2
 * @param legacyApiKey 40 hexadecimal digits that old clients expect to see; authenticates nobody
 * @param picture the name of the profile picture
 */
public record User(
    UserId id,
    UUID uuid,
    String username,
    String email,
    int roleMask,
    Optional<String> city,
    Optional<String> countryCode,
    Optional<String> url,
    String legacyApiKey,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> picture,
    Preferences preferences) {

  /** Somebody without a picture who said nothing about how to be written to. */
  public User(
      UserId id,
      UUID uuid,
      String username,
      String email,
      int roleMask,
      Optional<String> city,
      Optional<String> countryCode,
      Optional<String> url,
      String legacyApiKey,
      Instant createdAt,
      Instant updatedAt) {
    this(
        id,
        uuid,
        username,
        email,
        roleMask,
        city,
        countryCode,
        url,
        legacyApiKey,
        createdAt,
        updatedAt,
        Optional.empty(),
        Preferences.DEFAULT);
  }

  /** What the mask means. */
  public Role role() {
    return Role.of(roleMask);
  }

  /** The same person with another picture, or none. */
  public User withPicture(Optional<String> other) {
    return with(other, preferences);
  }

  /** The same person, who wants to be written to otherwise. */
  public User with(Preferences others) {
    return with(picture, others);
  }

  private User with(Optional<String> otherPicture, Preferences otherPreferences) {
    return new User(
        id,
        uuid,
        username,
        email,
        roleMask,
        city,
        countryCode,
        url,
        legacyApiKey,
        createdAt,
        updatedAt,
        otherPicture,
        otherPreferences);
  }
}
