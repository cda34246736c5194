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
import io.mestral.verticles.http.openapi.Operations;
import io.mestral.verticles.http.ops.OpsInvitations;
import io.mestral.verticles.http.query.SearchReader;
import io.mestral.verticles.mail.UnsubscribeLinks;
import io.mestral.verticles.people.ForgottenPasswords;
import io.mestral.verticles.people.PictureCheck;
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
            metadata.departures(),
            metadata.gateways(),
            platform.intake().changes(),
            access.changes(),
            clock);
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

  void on(Operations operations, Door door) {
    operations
        .on("listUsers", door.to(userList::list))
        .on("createUser", door.to(users::create))
        .on("showUser", door.to(users::show))
        .on("updateUser", door.to(users::update))
        .on("deleteUser", door.to(departure::user))
        .on("createSession", door.to(sessions::create))
        .on("showPicture", door.to(pictures::show));
    me(operations, door);
    resets(operations, door);
    operate(operations, door);
  }

  private void me(Operations operations, Door door) {
    operations
        .on("showMe", door.to(users::me))
        .on("updateMe", door.withFiles(users::updateMe, LARGEST_FORM))
        .on("renewForwardingToken", door.to(users::renewPartner))
        .on("deleteMe", door.to(departure::me))
        .on("exportMe", door.streaming(export::export))
        .on("listMyDeeds", door.to(audit::mine))
        .on("showPreferences", door.to(preferences::show))
        .on("updatePreferences", door.to(preferences::update));
  }

  private void resets(Operations operations, Door door) {
    operations
        .on("requestPasswordReset", door.to(resets::create))
        .on("showPasswordReset", door.to(resets::show))
        .on("resetPassword", door.to(resets::update))
        .on("showPasswordForm", door.to(pages::passwordForm))
        .on("sendPasswordForm", door.to(pages::setPassword))
        .on("showUnsubscribeForm", door.to(pages::unsubscribeForm))
        .on("unsubscribe", door.to(pages::unsubscribe));
  }

  private void operate(Operations operations, Door door) {
    operations
        .on("listDeeds", door.to(audit::all))
        .on("listInvitations", door.to(invitations::list))
        .on("createInvitation", door.to(invitations::create))
        .on("deleteInvitation", door.to(invitations::delete));
  }
}
