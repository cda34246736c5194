package io.mestral.verticles.http.smartapi;

import io.mestral.smartapi.syntax.Syntax;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Which syntax a header {@code Accept} asks for (RFC 9110, 12.5.1). */
final class Accept {
  private Accept() {}

  private record Wish(Syntax syntax, double weight) {}

  /** The one it names with the greatest weight; empty when it names none that is written here. */
  static Optional<Syntax> best(String header) {
    return Arrays.stream(header.split(","))
        .flatMap(one -> wish(one.strip()).stream())
        .filter(wish -> wish.weight > 0)
        .max(Comparator.comparingDouble(Wish::weight))
        .map(Wish::syntax);
  }

  private static Optional<Wish> wish(String range) {
    return Syntax.ofMediaType(range)
        .filter(Syntax::isWritten)
        .map(syntax -> new Wish(syntax, weight(range)));
  }

  private static double weight(String range) {
    for (String parameter : range.split(";"))
      if (parameter.strip().startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.strip().substring(2));
        } catch (NumberFormatException noNumber) {
          return 0;
        }
      }
    return 1;
  }
}
