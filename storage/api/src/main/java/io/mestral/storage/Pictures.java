package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** The profile pictures; each user has one at most. */
public interface Pictures {
  /** Gives a user a picture instead of the former one, in one unit with the user's name of it. */
  Future<User> put(UserId user, Picture picture, Instant now);

  /** Takes a user's picture away. */
  Future<User> remove(UserId user, Instant now);

  /** Empty when no user has it. */
  Future<Optional<Picture>> find(String name);
}
