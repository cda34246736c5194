package io.mestral.config;

import java.time.Duration;

/**
 * What the broker keeps for clients that are away, and what may wait for one.
 *
 * @param maxExpiry {@code mqtt.session.max-expiry}, longest time a session outlives its connection
 * @param maxSessions {@code mqtt.session.max}, kept sessions of all clients together
 * @param maxPerPrincipal {@code mqtt.session.max-per-principal}, of all clients that speak for one
 *     user or device; clients without a name are not counted here
 * @param queueMaxBytes {@code mqtt.queue.max-bytes}, waiting for one client
 * @param queueMaxAge {@code mqtt.queue.max-age}; what waited longer is dropped
 * @param whenFull {@code mqtt.queue.when-full}
 * @param retainedMaxBytes {@code mqtt.retained.max-bytes}, all retained messages together
 */
public record SessionOptions(
    Duration maxExpiry,
    int maxSessions,
    int maxPerPrincipal,
    long queueMaxBytes,
    Duration queueMaxAge,
    WhenFull whenFull,
    long retainedMaxBytes) {

  /** What becomes of a QoS 1 or 2 message for a client whose queue is full. */
  public enum WhenFull {
    /** The publisher is told, if it can be: 0x97 to MQTT 5. Whoever else wants it has it. */
    REFUSE,
    /** It is left out for this client. */
    DROP_NEWEST,
    /** It takes the place of those that waited longest. */
    DROP_OLDEST
  }

  /** What a node keeps when nobody says otherwise. */
  public static final SessionOptions DEFAULTS =
      new SessionOptions(
          Duration.ofDays(7),
          500_000,
          10_000,
          64L << 20,
          Duration.ofDays(7),
          WhenFull.REFUSE,
          256L << 20);

  /** Refuses values out of range. */
  public SessionOptions {
    if (maxExpiry.isNegative()) throw new IllegalArgumentException("maxExpiry " + maxExpiry);
    if (maxSessions < 1) throw new IllegalArgumentException("maxSessions " + maxSessions);
    if (maxPerPrincipal < 1)
      throw new IllegalArgumentException("maxPerPrincipal " + maxPerPrincipal);
    if (queueMaxBytes < 1) throw new IllegalArgumentException("queueMaxBytes " + queueMaxBytes);
    if (queueMaxAge.isNegative() || queueMaxAge.isZero())
      throw new IllegalArgumentException("queueMaxAge " + queueMaxAge);
    if (retainedMaxBytes < 1)
      throw new IllegalArgumentException("retainedMaxBytes " + retainedMaxBytes);
  }
}
