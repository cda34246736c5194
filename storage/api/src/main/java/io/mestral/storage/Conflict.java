package io.mestral.storage;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.Refusing;

/** Something that must be unique is taken. */
public final class Conflict extends RuntimeException implements Refusing {
  private static final long serialVersionUID = 1L;

  private final String field;

  /** {@code field} as users know it: {@code username}, {@code email}, {@code device_token}. */
  public Conflict(String field) {
    super(field + " has already been taken", null, false, false);
    this.field = field;
  }

  /** Which field it is. */
  public String field() {
    return field;
  }

  @Override
  public Refusal refusal() {
    return Refusal.PROTOCOL_ERROR;
  }
}
