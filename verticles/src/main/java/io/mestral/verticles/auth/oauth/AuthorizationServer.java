package io.mestral.verticles.auth.oauth;

import io.mestral.config.OAuthOptions;
import io.mestral.config.OAuthOptions.Registration;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.BearerTokens;
import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Consumer;

/** The parts of the authorization server, put together. */
public final class AuthorizationServer {
  private final OAuthOptions options;
  private final SigningKeys keys;
  private final AccessTokens accessTokens;
  private final AuthorizationDesk authorization;
  private final TokenDesk tokens;
  private final RevocationDesk revocation;
  private final IntrospectionDesk introspection;
  private final Applications applications;
  private final Registrations registrations;
  private final ServerMetadata metadata;
  private final Revocations revocations;

  /** What it stands on. */
  public record Ground(
      Vertx vertx, Metadata metadata, TokenVault vault, LoginBrake brake, Clock clock) {}

  /**
   * A server of this name.
   *
   * @param ended hears what nobody may stand on any more
   */
  public AuthorizationServer(
      Ground ground, Issuer issuer, OAuthOptions options, Consumer<String> ended) {
    Metadata stores = ground.metadata;
    TokenVault vault = ground.vault;
    Clock clock = ground.clock;
    this.options = options;
    this.keys =
        new SigningKeys(
            stores.signingKeys(), vault, options.keyLifetime(), stores.auditLog(), clock);
    this.accessTokens =
        new AccessTokens(ground.vertx, stores, vault, new AccessTokens.Keys(issuer, keys), clock);
    this.revocations = new Revocations(stores.grants(), ended);
    ClientLogins clients = new ClientLogins(stores.applications(), vault, ground.brake);
    this.authorization = new AuthorizationDesk(stores, vault, issuer, clock);
    TokenMint mint =
        new TokenMint(ground.vertx, issuer, keys, options.accessTokenLifetime(), clock);
    this.tokens =
        new TokenDesk(
            stores,
            vault,
            clients,
            new TokenDesk.Minting(mint, revocations, options.refreshTokenLifetime()),
            clock);
    this.revocation =
        new RevocationDesk(stores.grants(), vault, clients, accessTokens, revocations);
    this.introspection =
        new IntrospectionDesk(
            stores, vault, clients, accessTokens, new IntrospectionDesk.Answering(issuer, clock));
    this.applications = new Applications(stores.applications(), revocations, vault, clock);
    this.registrations = new Registrations(applications);
    this.metadata = new ServerMetadata(issuer, options.registration() != Registration.OFF);
  }

  /** Who may register applications by the protocol. */
  public Registration registration() {
    return options.registration();
  }

  /** The public keys, and those behind them. */
  public SigningKeys keys() {
    return keys;
  }

  /** Checks what it issued. */
  public BearerTokens accessTokens() {
    return accessTokens;
  }

  /** The authorization endpoint. */
  public AuthorizationDesk authorization() {
    return authorization;
  }

  /** The token endpoint. */
  public TokenDesk tokens() {
    return tokens;
  }

  /** The revocation endpoint. */
  public RevocationDesk revocation() {
    return revocation;
  }

  /** The introspection endpoint. */
  public IntrospectionDesk introspection() {
    return introspection;
  }

  /** What takes back what was granted. */
  public Revocations revocations() {
    return revocations;
  }

  /** The applications that users register. */
  public Applications applications() {
    return applications;
  }

  /** The registration endpoint. */
  public Registrations registrations() {
    return registrations;
  }

  /** What it says of itself. */
  public ServerMetadata metadata() {
    return metadata;
  }
}
