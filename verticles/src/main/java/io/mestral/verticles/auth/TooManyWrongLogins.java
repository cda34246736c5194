package io.mestral.verticles.auth;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/** It went wrong so often of late that nothing is looked at. */
public final class TooManyWrongLogins extends RuntimeException implements Refusing {
  private static final long serialVersionUID = 1L;

  /** Says so. */
  public TooManyWrongLogins() {
    super("too many wrong log-ins; try again later", null, false, false);
  }

  @Override
  public Refusal refusal() {
    return Refusal.QUOTA_EXCEEDED;
  }
}
