package io.mestral.config;

import io.mestral.config.NodeOptions.Profile;
import java.util.Locale;
import java.util.function.Function;

/**
 * One thing the operator may decide.
 *
 * @param name as it stands in a file or after {@code --set}
 * @param fallback the text it has when nobody says otherwise; empty: it stays unset
 * @param meaning one sentence
 */
record Key<T>(String name, ValueType<T> type, Function<Profile, String> fallback, String meaning) {

  /** The environment variable that sets it. */
  String variable() {
    return variable(name);
  }

  static String variable(String name) {
    return "MESTRAL_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
