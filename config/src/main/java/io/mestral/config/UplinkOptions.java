package io.mestral.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The node that this one is a gateway of.
 *
 * @param host where its broker listens
 * @param isEncrypted whether it is reached by TLS
 * @param name {@code uplink.name}: what this node is called there
 * @param token {@code uplink.token}: what it shows there
 * @param ca {@code uplink.ca}: who signs the other node's certificate; empty: the usual authorities
 * @param enrolling empty unless it was set up by a code
 */
public record UplinkOptions(
    String host,
    int port,
    boolean isEncrypted,
    String name,
    Hidden token,
    Optional<Path> ca,
    Optional<Enrolling> enrolling) {
  private static final int MQTT = 1883;
  private static final int MQTTS = 8883;

  /**
   * What an edge that was set up by a code needs besides.
   *
   * @param once what it shows until the other node knows its token
   * @param isNew whether that one can't know the token yet
   * @param base what its IRIs begin with; empty when it has a public URL of its own
   */
  public record Enrolling(Hidden once, boolean isNew, Optional<String> base) {}

  /** The same, set up by a code. */
  public UplinkOptions enrolling(Enrolling how) {
    return new UplinkOptions(host, port, isEncrypted, name, token, ca, Optional.of(how));
  }

  /**
   * Where a URL leads to.
   *
   * @param url {@code mqtt://} or {@code mqtts://}, a host, and a port unless it is the usual one
   */
  public static UplinkOptions of(String url, String name, Hidden token, Optional<Path> ca) {
    URI broker = URI.create(url);
    boolean isEncrypted = broker.getScheme().equals("mqtts");
    int usual = isEncrypted ? MQTTS : MQTT;
    int port = broker.getPort() < 0 ? usual : broker.getPort();
    return new UplinkOptions(
        broker.getHost(), port, isEncrypted, name, token, ca, Optional.empty());
  }
}
