package io.mestral.verticles.uplink.wire;

/** What another node said can't be read or believed; the message says what is wrong with it. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  /** For that reason. */
  public Unreadable(String why) {
    super(why);
  }
}
