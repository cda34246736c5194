package io.mestral.verticles.http.oauth;

import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.net.URI;
import java.util.Date;
import java.util.Optional;

/** What the authorization server says of itself, and of users to applications they let in. */
public final class MetadataResource {
  /** Shorter than a key is published before it signs. */
  private static final String AN_HOUR = "public, max-age=3600";

  private final AuthorizationServer server;
  private final UserRegistry users;

  /** Of that server, and those users. */
  public MetadataResource(AuthorizationServer server, UserRegistry users) {
    this.server = server;
    this.users = users;
  }

  /** {@code GET /.well-known/oauth-authorization-server} (RFC 8414). */
  public Future<Answer> oauth(Exchange exchange) {
    return Future.succeededFuture(lasting(server.metadata().oauth()));
  }

  /** {@code GET /.well-known/openid-configuration}. */
  public Future<Answer> openId(Exchange exchange) {
    return Future.succeededFuture(lasting(server.metadata().openId()));
  }

  /** {@code GET /oauth/jwks}: the public keys. */
  public Future<Answer> keys(Exchange exchange) {
    return server.keys().published().map(keys -> lasting(keys.toString(true)));
  }

  private static Answer lasting(String body) {
    return Answer.text(200, Answer.JSON, body).with("Cache-Control", AN_HOUR);
  }

  /** {@code GET /oauth/userinfo} (OpenID Connect Core 5.3). */
  public Future<Answer> userInfo(Exchange exchange) {
    Optional<Principal.User> asker = exchange.viewer().user();
    if (asker.isEmpty()) throw Problem.noGoodToken();
    if (!asker.get().authority().allows(Scope.OPENID))
      throw Problem.insufficientScope(Optional.of(Scope.OPENID.label()));
    return users
        .find(asker.get().id())
        .map(
            user ->
                Wire.json(
                    200,
                    claims(user.orElseThrow(Problem::noGoodToken), asker.get())
                        .toJSONObject()
                        .toJSONString()));
  }

  private static UserInfo claims(User user, Principal.User asker) {
    UserInfo claims = new UserInfo(new Subject(user.uuid().toString()));
    if (asker.authority().allows(Scope.PROFILE)) {
      claims.setPreferredUsername(user.username());
      user.url().flatMap(MetadataResource::parsed).ifPresent(claims::setWebsite);
      claims.setUpdatedTime(Date.from(user.updatedAt()));
    }
    if (asker.authority().allows(Scope.EMAIL)) {
      claims.setEmailAddress(user.email());
      claims.setEmailVerified(false); // nobody is asked to prove that it is theirs
    }
    return claims;
  }

  private static Optional<URI> parsed(String url) {
    try {
      return Optional.of(URI.create(url));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
