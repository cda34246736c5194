package io.mestral.broker.session;

import io.mestral.model.mqtt.QoS;
import java.util.BitSet;

/**
 * The QoS 1 and 2 messages that came from a client and are not done. A QoS 2 identifier is
 * remembered until PUBREL, so that a message that comes again is not routed again (MQTT-4.3.3-10).
 */
public final class Incoming {
  private static final BitSet NONE = new BitSet(0); // never changed

  private BitSet routing = NONE; // until the first of these comes, as with most clients
  private BitSet kept = NONE;
  private int open;

  /** How many messages count against the maximum that the client was told. */
  public int open() {
    return open;
  }

  /** A new message is on its way to its receivers. */
  public void begin(QoS qos, int packetId) {
    if (qos == QoS.AT_MOST_ONCE) return;
    open++;
    if (qos != QoS.EXACTLY_ONCE) return;
    if (routing == NONE) routing = new BitSet();
    routing.set(packetId);
  }

  /** Whether this QoS 2 message is still on its way to its receivers. */
  public boolean isRouting(int packetId) {
    return routing.get(packetId);
  }

  /** Whether this QoS 2 message was kept and its PUBREL hasn't come. */
  public boolean isKept(int packetId) {
    return kept.get(packetId);
  }

  /** A QoS 1 message is done. */
  public void acknowledged() {
    open--;
  }

  /** A QoS 2 message was kept: from now on it counts as received. */
  public void kept(int packetId) {
    routing.clear(packetId);
    if (kept == NONE) kept = new BitSet();
    kept.set(packetId);
  }

  /** A QoS 2 message was refused: its identifier means a new message again (MQTT-4.3.3-9). */
  public void rejected(int packetId) {
    routing.clear(packetId);
    open--;
  }

  /** PUBREL: whether the identifier was one to release. */
  public boolean released(int packetId) {
    if (!kept.get(packetId)) return false;
    kept.clear(packetId);
    open--;
    return true;
  }
}
