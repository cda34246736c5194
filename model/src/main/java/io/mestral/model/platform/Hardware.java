package io.mestral.model.platform;

import java.util.Optional;

/**
 * What a device is made of.
 *
 * @param info the last {@code info} message, a JSON text, as the device sent it
 * @param nameOverride the owner's word over what {@code info} implies; likewise the next three
 */
public record Hardware(
    Optional<String> info,
    Optional<String> nameOverride,
    Optional<String> versionOverride,
    Optional<String> typeOverride,
    Optional<String> slugOverride) {

  /** Nothing is known yet. */
  public static final Hardware UNKNOWN =
      new Hardware(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The same with another last message. */
  public Hardware with(Optional<String> message) {
    return new Hardware(message, nameOverride, versionOverride, typeOverride, slugOverride);
  }
}
