package io.mestral.verticles.auth;

import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.Credentials;
import io.mestral.storage.Metadata;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Lets users and devices log in by SCRAM-SHA-256 (RFC 7677), without channel binding. A user whose
 * password was set before there were keys for it has to set one first.
 */
public final class ScramLogins {
  static final String METHOD = "SCRAM-SHA-256";

  private static final int NONCE_BYTES = 18;

  private final ScramAccounts accounts;
  private final CertificateHolders certificates;
  private final LoginBrake brake;
  private final SecureRandom random = new SecureRandom();

  /** Looks accounts up in the metadata store each time. */
  public ScramLogins(
      Metadata metadata,
      DeviceTokens tokens,
      TokenVault vault,
      Passwords passwords,
      LoginBrake brake) {
    this.brake = brake;
    this.accounts = new ScramAccounts(metadata, tokens, vault, passwords);
    this.certificates = new CertificateHolders(metadata, vault);
  }

  /**
   * Begins a log-in.
   *
   * @param credentials what else the client showed; it must be of the same
   */
  public AuthenticationExchange exchange(Credentials credentials) {
    return new ScramExchange(this, credentials);
  }

  ScramAccounts accounts() {
    return accounts;
  }

  CertificateHolders certificates() {
    return certificates;
  }

  LoginBrake brake() {
    return brake;
  }

  String newNonce() {
    byte[] bytes = new byte[NONCE_BYTES];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
