package io.mestral.verticles.http.oauth;

import io.mestral.model.access.Principal;
import io.mestral.model.access.Scope;
import io.mestral.model.access.Secret;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.ApiTokens;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.auth.TokenVerifier;
import io.mestral.verticles.auth.oauth.AuthorizationDesk;
import io.mestral.verticles.auth.oauth.AuthorizationDesk.Ask;
import io.mestral.verticles.auth.oauth.AuthorizationDesk.Back;
import io.mestral.verticles.auth.oauth.AuthorizationDesk.Outcome;
import io.mestral.verticles.auth.oauth.AuthorizationDesk.Tell;
import io.mestral.verticles.http.account.Accounts;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.SessionCookie;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * {@code /oauth/authorize} in the user's browser. The application's request stays in the URL of
 * each form, whose guard is bound to it and to the browser's session: nobody else can make a
 * browser send such a form.
 */
public final class AuthorizeResource {
  private static final String PATH = "/oauth/authorize?";
  private static final String VISIT = "mestral_sign_in";
  private static final String GUARD = "guard";

  private final AuthorizationDesk desk;
  private final TokenVerifier verifier;
  private final Accounts accounts;
  private final TokenVault vault;
  private final UserRegistry users;

  /** Asks users that the verifier knows. */
  public AuthorizeResource(
      AuthorizationDesk desk,
      TokenVerifier verifier,
      Accounts accounts,
      TokenVault vault,
      UserRegistry users) {
    this.desk = desk;
    this.verifier = verifier;
    this.accounts = accounts;
    this.vault = vault;
    this.users = users;
  }

  /** Shows what an application asks for, or asks who is there. */
  public Future<Answer> show(Exchange exchange) {
    return holder(exchange)
        .compose(
            holder ->
                desk.look(exchange.rawQuery(), holder.isPresent())
                    .map(outcome -> shown(exchange, outcome, holder)));
  }

  /** Takes what a form says. */
  public Future<Answer> decide(Exchange exchange) {
    return holder(exchange)
        .compose(
            holder ->
                desk.look(exchange.rawQuery(), holder.isPresent())
                    .compose(
                        outcome ->
                            outcome instanceof Ask ask
                                ? decided(exchange, ask, holder)
                                : Future.succeededFuture(shown(exchange, outcome, holder))));
  }

  private Future<Optional<ApiTokens.Holder>> holder(Exchange exchange) {
    return exchange
        .session()
        .map(verifier::bySession)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Answer shown(Exchange exchange, Outcome outcome, Optional<ApiTokens.Holder> holder) {
    if (outcome instanceof Tell tell) return Pages.wrong(tell.message());
    if (outcome instanceof Back back) return goTo(back.address().toString());
    Ask ask = (Ask) outcome;
    return holder.isEmpty() || isToSignInAgain(ask, holder.get())
        ? signIn(exchange, 200, ask, "")
        : consent(exchange, ask, holder.get());
  }

  private static boolean isToSignInAgain(Ask ask, ApiTokens.Holder holder) {
    return ask.signInAgain() || ask.signedInSince().filter(holder.since()::isBefore).isPresent();
  }

  private Future<Answer> decided(Exchange exchange, Ask ask, Optional<ApiTokens.Holder> holder) {
    Params params = exchange.params();
    if (params.has("username")) return signedIn(exchange, ask, params);
    if (holder.isEmpty() || isToSignInAgain(ask, holder.get()) || !isConsentGuard(exchange, ask))
      return Future.succeededFuture(shown(exchange, ask, holder));
    Principal.User user = holder.get().user();
    exchange.deed().noteAs(user.id());
    boolean allowed = params.text("decision").filter("allow"::equals).isPresent();
    String application = "application " + ask.application().id();
    exchange.deed().about(allowed ? application : application + ", denied", user.id());
    return allowed
        ? desk.granted(ask, user, holder.get().since()).map(address -> goTo(address.toString()))
        : Future.succeededFuture(goTo(desk.denied(ask).toString()));
  }

  private Future<Answer> signedIn(Exchange exchange, Ask ask, Params params) {
    Optional<String> guard = params.text(GUARD);
    boolean ours =
        exchange
            .cookie(VISIT)
            .map(visit -> signInGuard(visit, exchange))
            .filter(due -> Optional.of(Secret.of(due)).equals(guard.map(Secret::of)))
            .isPresent();
    if (!ours)
      return Future.succeededFuture(
          signIn(exchange, 403, ask, "The form had expired; please try again."));
    Secret password = Secret.of(params.text("password").orElse(""));
    String name = params.text("username").orElse("");
    return verifier
        .byPassword(name, password, exchange.origin())
        .compose(
            user -> user.isPresent() ? open(exchange, user.get()) : refuse(exchange, ask, name));
  }

  private Future<Answer> refuse(Exchange exchange, Ask ask, String name) {
    exchange.deed().note();
    return users
        .findByNameOrEmail(name)
        .onSuccess(
            found -> found.ifPresent(user -> exchange.deed().about("user " + user.id(), user.id())))
        .map(found -> signIn(exchange, 401, ask, "User name or password are wrong."));
  }

  private Future<Answer> open(Exchange exchange, Principal.User user) {
    exchange.deed().about("user " + user.id(), user.id());
    exchange.deed().noteAs(user.id());
    return accounts
        .session(user.id())
        .map(
            session ->
                goTo(PATH + AuthorizationDesk.asked(exchange.rawQuery()))
                    .with(
                        "Set-Cookie", SessionCookie.header(session.reveal(), isSecure(exchange))));
  }

  private Answer signIn(Exchange exchange, int status, Ask ask, String wrong) {
    String visit = exchange.cookie(VISIT).orElseGet(() -> vault.newApiToken().reveal());
    return Pages.signIn(
            status,
            PATH + exchange.rawQuery(),
            signInGuard(visit, exchange),
            ask.application().name(),
            wrong)
        .with(
            "Set-Cookie",
            VISIT
                + "="
                + visit
                + "; Path=/oauth; Max-Age=3600; HttpOnly; SameSite=Lax"
                + (isSecure(exchange) ? "; Secure" : ""));
  }

  private Answer consent(Exchange exchange, Ask ask, ApiTokens.Holder holder) {
    String query = exchange.rawQuery();
    return Pages.consent(
        ask,
        new Pages.Asked(
            holder.user().username(),
            holder.user().role(),
            PATH + query,
            PATH + AuthorizationDesk.asked(query) + "&prompt=login",
            consentGuard(exchange, ask)));
  }

  private boolean isConsentGuard(Exchange exchange, Ask ask) {
    Secret due = Secret.of(consentGuard(exchange, ask));
    return exchange.params().text(GUARD).map(Secret::of).filter(due::equals).isPresent();
  }

  /** Of what was shown: the application may have come to ask for more since. */
  private String consentGuard(Exchange exchange, Ask ask) {
    String session = exchange.session().map(Secret::reveal).orElse("");
    String shown = ask.application().name() + " " + Scope.text(ask.scopes());
    return vault.hash(Secret.of("consent " + session + " " + shown + " " + exchange.rawQuery()));
  }

  private String signInGuard(String visit, Exchange exchange) {
    return vault.hash(Secret.of("sign in " + visit + " " + exchange.rawQuery()));
  }

  private static boolean isSecure(Exchange exchange) {
    return exchange.address().startsWith("https:");
  }

  /** By GET, whatever it was before (OAuth 2.1, 7.5.2). */
  private static Answer goTo(String address) {
    return Answer.text(303, "text/plain", "")
        .with("Location", address)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }
}
