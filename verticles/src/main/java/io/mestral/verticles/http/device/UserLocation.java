package io.mestral.verticles.http.device;

import io.mestral.model.platform.User;
import io.mestral.verticles.http.exchange.JsonWriter;
import java.util.Locale;
import java.util.Optional;

/** Writes where a user says to live. */
public final class UserLocation {
  private UserLocation() {}

  /** The member {@code location} of a user. */
  public static void write(JsonWriter json, User user) {
    Optional<String> country =
        user.countryCode()
            .map(code -> new Locale("", code).getDisplayCountry(Locale.ENGLISH))
            .filter(name -> !name.isBlank());
    json.object(
        "location",
        () ->
            json.field("city", user.city())
                .field("country", country)
                .field("country_code", user.countryCode()));
  }
}
