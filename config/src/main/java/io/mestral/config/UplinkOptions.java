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
 */
public record UplinkOptions(
    String host, int port, boolean isEncrypted, String name, Hidden token, Optional<Path> ca) {
  private static final int MQTT = 1883;
  private static final int MQTTS = 8883;

  /**
   * Where a URL leads to.
   *
   * @param url {@code mqtt://} or {@code mqtts://}, a host, and a port unless it is the usual one
   */
  static UplinkOptions of(String url, String name, Hidden token, Optional<Path> ca) {
    URI broker = URI.create(url);
    boolean isEncrypted = broker.getScheme().equals("mqtts");
    int usual = isEncrypted ? MQTTS : MQTT;
    int port = broker.getPort() < 0 ? usual : broker.getPort();
    return new UplinkOptions(broker.getHost(), port, isEncrypted, name, token, ca);
  }
}
