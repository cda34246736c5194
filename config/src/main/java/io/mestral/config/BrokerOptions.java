package io.mestral.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The MQTT broker's settings.
 *
 * @param port {@code mqtt.port}; 0 takes any free one
 * @param tls a second port, empty unless {@code mqtt.tls.port} is set
 * @param proxyProtocol {@code mqtt.proxy-protocol}: whether connections begin with a PROXY header
 * @param access {@code mqtt.access}
 * @param limits what one client may ask for
 * @param sessions what outlives a connection
 * @param serverReference {@code mqtt.server-reference}, told to clients when the node stops
 * @param sysInterval {@code mqtt.sys-interval}; empty publishes nothing below {@code $SYS}
 * @param bridgePrefixes {@code mqtt.bridge-prefixes}, before {@code device/…}
 */
public record BrokerOptions(
    String host,
    int port,
    Optional<TlsOptions> tls,
    boolean proxyProtocol,
    Access access,
    ClientLimits limits,
    SessionOptions sessions,
    Optional<String> serverReference,
    Optional<Duration> sysInterval,
    List<String> bridgePrefixes) {

  /** Who may connect and do what. */
  public enum Access {
    /** As the platform's rules say. */
    PLATFORM,
    /** Everybody everything; for laboratories. */
    OPEN
  }

  /** What a node does when nobody says otherwise. */
  public static final BrokerOptions DEFAULTS =
      new BrokerOptions(
          "127.0.0.1",
          1883,
          Optional.empty(),
          false,
          Access.PLATFORM,
          ClientLimits.DEFAULTS,
          SessionOptions.DEFAULTS,
          Optional.empty(),
          Optional.of(Duration.ofSeconds(10)),
          List.of("bridge", "bridge/sc"));

  /** Refuses values out of range. */
  public BrokerOptions {
    bridgePrefixes = List.copyOf(bridgePrefixes);
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
  }

  /** The same on another port. */
  public BrokerOptions withPort(int other) {
    return new BrokerOptions(
        host,
        other,
        tls,
        proxyProtocol,
        access,
        limits,
        sessions,
        serverReference,
        sysInterval,
        bridgePrefixes);
  }

  /** The same with another access rule. */
  public BrokerOptions withAccess(Access other) {
    return new BrokerOptions(
        host,
        port,
        tls,
        proxyProtocol,
        other,
        limits,
        sessions,
        serverReference,
        sysInterval,
        bridgePrefixes);
  }

  /** The same with other limits. */
  public BrokerOptions withLimits(ClientLimits other) {
    return new BrokerOptions(
        host,
        port,
        tls,
        proxyProtocol,
        access,
        other,
        sessions,
        serverReference,
        sysInterval,
        bridgePrefixes);
  }

  /** The same with other bounds on sessions. */
  public BrokerOptions withSessions(SessionOptions other) {
    return new BrokerOptions(
        host,
        port,
        tls,
        proxyProtocol,
        access,
        limits,
        other,
        serverReference,
        sysInterval,
        bridgePrefixes);
  }
}
