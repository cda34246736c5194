package io.mestral.verticles.auth.oauth;

import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.ApplicationRegistry;
import io.mestral.storage.OAuthApplication;
import io.mestral.verticles.auth.LoginBrake;
import io.mestral.verticles.auth.TokenVault;
import io.vertx.core.Future;
import java.util.Optional;

/** Finds out which application asks, by the secret that it keeps if it keeps one. */
final class ClientLogins {
  private final ApplicationRegistry applications;
  private final TokenVault vault;
  private final LoginBrake brake;

  ClientLogins(ApplicationRegistry applications, TokenVault vault, LoginBrake brake) {
    this.applications = applications;
    this.vault = vault;
    this.brake = brake;
  }

  /**
   * Who asks; fails with {@code invalid_client} when that isn't proved, and with {@code
   * QUOTA_EXCEEDED} when it went wrong too often of late.
   *
   * @param named what a public application calls itself
   * @param address where the request came from
   */
  Future<OAuthApplication> authenticate(
      ClientAuthentication shown, ClientID named, String address) {
    if (shown instanceof PlainClientSecret secret) return confidential(secret, address);
    if (shown != null || named == null) return refused();
    return applications
        .findByUid(named.getValue())
        .compose(
            found ->
                found.filter(one -> !one.isConfidential()).isPresent()
                    ? Future.succeededFuture(found.get())
                    : refused());
  }

  private Future<OAuthApplication> confidential(PlainClientSecret shown, String address) {
    String uid = shown.getClientID().getValue();
    String hash = vault.hash(Secret.of(shown.getClientSecret().getValue()));
    return brake
        .guardedSecret(
            Optional.of(address),
            "application " + uid,
            () -> applications.findByUid(uid).map(found -> found.filter(one -> proves(one, hash))))
        .compose(found -> found.map(Future::succeededFuture).orElseGet(ClientLogins::refused));
  }

  private static boolean proves(OAuthApplication application, String hash) {
    return application
        .secret()
        .map(SealedToken::hash)
        .filter(kept -> Secret.of(kept).equals(Secret.of(hash)))
        .isPresent();
  }

  private static Future<OAuthApplication> refused() {
    return Future.failedFuture(new OAuthProblem(OAuth2Error.INVALID_CLIENT));
  }
}
