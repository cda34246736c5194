package io.mestral.broker.session;

import io.mestral.model.mqtt.Publish;
import io.mestral.model.mqtt.Subscription;
import io.mestral.model.outcome.Refusal;

/** The way from a session to its client. Called on the session's event loop only. */
public interface Outlet {
  /** Whether the network takes more; when it does again, {@link Session#writable} is called. */
  boolean isWritable();

  /**
   * Sends a message.
   *
   * @param packetId 0 at QoS 0
   * @return false when the client takes no packet that large; then nothing was sent
   */
  boolean publish(Publish publish, Subscription subscription, int packetId);

  /** Sends a message that may have been sent before, with DUP set (MQTT-3.3.1-1). */
  boolean publishAgain(Publish publish, Subscription subscription, int packetId);

  /** Sends PUBREL. */
  void release(int packetId, boolean known);

  /** Runs it, later, when the network has taken all that was sent so far or takes no more. */
  void whenSent(Runnable task);

  /** Tells the client that it connected elsewhere, and closes. */
  void takenOver();

  /** Tells the client that more waits for it than may wait, and closes. */
  void tooSlow();

  /** Tells the client why it may not stay, and closes. */
  void sendAway(Refusal why);
}
