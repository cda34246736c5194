package io.mestral.verticles.http;

import io.mestral.config.HttpOptions;
import io.mestral.model.UserId;
import io.mestral.storage.Metadata;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.account.Accounts;
import io.mestral.verticles.http.account.AuditResource;
import io.mestral.verticles.http.account.DepartureResource;
import io.mestral.verticles.http.account.MailPagesResource;
import io.mestral.verticles.http.account.PasswordResetsResource;
import io.mestral.verticles.http.account.PersonalExport;
import io.mestral.verticles.http.account.PicturesResource;
import io.mestral.verticles.http.account.PreferencesResource;
import io.mestral.verticles.http.account.SessionsResource;
import io.mestral.verticles.http.account.UserListResource;
import io.mestral.verticles.http.account.UserPresenter;
import io.mestral.verticles.http.account.UsersResource;
import io.mestral.verticles.http.account.Welcome;
import io.mestral.verticles.http.device.LastHeard;
import io.mestral.verticles.http.device.UserDevices;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.door.Door;
import io.mestral.verticles.http.ops.OpsInvitations;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.mail.UnsubscribeLinks;
import io.mestral.verticles.people.ForgottenPasswords;
import io.mestral.verticles.people.PictureCheck;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.function.Consumer;

/** Accounts, from signing up to leaving; part of {@link Routes}. */
final class PeopleRoutes {
  /** A picture, and a few fields beside it. */
  private static final long LARGEST_FORM = PictureCheck.LARGEST_FILE + (64 << 10);

  private final Accounts accounts;
  private final UserPresenter presenter;
  private final UsersResource users;
  private final UserListResource userList;
  private final SessionsResource sessions;
  private final PasswordResetsResource resets;
  private final MailPagesResource pages;
  private final PreferencesResource preferences;
  private final DepartureResource departure;
  private final PersonalExport export;
  private final PicturesResource pictures;
  private final AuditResource audit;
  private final OpsInvitations invitations;

  PeopleRoutes(
      HttpOptions options, Platform platform, UserDevices devices, UserPicture pictureLinks) {
    Metadata metadata = platform.metadata();
    Platform.Access access = platform.access();
    TokenVault vault = access.vault();
    Clock clock = platform.clock();
    Platform.People people = platform.people();
    Consumer<UserId> userChanged = access.changes().user();
    this.accounts = new Accounts(metadata, vault, access.passwords(), clock, access.changes());
    this.presenter = new UserPresenter(devices, accounts.partners(), pictureLinks);
    this.pictures = new PicturesResource(metadata.pictures(), clock);
    this.users =
        new UsersResource(
            metadata.users(),
            accounts,
            presenter,
            pictures,
            new Welcome(metadata.mails(), people.letters()),
            options.signUp());
    this.userList =
        new UserListResource(
            metadata.users(),
            presenter,
            new SearchReader(vault::hash),
            new LastHeard(metadata.devices(), platform.readings()));
    this.sessions = new SessionsResource(metadata.users(), access.verifier(), accounts);
    ForgottenPasswords forgotten =
        new ForgottenPasswords(
            metadata, vault, access.passwords(), people.options().resetLifetime(), clock);
    this.resets =
        new PasswordResetsResource(
            forgotten, metadata.users(), presenter, people.letters(), userChanged);
    this.pages =
        new MailPagesResource(resets, new UnsubscribeLinks(vault, people.base()), metadata.users());
    this.preferences = new PreferencesResource(metadata.users(), clock);
    this.departure =
        new DepartureResource(
            metadata.departures(), platform.intake().changes(), userChanged, clock);
    this.export =
        new PersonalExport(
            metadata, platform.csv().archive(), platform.csv().options().exportsAtOnce(), clock);
    this.audit = new AuditResource(metadata.auditLog(), metadata.users());
    this.invitations = new OpsInvitations(metadata.invitations(), vault, clock);
  }

  Accounts accounts() {
    return accounts;
  }

  UserPresenter presenter() {
    return presenter;
  }

  void on(Router router, Door door) {
    router.get("/v0/users").handler(door.to(userList::list));
    router.post("/v0/users").handler(door.to(users::create));
    router.get("/v0/users/:id").handler(door.to(users::show));
    change(router, "/v0/users/:id", door.to(users::update));
    router.delete("/v0/users/:id").handler(door.to(departure::user));
    router.post("/v0/sessions").handler(door.to(sessions::create));
    router.get("/v0/profile_pictures/:name").handler(door.to(pictures::show));
    me(router, door);
    resets(router, door);
    operate(router, door);
  }

  private void me(Router router, Door door) {
    router.get("/v0/me").handler(door.to(users::me));
    change(router, "/v0/me", door.withFiles(users::updateMe, LARGEST_FORM));
    router.post("/v0/me/forwarding_token").handler(door.to(users::renewPartner));
    router.delete("/v0/me").handler(door.to(departure::me));
    router.get("/v0/me/export").handler(door.streaming(export::export));
    router.get("/v0/me/audit").handler(door.to(audit::mine));
    router.get("/v0/me/preferences").handler(door.to(preferences::show));
    change(router, "/v0/me/preferences", door.to(preferences::update));
  }

  private void resets(Router router, Door door) {
    router.post("/v0/password_resets").handler(door.to(resets::create));
    router.get("/v0/password_resets/:token").handler(door.to(resets::show));
    change(router, "/v0/password_resets/:token", door.to(resets::update));
    router.get("/password_reset/:token").handler(door.to(pages::passwordForm));
    router.post("/password_reset/:token").handler(door.to(pages::setPassword));
    router.get("/unsubscribe/:ticket").handler(door.to(pages::unsubscribeForm));
    router.post("/unsubscribe/:ticket").handler(door.to(pages::unsubscribe));
  }

  private void operate(Router router, Door door) {
    router.get("/ops/v1/audit").handler(door.to(audit::all));
    router.get("/ops/v1/invitations").handler(door.to(invitations::list));
    router.post("/ops/v1/invitations").handler(door.to(invitations::create));
    router.delete("/ops/v1/invitations/:id").handler(door.to(invitations::delete));
  }

  /** PUT and PATCH are one (spec 2.1). */
  private static void change(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).method(HttpMethod.PATCH).method(HttpMethod.PUT).handler(handler);
  }
}
