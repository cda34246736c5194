package io.mestral.verticles.auth;

import io.mestral.model.access.AuthenticationExchange;
import io.mestral.model.access.Credentials;
import io.mestral.model.access.Login;
import io.mestral.model.access.Principal;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.verticles.auth.LoginBrake.Kind;
import io.mestral.verticles.auth.LoginBrake.Outcome;
import io.mestral.verticles.auth.scram.ClientFirst;
import io.mestral.verticles.auth.scram.Conversation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** One log-in by SCRAM-SHA-256: the client proves that it knows a password without showing it. */
final class ScramExchange implements AuthenticationExchange {
  private final ScramLogins logins;
  private final Credentials credentials;
  private Optional<Begun> begun = Optional.empty();

  private record Begun(
      Conversation conversation, Optional<Login> claimed, LoginBrake.Attempt attempt) {}

  ScramExchange(ScramLogins logins, Credentials credentials) {
    this.logins = logins;
    this.credentials = credentials;
  }

  @Override
  public Future<Step> next(Buffer data) {
    try {
      String text = data.toString();
      return begun.isEmpty() ? begin(ClientFirst.of(text)) : conclude(begun.get(), text);
    } catch (RefusedException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** Who acts for somebody else, or gives another user name in CONNECT, is nobody. */
  private Future<Step> begin(ClientFirst first) {
    boolean another =
        first.actsFor().filter(name -> !name.equals(first.user())).isPresent()
            || credentials.username().filter(name -> !name.equals(first.user())).isPresent();
    LoginBrake.Attempt attempt =
        logins.brake().attempt(Kind.PASSWORD, credentials.address(), first.user());
    if (!attempt.begin()) return Future.failedFuture(new TooManyWrongLogins());
    return logins
        .accounts()
        .named(first.user())
        .onComplete(looked -> attempt.end(Outcome.UNKNOWN)) // nothing is proved yet
        .map(
            account -> {
              Conversation conversation =
                  new Conversation(first, account.keys(), logins.newNonce());
              begun =
                  Optional.of(
                      new Begun(
                          conversation, another ? Optional.empty() : account.holder(), attempt));
              return new Challenge(Buffer.buffer(conversation.challenge()));
            });
  }

  private Future<Step> conclude(Begun known, String text) {
    if (!known.attempt.begin()) return Future.failedFuture(new TooManyWrongLogins());
    return Future.succeededFuture(text)
        .compose(said -> proved(known, said))
        .onComplete(looked -> known.attempt.end(Outcome.of(looked)))
        .map(
            done ->
                done.orElseThrow(
                    () ->
                        new RefusedException(
                            Refusal.BAD_CREDENTIALS, "user name, password or token are wrong")));
  }

  private Future<Optional<Step>> proved(Begun known, String text) {
    Optional<String> lastWord = known.conversation.conclude(text);
    if (lastWord.isEmpty() || known.claimed.isEmpty())
      return Future.succeededFuture(Optional.empty());
    Login login = known.claimed.get();
    Step done = new Done(login, Buffer.buffer(lastWord.get()));
    return isAlsoCertified(login.principal())
        .map(same -> same ? Optional.of(done) : Optional.empty());
  }

  private Future<Boolean> isAlsoCertified(Principal principal) {
    return credentials
        .certificate()
        .map(
            name ->
                logins
                    .certificates()
                    .holder(name)
                    .map(holder -> holder.map(Principal::name).equals(name(principal))))
        .orElseGet(() -> Future.succeededFuture(true));
  }

  private static Optional<String> name(Principal principal) {
    return Optional.of(principal.name());
  }
}
