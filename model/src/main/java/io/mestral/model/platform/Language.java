package io.mestral.model.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people are written to in. */
public enum Language {
  /** English. */
  EN,
  /** Spanish. */
  ES,
  /** Catalan. */
  CA;

  private static final int LONGEST_HEADER = 256;

  /** As ISO 639 has it: {@code en}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The one a language tag means, such as {@code ca} or {@code es-AR}; empty when it is another.
   */
  public static Optional<Language> of(String tag) {
    String primary = tag.strip().toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
    return Arrays.stream(values()).filter(each -> each.code().equals(primary)).findFirst();
  }

  /** The first of those that an {@code Accept-Language} header asks for (RFC 9110, 12.5.4). */
  public static Optional<Language> accepted(String header) {
    if (header.isBlank() || header.length() > LONGEST_HEADER) return Optional.empty();
    try {
      return Locale.LanguageRange.parse(header).stream() // what is wanted most stands first
          .filter(range -> range.getWeight() > 0)
          .flatMap(range -> of(range.getRange()).stream())
          .findFirst();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
