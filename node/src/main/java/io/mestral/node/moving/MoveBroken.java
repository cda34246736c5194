package io.mestral.node.moving;

/** The move doesn't go on; the message is for the operator. */
public final class MoveBroken extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean asked;

  private MoveBroken(String message, boolean asked) {
    super(message);
    this.asked = asked;
  }

  /** Something is in the way. */
  public static MoveBroken because(String why) {
    return new MoveBroken(why, false);
  }

  static MoveBroken asAsked() {
    return new MoveBroken("it was stopped", true);
  }

  /** Whether somebody wanted that. */
  public boolean wasAsked() {
    return asked;
  }
}
