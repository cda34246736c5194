package io.mestral.broker.telemetry.event;

import java.util.Locale;

/** Why a message was left out for one of its receivers. */
public enum Drop {
  /** QoS 0, and the network takes nothing just now. */
  SLOW,
  /** No room for it in the client's queue. */
  QUEUE_FULL,
  /** It waited longer than it may. */
  EXPIRED,
  /** The client takes no packet that large. */
  TOO_LARGE,
  /** QoS 0, and the client is away. */
  AWAY,
  /** It was queued, and the disk has lost it. */
  UNREADABLE;

  /** For metrics and tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
