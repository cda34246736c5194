package io.mestral.verticles.http.device;

import io.mestral.model.platform.Countries;
import io.mestral.model.platform.User;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.util.Optional;

/** Writes where a user says to live. */
public final class UserLocation {
  private UserLocation() {}

  /** The member {@code location} of a user. */
  public static void write(JsonWriter json, User user) {
    Optional<String> country = Countries.name(user.countryCode());
    json.object(
        "location",
        () ->
            json.field("city", user.city())
                .field("country", country)
                .field("country_code", user.countryCode()));
  }
}
