package io.mestral.storage;

import io.mestral.model.UserId;
import java.util.Optional;

/**
 * Which devices a viewer may see: all public ones, and more.
 *
 * @param owner whose private devices are seen too; empty for a visitor
 * @param all everybody's private devices are seen too
 */
public record Visibility(Optional<UserId> owner, boolean all) {
  /** What a visitor sees. */
  public static final Visibility PUBLIC = new Visibility(Optional.empty(), false);

  /** What an administrator sees. */
  public static final Visibility ALL = new Visibility(Optional.empty(), true);

  /** What a user sees: the public devices and their own. */
  public static Visibility of(UserId user) {
    return new Visibility(Optional.of(user), false);
  }
}
