package io.mestral.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A port that speaks TLS. The files are read again when they change.
 *
 * @param port 0 takes any free one
 * @param cert the certificate chain, PEM
 * @param key its private key, PEM
 * @param clientCa who signs the certificates of clients, PEM; empty asks clients for none
 */
public record TlsOptions(int port, Path cert, Path key, Optional<Path> clientCa) {
  /** Refuses a port out of range. */
  public TlsOptions {
    if (port < 0 || port > 65_535) throw new IllegalArgumentException("port " + port);
  }
}
