package io.mestral.verticles.http;

import io.mestral.verticles.auth.oauth.AuthorizationServer;
import io.mestral.verticles.http.account.Accounts;
import io.mestral.verticles.http.account.TokensResource;
import io.mestral.verticles.http.device.DeviceLookup;
import io.mestral.verticles.http.device.DeviceTokenResource;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.oauth.ApplicationsResource;
import io.mestral.verticles.http.oauth.AuthorizationsResource;
import io.mestral.verticles.http.oauth.AuthorizeResource;
import io.mestral.verticles.http.oauth.IdentitiesResource;
import io.mestral.verticles.http.oauth.MetadataResource;
import io.mestral.verticles.http.oauth.RegistrationResource;
import io.mestral.verticles.http.oauth.TokenResource;
import io.mestral.verticles.http.openapi.Operations;

/** The routes of the authorization server, and of the tokens that people and devices have. */
final class OAuthRoutes {
  private final AuthorizeResource authorize;
  private final TokenResource tokens;
  private final MetadataResource metadata;
  private final RegistrationResource registration;
  private final ApplicationsResource applications;
  private final AuthorizationsResource authorizations;
  private final IdentitiesResource identities;
  private final TokensResource own;
  private final DeviceTokenResource devices;

  OAuthRoutes(Platform platform, Accounts accounts) {
    Platform.Access access = platform.access();
    AuthorizationServer server = access.oauth();
    this.authorize =
        new AuthorizeResource(
            server.authorization(),
            access.verifier(),
            accounts,
            access.vault(),
            platform.metadata().users());
    this.tokens = new TokenResource(server);
    this.metadata = new MetadataResource(server, platform.metadata().users());
    this.registration = new RegistrationResource(server);
    this.applications = new ApplicationsResource(server.applications());
    this.authorizations =
        new AuthorizationsResource(
            platform.metadata().grants(),
            platform.metadata().applications(),
            server.revocations(),
            platform.clock());
    this.identities =
        new IdentitiesResource(
            platform.metadata().identities(), access.verifier(), access.changes());
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

  void on(Operations operations, Door door) {
    operations
        .on("showAuthorization", door.unguarded(authorize::show))
        .on("decideAuthorization", door.unguarded(authorize::decide))
        .on("grantToken", door.unguarded(tokens::token))
        .on("revokeToken", door.unguarded(tokens::revoke))
        .on("introspectToken", door.unguarded(tokens::introspect))
        .on("listKeys", door.open(metadata::keys))
        .on("showUserInfo", door.to(metadata::userInfo))
        .on("registerClient", door.to(registration::create))
        .on("describeOAuth", door.open(metadata::oauth))
        .on("describeOpenId", door.open(metadata::openId))
        .on("listApplications", door.to(applications::list))
        .on("createApplication", door.to(applications::create))
        .on("showApplication", door.to(applications::show))
        .on("updateApplication", door.to(applications::update))
        .on("deleteApplication", door.to(applications::delete))
        .on("listMyAuthorizations", door.to(authorizations::list))
        .on("deleteMyAuthorization", door.to(authorizations::delete))
        .on("listMyIdentities", door.to(identities::list))
        .on("linkIdentity", door.to(identities::create))
        .on("unlinkIdentity", door.to(identities::delete))
        .on("showMyToken", door.to(own::show))
        .on("renewMyToken", door.to(own::renew))
        .on("listMyTokens", door.to(own::list))
        .on("createMyToken", door.to(own::create))
        .on("deleteMyToken", door.to(own::delete))
        .on("endSession", door.to(own::signOut))
        .on("rotateDeviceToken", door.to(devices::rotate));
  }
}
