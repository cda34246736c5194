package io.mestral.verticles.auth;

import io.mestral.model.access.Authenticator;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Secret;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.User;
import io.mestral.storage.ExternalIdentities.Identity;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.BearerTokens.Bearer;
import io.mestral.verticles.auth.LoginBrake.Kind;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out who shows a token, a password or a certificate. A user name without password is a
 * device token or a partner's name; with one it is {@code device:{id}}, {@code gateway:{name}},
 * {@code bearer}, a partner, or a user of the platform. Who shows a certificate besides must be the
 * same by both.
 */
public final class TokenVerifier implements Authenticator {
  static final String DEVICE_PREFIX = "device:";
  private static final String BEARER = "bearer";

  private final Metadata metadata;
  private final TokenVault vault;
  private final Passwords passwords;
  private final LoginBrake brake;
  private final CertificateHolders certificates;
  private final PartnerLogins partners;
  private final ApiTokens tokens;
  private final DeviceTokens devices;
  private final GatewayLogins gateways;
  private final BearerTokens issued;

  /** Looks things up in the metadata store each time; holds nothing. */
  public TokenVerifier(
      Metadata metadata, TokenVault vault, Passwords passwords, LoginBrake brake, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.passwords = passwords;
    this.brake = brake;
    this.certificates = new CertificateHolders(metadata, vault);
    this.partners = new PartnerLogins(metadata, vault);
    this.tokens = new ApiTokens(metadata, vault, clock);
    this.devices = new DeviceTokens(metadata.devices(), metadata.deviceTokenEnds(), vault, clock);
    this.gateways = new GatewayLogins(metadata.gateways(), vault);
    this.issued = BearerTokens.NONE;
  }

  private TokenVerifier(TokenVerifier other, BearerTokens issued) {
    this.metadata = other.metadata;
    this.vault = other.vault;
    this.passwords = other.passwords;
    this.brake = other.brake;
    this.certificates = other.certificates;
    this.partners = other.partners;
    this.tokens = other.tokens;
    this.devices = other.devices;
    this.gateways = other.gateways;
    this.issued = issued;
  }

  /** The same that knows these tokens, too. */
  public TokenVerifier knowing(BearerTokens others) {
    return new TokenVerifier(this, others);
  }

  @Override
  public Future<Login> authenticate(Credentials credentials) {
    if (credentials.isEmpty()) return Future.succeededFuture(Login.ANONYMOUS);
    return brake
        .guarded(
            showsPassword(credentials) ? Kind.PASSWORD : Kind.TOKEN,
            credentials.address(),
            claimed(credentials),
            () -> find(credentials))
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : Future.failedFuture(
                        new RefusedException(
                            Refusal.BAD_CREDENTIALS, "user name, password or token are wrong")));
  }

  private static boolean showsPassword(Credentials credentials) {
    String name = credentials.username().orElse("");
    return credentials.password().isPresent()
        && !name.equals(BEARER)
        && !name.startsWith(DEVICE_PREFIX)
        && GatewayLogins.called(name).isEmpty();
  }

  /** Whose password it is; else the token, or the certificate where there is nothing more. */
  private static String claimed(Credentials credentials) {
    return credentials
        .password()
        .filter(password -> !showsPassword(credentials))
        .map(Secret::reveal)
        .or(credentials::username)
        .or(credentials::certificate)
        .orElse("");
  }

  /**
   * Whom a token speaks for: private, named, issued to an application; empty when it is no good.
   */
  public Future<Optional<Principal.User>> byToken(Secret token) {
    return bearer(token).map(found -> found.map(Bearer::user));
  }

  /** Which gateway a token is of; empty when it is no gateway's. */
  public Future<Optional<Principal.Gateway>> gateway(Secret token) {
    return isOurs(token) ? gateways.byToken(token) : Future.succeededFuture(Optional.empty());
  }

  /** Whom another OpenID provider knows by its token; empty when the token is no good. */
  public Future<Optional<Identity>> identity(Secret token) {
    return issued.identity(token);
  }

  /** Whose browser session it is; empty when there is none or it has expired. */
  public Future<Optional<ApiTokens.Holder>> bySession(Secret token) {
    return tokens.session(token);
  }

  /** One of ours looks unlike one that says itself whom it speaks for. */
  private Future<Optional<Bearer>> bearer(Secret token) {
    return isOurs(token) ? tokens.find(token) : issued.find(token);
  }

  private static boolean isOurs(Secret token) {
    return token.reveal().indexOf('.') < 0;
  }

  /**
   * The user of a name or e-mail address with this password; empty when either is wrong, after the
   * same time. Fails with {@code QUOTA_EXCEEDED} when it was wrong too often of late.
   *
   * @param address where that was said
   */
  public Future<Optional<Principal.User>> byPassword(
      String nameOrEmail, Secret password, String address) {
    return brake.guarded(
        Kind.PASSWORD, Optional.of(address), nameOrEmail, () -> byPassword(nameOrEmail, password));
  }

  private Future<Optional<Principal.User>> byPassword(String nameOrEmail, Secret password) {
    return metadata
        .users()
        .findByNameOrEmail(nameOrEmail)
        .compose(user -> user.isPresent() ? check(user.get(), password) : refuseNobody(password));
  }

  private Future<Optional<Login>> find(Credentials credentials) {
    if (credentials.certificate().isEmpty()) return byWord(credentials);
    String name = credentials.certificate().get();
    Future<Optional<Login>> certified =
        certificates.holder(name).map(holder -> holder.map(Login::of));
    if (saysNoMore(credentials, name)) return certified;
    return certified.compose(
        holder ->
            holder.isEmpty()
                ? Future.succeededFuture(holder)
                : byWord(credentials).map(other -> other.filter(sameAs(holder.get()))));
  }

  /** Many clients repeat the name in their certificate as user name. */
  private static boolean saysNoMore(Credentials credentials, String name) {
    return credentials.password().isEmpty()
        && credentials.username().filter(said -> !said.equals(name)).isEmpty();
  }

  private static Predicate<Login> sameAs(Login holder) {
    return other -> other.principal().name().equals(holder.principal().name());
  }

  private Future<Optional<Login>> byWord(Credentials credentials) {
    String username = credentials.username().orElse("");
    Secret password = credentials.password().orElse(Secret.of(""));
    if (username.equals(BEARER) && credentials.password().isPresent()) return byBearer(password);
    if (credentials.password().isEmpty())
      return devices
          .login(Secret.of(username))
          .compose(
              device ->
                  device.isPresent()
                      ? Future.succeededFuture(device)
                      : lasting(partner(credentials, username)));
    if (username.startsWith(DEVICE_PREFIX)) return byDeviceId(username, password);
    Optional<String> gateway = GatewayLogins.called(username);
    if (gateway.isPresent())
      return lasting(gateways.login(gateway.get(), password).map(found -> found.map(one -> one)));
    return lasting(
        partner(credentials, username)
            .compose(
                partner ->
                    partner.isPresent()
                        ? Future.succeededFuture(partner)
                        : byPassword(username, password).map(TokenVerifier::widened)));
  }

  private static Future<Optional<Login>> lasting(Future<Optional<Principal>> looked) {
    return looked.map(found -> found.map(Login::of));
  }

  private Future<Optional<Principal>> partner(Credentials credentials, String username) {
    return partners.named(username, credentials.password());
  }

  private Future<Optional<Login>> byBearer(Secret token) {
    return bearer(token)
        .map(found -> found.map(bearer -> new Login(bearer.user(), bearer.until())));
  }

  private Future<Optional<Login>> byDeviceId(String username, Secret token) {
    String id = username.substring(DEVICE_PREFIX.length());
    return devices
        .login(token)
        .map(
            found ->
                found.filter(
                    login ->
                        login.principal() instanceof Principal.Device device
                            && id.equals(Long.toString(device.id().value()))));
  }

  private Future<Optional<Principal.User>> check(User user, Secret password) {
    return metadata
        .users()
        .passwordHash(user.id())
        .compose(
            hash ->
                hash.isPresent()
                    ? passwords.matches(password, hash.get())
                    : passwords.matchesNobody(password))
        .map(matches -> matches ? principal(Optional.of(user)) : Optional.empty());
  }

  private Future<Optional<Principal.User>> refuseNobody(Secret password) {
    return passwords.matchesNobody(password).map(no -> Optional.empty());
  }

  static Optional<Principal.User> principal(Optional<User> user) {
    return user.map(u -> new Principal.User(u.id(), u.username(), u.role()));
  }

  static Optional<Principal> widened(Optional<Principal.User> user) {
    return user.map(u -> u);
  }
}
