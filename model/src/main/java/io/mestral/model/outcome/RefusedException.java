package io.mestral.model.outcome;

/** A refusal travelling as the failure of a future; the message may be shown to the asker. */
public final class RefusedException extends RuntimeException implements Refusing {
  private static final long serialVersionUID = 1L;

  private final Refusal refusal;

  /** The message names what was wrong and what is allowed; it never holds a secret. */
  public RefusedException(Refusal refusal, String message) {
    super(message, null, false, false); // a refusal is an answer: no stack trace
    this.refusal = refusal;
  }

  @Override
  public Refusal refusal() {
    return refusal;
  }
}
