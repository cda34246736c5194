package io.mestral.verticles.auth;

import io.mestral.model.access.Secret;
import java.util.Optional;

/** The topics that partners read: {@code /forward/{token}/…} (spec 1.11). */
public final class ForwardTopics {
  private static final String ROOT = "/forward/";

  private ForwardTopics() {}

  /** Whether a filter names this token, no wildcard in its place, and something below it. */
  static boolean isBelow(String filter, Secret token) {
    return tokenOf(filter).filter(token::equals).isPresent();
  }

  /** The token that a filter names; empty when it names none. A wildcard is nobody's token. */
  public static Optional<Secret> tokenOf(String filter) {
    if (!filter.startsWith(ROOT)) return Optional.empty();
    int end = filter.indexOf('/', ROOT.length());
    if (end <= ROOT.length()) return Optional.empty();
    return Optional.of(Secret.of(filter.substring(ROOT.length(), end)));
  }
}
