package io.mestral.verticles.http.query;

import io.mestral.model.access.Secret;
import io.mestral.storage.search.Kind;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Flag;
import io.mestral.storage.search.Value.Real;
import io.mestral.storage.search.Value.Second;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import io.mestral.verticles.http.exchange.TimeParameter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads what a field is to be compared with. */
final class Values {
  private static final Set<String> YES = Set.of("1", "true", "t");
  private static final Set<String> NO = Set.of("0", "false", "f");
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern REAL = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,18})?");

  private final Function<Secret, String> tokenHash;

  /**
   * @param tokenHash what is kept of a token
   */
  Values(Function<Secret, String> tokenHash) {
    this.tokenHash = tokenHash;
  }

  /** Empty when it is nothing of that kind. */
  Optional<Value> read(Kind kind, String text) {
    return switch (kind) {
      case TEXT -> Optional.of(new Text(text));
      case TOKEN -> Optional.of(new Text(tokenHash.apply(Secret.of(text))));
      case FLAG -> flag(text).map(Flag::new);
      case TIME -> time(text);
      case NUMBER -> plain(text, WHOLE).map(number -> new Whole(Long.parseLong(number)));
      case REAL -> plain(text, REAL).map(number -> new Real(Double.parseDouble(number)));
    };
  }

  /** Yes or no; empty when it is neither. */
  static Optional<Boolean> flag(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    if (YES.contains(word)) return Optional.of(true);
    return NO.contains(word) ? Optional.of(false) : Optional.empty();
  }

  private static Optional<Value> time(String text) {
    OptionalLong second = TimeParameter.parse(text.strip());
    return second.isPresent()
        ? Optional.of(new Second(Instant.ofEpochSecond(second.getAsLong())))
        : Optional.empty();
  }

  private static Optional<String> plain(String text, Pattern form) {
    return Optional.of(text.strip()).filter(number -> form.matcher(number).matches());
  }
}
