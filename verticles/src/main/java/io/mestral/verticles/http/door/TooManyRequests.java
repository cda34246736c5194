package io.mestral.verticles.http.door;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/** The asker has used up this minute. */
final class TooManyRequests extends RuntimeException implements Refusing {
  private static final long serialVersionUID = 1L;

  TooManyRequests() {
    super("too many requests", null, false, false);
  }

  @Override
  public Refusal refusal() {
    return Refusal.QUOTA_EXCEEDED;
  }
}
