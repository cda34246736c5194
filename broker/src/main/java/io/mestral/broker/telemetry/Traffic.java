package io.mestral.broker.telemetry;

import io.mestral.model.mqtt.QoS;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Packets, bytes and messages in and out, of one connection or of all of an event loop. That loop
 * writes and any thread reads, so counting is a plain store and nobody waits for a cache line.
 */
public final class Traffic {
  /** One of the figures. */
  public enum Figure {
    /** Whole packets from the client. */
    PACKETS_IN,
    /** Packets to the client. */
    PACKETS_OUT,
    /** What the network brought. */
    BYTES_IN,
    /** What was given to the network. */
    BYTES_OUT,
    /** Times that a socket wasn't read for a while. */
    PAUSES,
    /** PUBLISH from the client at QoS 0. */
    RECEIVED_QOS_0,
    /** PUBLISH from the client at QoS 1. */
    RECEIVED_QOS_1,
    /** PUBLISH from the client at QoS 2. */
    RECEIVED_QOS_2,
    /** PUBLISH to the client at QoS 0. */
    SENT_QOS_0,
    /** PUBLISH to the client at QoS 1. */
    SENT_QOS_1,
    /** PUBLISH to the client at QoS 2. */
    SENT_QOS_2;

    /** PUBLISH from the client at this quality of service. */
    public static Figure received(QoS qos) {
      return FIGURES[RECEIVED_QOS_0.ordinal() + qos.level()];
    }

    /** PUBLISH to the client at this quality of service. */
    public static Figure sent(QoS qos) {
      return FIGURES[SENT_QOS_0.ordinal() + qos.level()];
    }
  }

  private static final Figure[] FIGURES = Figure.values();

  private final AtomicLongArray counted = new AtomicLongArray(FIGURES.length);

  /** Counts; called on the owner's event loop. */
  public void add(Figure figure, long amount) {
    int at = figure.ordinal();
    counted.setOpaque(at, counted.getPlain(at) + amount);
  }

  /** What was counted; any thread may ask. */
  public long get(Figure figure) {
    return counted.getOpaque(figure.ordinal());
  }

  /** PUBLISH from the client, all together. */
  public long received() {
    return get(Figure.RECEIVED_QOS_0) + get(Figure.RECEIVED_QOS_1) + get(Figure.RECEIVED_QOS_2);
  }

  /** PUBLISH to the client, all together. */
  public long sent() {
    return get(Figure.SENT_QOS_0) + get(Figure.SENT_QOS_1) + get(Figure.SENT_QOS_2);
  }
}
