package io.mestral.model.access;

import java.util.Optional;

/**
 * What a client shows at the door.
 *
 * @param username empty when none was given (real kits)
 * @param password empty when none was given; a device may log in by user name = token alone
 */
public record Credentials(Optional<String> username, Optional<Secret> password) {
  /** A client that shows nothing. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /** The user name can be a device token, so it doesn't print either. */
  @Override
  public String toString() {
    return "Credentials[username=" + (username.isPresent() ? "given" : "none") + "]";
  }
}
