package io.mestral.broker;

import io.mestral.config.BrokerOptions;
import io.mestral.config.ClientLimits;
import io.mestral.config.SessionOptions;
import io.mestral.config.TlsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Broker options for tests: any free port, open to all, and what a test sets otherwise. */
public final class Options {
  private BrokerOptions.Access access = BrokerOptions.Access.OPEN;
  private int maxConnections = ClientLimits.DEFAULTS.maxConnections();
  private Duration connectTimeout = ClientLimits.DEFAULTS.connectTimeout();
  private Optional<Duration> maxKeepAlive = Optional.empty();
  private int maxPacket = ClientLimits.DEFAULTS.maxPacket();
  private int receiveMaximum = ClientLimits.DEFAULTS.receiveMaximum();
  private int topicAliasMaximum = ClientLimits.DEFAULTS.topicAliasMaximum();
  private int maxSubscriptions = ClientLimits.DEFAULTS.maxSubscriptions();
  private int maxFilterBytes = ClientLimits.DEFAULTS.maxFilterBytes();
  private OptionalInt maxRate = OptionalInt.empty();
  private int refusedPerSecond = ClientLimits.DEFAULTS.refusedPerSecond();
  private SessionOptions sessions = SessionOptions.DEFAULTS;
  private Optional<String> serverReference = Optional.empty();
  private Optional<Duration> sysInterval = Optional.empty();
  private Optional<TlsOptions> tls = Optional.empty();
  private boolean proxyProtocol;

  /** As a node's defaults are, but for port and access. */
  public static Options usual() {
    return new Options();
  }

  public Options access(BrokerOptions.Access value) {
    access = value;
    return this;
  }

  public Options maxConnections(int value) {
    maxConnections = value;
    return this;
  }

  public Options connectTimeout(Duration value) {
    connectTimeout = value;
    return this;
  }

  public Options maxKeepAlive(Duration value) {
    maxKeepAlive = Optional.of(value);
    return this;
  }

  public Options maxPacket(int bytes) {
    maxPacket = bytes;
    return this;
  }

  public Options receiveMaximum(int messages) {
    receiveMaximum = messages;
    return this;
  }

  public Options topicAliasMaximum(int aliases) {
    topicAliasMaximum = aliases;
    return this;
  }

  public Options maxSubscriptions(int value) {
    maxSubscriptions = value;
    return this;
  }

  public Options maxFilterBytes(int value) {
    maxFilterBytes = value;
    return this;
  }

  public Options maxRate(int packetsPerSecond) {
    maxRate = OptionalInt.of(packetsPerSecond);
    return this;
  }

  public Options refusedPerSecond(int value) {
    refusedPerSecond = value;
    return this;
  }

  public Options sessions(SessionOptions value) {
    sessions = value;
    return this;
  }

  public Options maxKeptSessions(int all, int perPrincipal) {
    return sessions(
        new SessionOptions(
            sessions.maxExpiry(),
            all,
            perPrincipal,
            sessions.queueMaxBytes(),
            sessions.queueMaxAge(),
            sessions.whenFull(),
            sessions.retainedMaxBytes()));
  }

  public Options queueMaxBytes(long bytes) {
    return sessions(
        new SessionOptions(
            sessions.maxExpiry(),
            sessions.maxSessions(),
            sessions.maxPerPrincipal(),
            bytes,
            sessions.queueMaxAge(),
            sessions.whenFull(),
            sessions.retainedMaxBytes()));
  }

  public Options serverReference(String value) {
    serverReference = Optional.of(value);
    return this;
  }

  public Options sysInterval(Duration value) {
    sysInterval = Optional.of(value);
    return this;
  }

  Options tls(TlsOptions value) {
    tls = Optional.of(value);
    return this;
  }

  Options behindProxy() {
    proxyProtocol = true;
    return this;
  }

  /** The options. */
  public BrokerOptions build() {
    return new BrokerOptions(
        "127.0.0.1",
        0,
        tls,
        proxyProtocol,
        access,
        new ClientLimits(
            maxConnections,
            connectTimeout,
            maxKeepAlive,
            maxPacket,
            receiveMaximum,
            topicAliasMaximum,
            maxSubscriptions,
            maxFilterBytes,
            maxRate,
            refusedPerSecond),
        sessions,
        serverReference,
        sysInterval,
        List.of());
  }
}
