package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.people.ForgottenPasswords;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** {@code /v0/password_resets} (spec 2.9): another password for who forgot it, by mail. */
public final class PasswordResetsResource {
  private static final Supplier<Problem> NO_MAIL =
      () -> Problem.unprocessable("This node sends no mail; an administrator can set a password");

  private final ForgottenPasswords forgotten;
  private final UserRegistry users;
  private final UserPresenter presenter;
  private final Optional<Letters> letters;
  private final Consumer<UserId> userChanged;

  /**
   * @param letters empty on a node that sends no mail
   * @param userChanged hears of users whose password changed
   */
  public PasswordResetsResource(
      ForgottenPasswords forgotten,
      UserRegistry users,
      UserPresenter presenter,
      Optional<Letters> letters,
      Consumer<UserId> userChanged) {
    this.forgotten = forgotten;
    this.users = users;
    this.presenter = presenter;
    this.letters = letters;
    this.userChanged = userChanged;
  }

  /** Mails a code; that there is no such account is told, as the platform's clients expect. */
  public Future<Answer> create(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    if (viewer.user().isPresent() && !viewer.isAdmin()) throw Problem.forbidden();
    Wanted wanted = Wanted.of(exchange.params());
    return forgotten
        .find(wanted.text(), exchange.origin())
        .map(found -> found.filter(wanted.fits()).orElseThrow(wanted::notFound))
        .compose(
            user -> {
              exchange.deed().about("user " + user.id(), user.id());
              exchange.deed().note();
              return forgotten.mailCode(user, letters.orElseThrow(NO_MAIL));
            })
        .map(
            queued -> {
              LocalBus.of(exchange.vertx()).tell(Addresses.MAIL_WAITS, "password");
              return Answer.ok(
                  json ->
                      json.object(
                          () -> json.field("message", "Password Reset Instructions Delivered")));
            });
  }

  /** Whose password the code may set. */
  public Future<Answer> show(Exchange exchange) {
    return forgotten
        .holder(code(exchange), exchange.origin())
        .compose(user -> answer(user.orElseThrow(PasswordResetsResource::noSuchCode)));
  }

  /** Sets the password and spends the code. */
  public Future<Answer> update(Exchange exchange) {
    exchange.params().require("password");
    return redeem(exchange).compose(this::answer);
  }

  /** Succeeds with whose password it is now; fails with what is wrong. */
  Future<User> redeem(Exchange exchange) {
    Secret password = Secret.of(exchange.params().text("password").orElse(""));
    return forgotten
        .holder(code(exchange), exchange.origin())
        .map(user -> user.orElseThrow(PasswordResetsResource::noSuchCode))
        .compose(
            user -> {
              FieldErrors errors = new FieldErrors();
              UserForm.checkPassword(password, errors);
              errors.throwIfAny();
              return forgotten.redeem(code(exchange), password);
            })
        .map(user -> user.orElseThrow(PasswordResetsResource::noSuchCode))
        .onSuccess(
            user -> {
              exchange.deed().about("user " + user, user);
              exchange.deed().noteAs(user);
              userChanged.accept(user);
            })
        .compose(users::find)
        .map(user -> user.orElseThrow(PasswordResetsResource::noSuchCode));
  }

  /** Whose password may be set by the code in the path; empty when nobody's. */
  Future<Optional<User>> holder(Exchange exchange) {
    return forgotten.holder(code(exchange), exchange.origin());
  }

  private static Secret code(Exchange exchange) {
    return Secret.of(exchange.path("token"));
  }

  /** Without repeating it: it may be a good one with a letter too many. */
  private static Problem noSuchCode() {
    return Problem.recordNotFound("User", "password_reset_token", "[FILTERED]");
  }

  private Future<Answer> answer(User user) {
    return presenter
        .members(user, Viewer.VISITOR)
        .map(members -> Answer.ok(json -> json.object(() -> members.accept(json))));
  }

  /** How the account is named. */
  private record Wanted(String parameter, String text) {
    static Wanted of(Params params) {
      for (String name : List.of("email", "username", "email_or_username"))
        if (params.text(name).isPresent()) return new Wanted(name, params.text(name).get().strip());
      throw Problem.unprocessable("Please include parameter email, username or email_or_username");
    }

    Predicate<User> fits() {
      return switch (parameter) {
        case "email" -> user -> user.email().equalsIgnoreCase(text);
        case "username" -> user -> user.username().equalsIgnoreCase(text);
        default -> user -> true;
      };
    }

    Problem notFound() {
      return Problem.recordNotFound("User", parameter, text);
    }
  }
}
