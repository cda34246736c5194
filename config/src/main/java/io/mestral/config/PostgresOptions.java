package io.mestral.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A PostgreSQL server that keeps a node's metadata, as {@code storage.metadata} names it.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param password empty when the server asks for none
 * @param connections how many connections a node opens at most
 */
public record PostgresOptions(
    String host,
    int port,
    String database,
    String user,
    Optional<Hidden> password,
    Tls tls,
    int connections) {

  /** How many connections a node opens unless told otherwise. */
  public static final int DEFAULT_CONNECTIONS = 12;

  /** What the client and the server say to each other first, under PostgreSQL's own names. */
  public enum TlsMode {
    /** Nothing is encrypted. */
    DISABLE,
    /** Encrypted when the server can; nobody checks who it is. */
    PREFER,
    /** Encrypted, or not at all; nobody checks who it is. */
    REQUIRE,
    /** Encrypted, and the certificate is signed by an authority we know. */
    VERIFY_CA,
    /** The same, and it is the certificate of this host. */
    VERIFY_FULL
  }

  /**
   * How the way to the server is protected.
   *
   * @param rootCertificates the authorities that may sign the server's certificate, PEM
   */
  public record Tls(TlsMode mode, Optional<Path> rootCertificates) {
    /** What PostgreSQL's clients do unless told otherwise. */
    public static final Tls PREFERRED = new Tls(TlsMode.PREFER, Optional.empty());

    /** Refuses to check certificates against nothing. */
    public Tls {
      if (mode.compareTo(TlsMode.VERIFY_CA) >= 0 && rootCertificates.isEmpty())
        throw new IllegalArgumentException(mode + " without root certificates");
    }
  }

  /** Refuses values out of range. */
  public PostgresOptions {
    if (port < 1 || port > 65_535) throw new IllegalArgumentException("port " + port);
    if (connections < 2 || connections > 1000)
      throw new IllegalArgumentException("connections " + connections);
  }

  /**
   * What a text names, as {@code storage.metadata} takes it.
   *
   * @throws IllegalArgumentException when it names none; the message says what is allowed
   */
  public static PostgresOptions of(String url) {
    try {
      return PostgresUrl.parse(url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is none of: " + PostgresUrl.ALLOWED, e);
    }
  }

  /** Where the server is, for messages. */
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
