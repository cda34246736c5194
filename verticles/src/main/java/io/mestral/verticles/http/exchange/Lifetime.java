package io.mestral.verticles.http.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A parameter that says in seconds how long something lives. */
public final class Lifetime {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Lifetime() {}

  /** The end; empty when the parameter isn't given. Ends the request when it is no such number. */
  public static Optional<Instant> end(Params params, String name, Instant now) {
    return span(params, name).map(now::plus);
  }

  /** The span itself. */
  public static Optional<Duration> span(Params params, String name) {
    Optional<String> given = params.text(name);
    if (given.isEmpty()) return Optional.empty();
    String text = given.get().strip();
    long seconds = text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
    if (seconds < 1 || seconds > LONGEST.toSeconds()) {
      FieldErrors errors = new FieldErrors();
      errors.add(name, "must be a number of seconds from 1 to " + LONGEST.toSeconds());
      errors.throwIfAny();
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
