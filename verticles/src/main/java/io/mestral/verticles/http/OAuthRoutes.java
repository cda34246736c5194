package io.mestral.verticles.http;

import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.http.account.Accounts;
import io.mestral.verticles.http.account.TokensResource;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.device.DeviceTokenResource;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.oauth.ApplicationsResource;
import io.mestral.verticles.http.oauth.AuthorizeResource;
import io.mestral.verticles.http.oauth.MetadataResource;
import io.mestral.verticles.http.oauth.RegistrationResource;
import io.mestral.verticles.http.oauth.TokenResource;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;

/** The routes of the authorization server, and of the tokens that people and devices have. */
final class OAuthRoutes {
  private final AuthorizeResource authorize;
  private final TokenResource tokens;
  private final MetadataResource metadata;
  private final RegistrationResource registration;
  private final ApplicationsResource applications;
  private final TokensResource own;
  private final DeviceTokenResource devices;

  OAuthRoutes(Platform platform, Accounts accounts) {
    Platform.Access access = platform.access();
    AuthorizationServer server = access.oauth();
    this.authorize =
        new AuthorizeResource(server.authorization(), access.verifier(), accounts, access.vault());
    this.tokens = new TokenResource(server);
    this.metadata = new MetadataResource(server, platform.metadata().users());
    this.registration = new RegistrationResource(server);
    this.applications = new ApplicationsResource(server.applications());
    this.own =
        new TokensResource(
            platform.metadata(),
            accounts,
            access.vault(),
            server.revocations()::ended,
            platform.clock());
    this.devices =
        new DeviceTokenResource(
            platform.metadata(),
            new DeviceLookup(platform.metadata().devices()),
            platform.intake().changes(),
            access.vault(),
            platform.clock());
  }

  void on(Router router, Door door) {
    router.get("/oauth/authorize").handler(door.unguarded(authorize::show));
    router.post("/oauth/authorize").handler(door.unguarded(authorize::decide));
    router.post("/oauth/token").handler(door.unguarded(tokens::token));
    router.post("/oauth/revoke").handler(door.unguarded(tokens::revoke));
    router.post("/oauth/introspect").handler(door.unguarded(tokens::introspect));
    router.get("/oauth/jwks").handler(door.open(metadata::keys));
    router.get("/oauth/userinfo").handler(door.to(metadata::userInfo));
    router.post("/oauth/userinfo").handler(door.to(metadata::userInfo));
    router.post("/oauth/register").handler(door.to(registration::create));
    router.get("/.well-known/oauth-authorization-server").handler(door.open(metadata::oauth));
    router.get("/.well-known/openid-configuration").handler(door.open(metadata::openId));

    router.get("/v0/applications").handler(door.to(applications::list));
    router.post("/v0/applications").handler(door.to(applications::create));
    router.get("/v0/applications/:id").handler(door.to(applications::show));
    router
        .route("/v0/applications/:id")
        .method(HttpMethod.PATCH)
        .method(HttpMethod.PUT)
        .handler(door.to(applications::update));
    router.delete("/v0/applications/:id").handler(door.to(applications::delete));

    router.get("/v0/me/token").handler(door.to(own::show));
    router.post("/v0/me/token").handler(door.to(own::renew));
    router.get("/v0/me/tokens").handler(door.to(own::list));
    router.post("/v0/me/tokens").handler(door.to(own::create));
    router.delete("/v0/me/tokens/:id").handler(door.to(own::delete));
    router.delete("/v0/sessions").handler(door.to(own::signOut));
    router.post("/v0/devices/:id/token").handler(door.to(devices::rotate));
  }
}
