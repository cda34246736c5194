package io.mestral.verticles.http.account;

import io.mestral.config.HttpOptions.SignUp;
import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.Optional;

/** {@code /v0/users} and {@code /v0/me} (spec 2.8). */
public final class UsersResource {
  private final UserRegistry registry;
  private final Accounts accounts;
  private final UserPresenter presenter;
  private final PartnerAccess partners;
  private final PicturesResource pictures;
  private final Welcome welcome;
  private final SignUp signUp;

  /**
   * @param signUp who may make an account
   */
  public UsersResource(
      UserRegistry registry,
      Accounts accounts,
      UserPresenter presenter,
      PicturesResource pictures,
      Welcome welcome,
      SignUp signUp) {
    this.registry = registry;
    this.accounts = accounts;
    this.presenter = presenter;
    this.partners = accounts.partners();
    this.pictures = pictures;
    this.welcome = welcome;
    this.signUp = signUp;
  }

  /** One user, by number or name. */
  public Future<Answer> show(Exchange exchange) {
    return named(exchange).compose(user -> answer(200, user, exchange.viewer()));
  }

  /** Makes an account: for oneself as a visitor, or for anybody as an administrator. */
  public Future<Answer> create(Exchange exchange) {
    return made(exchange)
        .onSuccess(user -> note(user, exchange))
        .onSuccess(user -> welcome.send(user, exchange.vertx()))
        .compose(user -> answer(201, user, Viewer.VISITOR)); // secrets are filtered (spec 2.8)
  }

  private Future<User> made(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    Params params = Welcome.spoken(exchange);
    if (viewer.isAdmin() || viewer.user().isEmpty() && signUp == SignUp.OPEN)
      return accounts.create(params, viewer);
    if (viewer.user().isPresent() || signUp == SignUp.CLOSED) throw Problem.forbidden();
    Optional<String> invitation = params.text("invitation");
    if (invitation.isPresent())
      return accounts.createInvited(params, viewer, Secret.of(invitation.get()));
    FieldErrors errors = new FieldErrors();
    errors.add("invitation", FieldErrors.BLANK);
    throw Problem.unprocessable(errors);
  }

  private static void note(User user, Exchange exchange) {
    exchange.deed().about("user " + user.id(), user.id());
    if (exchange.viewer().user().isEmpty()) exchange.deed().noteAs(user.id());
  }

  /** Changes an account: one's own, or any as an administrator. */
  public Future<Answer> update(Exchange exchange) {
    return named(exchange)
        .compose(
            user -> {
              exchange.deed().about("user " + user.id(), user.id());
              exchange.viewer().mustManage(user.id());
              return changed(user, exchange);
            });
  }

  /** The caller's own account. */
  public Future<Answer> me(Exchange exchange) {
    return caller(exchange).compose(user -> answer(200, user, exchange.viewer()));
  }

  /** Changes the caller's own account, the picture too. */
  public Future<Answer> updateMe(Exchange exchange) {
    return caller(exchange)
        .compose(
            user ->
                pictures
                    .given(exchange)
                    .compose(
                        picture ->
                            change(user, exchange)
                                .compose(now -> pictures.keep(now, picture, exchange))))
        .compose(now -> answer(200, now, exchange.viewer()));
  }

  /** Gives the caller's partner other credentials; whoever has the former ones is cut off. */
  public Future<Answer> renewPartner(Exchange exchange) {
    if (exchange.viewer().user().isPresent() && !exchange.viewer().isResearcher())
      throw Problem.forbidden();
    return caller(exchange)
        .compose(user -> partners.renew(user.id()).map(user))
        .compose(user -> answer(200, user, exchange.viewer()));
  }

  private Future<Answer> changed(User user, Exchange exchange) {
    return change(user, exchange).compose(now -> answer(200, now, exchange.viewer()));
  }

  private Future<User> change(User user, Exchange exchange) {
    return accounts.change(user, exchange.params(), exchange.viewer(), exchange.session());
  }

  private Future<User> caller(Exchange exchange) {
    UserId id = exchange.viewer().signedIn().id();
    exchange.deed().about("user " + id, id);
    return registry.find(id).map(user -> user.orElseThrow(() -> notFound(id.toString())));
  }

  /** Only by a user name: finding people by e-mail address would tell who has an account. */
  private Future<User> named(Exchange exchange) {
    String given = exchange.path("id");
    Future<Optional<User>> found =
        RecordId.parse(given)
            .map(id -> registry.find(new UserId(id)))
            .orElseGet(
                () ->
                    registry
                        .findByNameOrEmail(given)
                        .map(user -> user.filter(u -> u.username().equalsIgnoreCase(given))));
    return found.map(user -> user.orElseThrow(() -> notFound(given)));
  }

  private static Problem notFound(String given) {
    return Problem.recordNotFound("User", "id", given);
  }

  private Future<Answer> answer(int status, User user, Viewer viewer) {
    return presenter
        .members(user, viewer)
        .map(members -> Answer.json(status, json -> json.object(() -> members.accept(json))));
  }
}
