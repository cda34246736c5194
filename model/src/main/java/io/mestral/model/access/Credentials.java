package io.mestral.model.access;

import java.util.Optional;

/**
 * What a client shows at the door.
 *
 * @param username empty when none was given (real kits)
 * @param password empty when none was given; a device may log in by user name = token alone
 * @param certificate the common name in a client certificate that TLS has verified
 * @param address where the client comes from, as far as that is known
 */
public record Credentials(
    Optional<String> username,
    Optional<Secret> password,
    Optional<String> certificate,
    Optional<String> address) {
  /** A client that shows nothing. */
  public static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty());

  /** Without a certificate, from anywhere. */
  public Credentials(Optional<String> username, Optional<Secret> password) {
    this(username, password, Optional.empty(), Optional.empty());
  }

  /** Whether the client shows nothing. */
  public boolean isEmpty() {
    return username.isEmpty() && password.isEmpty() && certificate.isEmpty();
  }

  /** The same, from a client that TLS knows by this name. */
  public Credentials withCertificate(Optional<String> name) {
    return name.isEmpty() ? this : new Credentials(username, password, name, address);
  }

  /** The same, from a client at this address. */
  public Credentials from(String clientAddress) {
    return new Credentials(username, password, certificate, Optional.of(clientAddress));
  }

  /** The user name can be a device token, so it doesn't print either. */
  @Override
  public String toString() {
    return "Credentials[username="
        + (username.isPresent() ? "given" : "none")
        + ", certificate="
        + certificate.orElse("none")
        + "]";
  }
}
