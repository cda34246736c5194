package io.mestral.model.platform;

import java.util.Locale;
import java.util.Optional;

/** What countries are called in English. */
public final class Countries {
  private Countries() {}

  /** Empty for a code that is no country's. */
  public static Optional<String> name(Optional<String> code) {
    return code.map(given -> new Locale("", given).getDisplayCountry(Locale.ENGLISH))
        .filter(name -> !name.isBlank() && !code.get().equalsIgnoreCase(name));
  }
}
