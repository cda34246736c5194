package io.mestral.verticles.http.device;

import io.mestral.model.platform.User;
import java.util.function.Supplier;

/**
 * Where a user's picture is.
 *
 * @param base of links, without a slash at the end
 */
public record UserPicture(Supplier<String> base) {
  /** For where no picture is shown. */
  static final UserPicture NONE = new UserPicture(() -> "");

  /** The path of all pictures. */
  public static final String PATH = "/v0/profile_pictures/";

  /** The address of the picture; an empty text where there is none (spec 2.8). */
  public String of(User user) {
    return user.picture().map(name -> base.get() + PATH + name).orElse("");
  }
}
