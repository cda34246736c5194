package io.mestral.broker.session;

import io.mestral.model.mqtt.QoS;
import java.util.Arrays;

/**
 * The QoS 1 and 2 messages that were sent to a client and are not done: their packet identifiers,
 * at most as many as the client takes at once (MQTT-3.3.4-9).
 *
 * <p>Identifiers run from 1 to the window's size and come back at the end of a ring, so that one is
 * used again as late as possible.
 */
public final class Inflight {
  private static final byte FREE = 0;
  private static final byte PUBLISHED_QOS_1 = 1;
  private static final byte PUBLISHED_QOS_2 = 2;
  private static final byte RELEASED = 3;
  private static final int FIRST_ROOM = 16;

  private final int window;
  private byte[] states = {};
  private int[] ring = {};
  private int next;
  private int open;

  /** As many messages as the client takes, and no more than the broker wants to keep open. */
  public Inflight(int window) {
    this.window = window;
  }

  boolean hasRoom() {
    return open < window;
  }

  int open() {
    return open;
  }

  /** Takes a free identifier for a message that is about to go out. */
  int begin(QoS qos) {
    if (open == ring.length) grow();
    int id = ring[next];
    next = (next + 1) % ring.length;
    open++;
    states[id] = published(qos);
    return id;
  }

  private static byte published(QoS qos) {
    return qos == QoS.AT_LEAST_ONCE ? PUBLISHED_QOS_1 : PUBLISHED_QOS_2;
  }

  /** Ends the flow of a message that didn't go out. */
  void cancel(int id) {
    end(id);
  }

  /** PUBACK: whether it ended a flow. */
  boolean acknowledged(int id) {
    return state(id) == PUBLISHED_QOS_1 && end(id);
  }

  /**
   * PUBREC: whether PUBREL is due for a message that is known. A second PUBREC gets a second
   * PUBREL; the message itself never goes out again (MQTT-4.3.3-6).
   */
  boolean received(int id) {
    byte state = state(id);
    if (state != PUBLISHED_QOS_2 && state != RELEASED) return false;
    states[id] = RELEASED;
    return true;
  }

  /** PUBACK or PUBREC with an error: whether it ended a flow (MQTT-4.4.0-2). */
  boolean rejected(QoS qos, int id) {
    return state(id) == published(qos) && end(id);
  }

  /** PUBCOMP: whether it ended a flow. */
  boolean completed(int id) {
    return state(id) == RELEASED && end(id);
  }

  private byte state(int id) {
    return id < states.length ? states[id] : FREE;
  }

  private boolean end(int id) {
    states[id] = FREE;
    open--;
    ring[(next + ring.length - 1 - open) % ring.length] = id;
    return true;
  }

  /** Called when every identifier is in use; the new ones stand free in the ring. */
  private void grow() {
    int size = Math.min(window, Math.max(FIRST_ROOM, ring.length * 2));
    int[] larger = new int[size];
    for (int i = 0; i < size - open; i++) larger[i] = open + 1 + i;
    states = Arrays.copyOf(states, size + 1); // identifier 0 is never used
    ring = larger;
    next = 0;
  }
}
