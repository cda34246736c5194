package io.mestral.model.mqtt;

/**
 * Hears what becomes of one message at each client that it is for, in a group at one. Told on any
 * thread, also while a session waits for it to return: so it only hands on what it hears. Not told
 * of what happens after the node was started again.
 */
public interface Receipt {
  /**
   * Whether it hears of what becomes of the message at clients of this principal; others may get
   * the message too, who listen to everything.
   */
  default boolean isAbout(String principal) {
    return true;
  }

  /**
   * A client that is here was sent it, or has it in a session that outlives the connection.
   *
   * @param isKept whether the session sends it again should the client leave before it acknowledges
   */
  void handedOver(boolean isKept);

  /** The client has it: PUBACK, or PUBCOMP. */
  void acknowledged();

  /**
   * The client is here and won't have it: it acknowledged with an error, or takes no packet that
   * large. To send it again is of no use.
   */
  default void refused() {}

  /** The client left before it acknowledged, or there was no room, and nobody sends it again. */
  void lost();
}
