package io.mestral.model.mqtt;

/** Quality of service of a delivery (MQTT 4.3). */
public enum QoS {
  /** Sent once, acknowledged by nobody. */
  AT_MOST_ONCE,
  /** Acknowledged by PUBACK; may come again. */
  AT_LEAST_ONCE,
  /** Four packets, delivered once. */
  EXACTLY_ONCE;

  private static final QoS[] BY_LEVEL = values();

  /**
   * The quality of service of a level on the wire.
   *
   * @throws IllegalArgumentException when the level is not 0, 1 or 2
   */
  public static QoS of(int level) {
    if (level < 0 || level > 2) throw new IllegalArgumentException("QoS " + level);
    return BY_LEVEL[level];
  }

  /** 0, 1 or 2. */
  public int level() {
    return ordinal();
  }

  /** The weaker of the two: what a message may have when a subscriber was granted {@code other}. */
  public QoS cappedAt(QoS other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
