package io.mestral.verticles.http.account;

import io.mestral.model.platform.Language;
import io.mestral.model.platform.User;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.mail.UnsubscribeLinks;
import io.mestral.verticles.mail.UnsubscribeLinks.Ticket;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Where links in mails lead people: {@code /password_reset/:token} and {@code
 * /unsubscribe/:ticket}. Looking at one changes nothing, for mail programs look at links before
 * people do; sending its form does, and one click in a mail program sends that of the second (RFC
 * 8058).
 */
public final class MailPagesResource {
  private final PasswordResetsResource resets;
  private final UnsubscribeLinks links;
  private final UserRegistry users;

  /** Changes accounts of that registry. */
  public MailPagesResource(
      PasswordResetsResource resets, UnsubscribeLinks links, UserRegistry users) {
    this.resets = resets;
    this.links = links;
    this.users = users;
  }

  /** Asks for another password. */
  public Future<Answer> passwordForm(Exchange exchange) {
    return resets
        .holder(exchange)
        .map(
            user ->
                user.map(holder -> passwordForm(holder, Optional.empty()))
                    .orElseGet(() -> over(exchange)));
  }

  /** Sets the password. */
  public Future<Answer> setPassword(Exchange exchange) {
    return resets
        .holder(exchange)
        .compose(
            user ->
                user.isEmpty()
                    ? Future.succeededFuture(over(exchange))
                    : resets
                        .redeem(exchange)
                        .map(done -> said(200, done, "reset.title", "reset.done"))
                        .recover(failure -> refused(failure, user.get())));
  }

  private static Future<Answer> refused(Throwable failure, User user) {
    return Problem.of(failure).status() == 422
        ? Future.succeededFuture(passwordForm(user, Optional.of("reset.refused")))
        : Future.failedFuture(failure);
  }

  private static Answer passwordForm(User user, Optional<String> complaint) {
    Page page = new Page(language(user)).say("h1", "reset.title").say("p", "reset.text");
    complaint.ifPresent(key -> page.say("p", key));
    String field =
        "<p><label>"
            + page.text("reset.label")
            + " <input type=\"password\" name=\"password\" autocomplete=\"new-password\""
            + " minlength=\"5\" maxlength=\"256\" required></label></p>\n";
    return page.form(field, "reset.button")
        .answer(complaint.isPresent() ? 422 : 200, "reset.title");
  }

  private static Answer over(Exchange exchange) {
    return said(404, language(exchange), "reset.title", "reset.over");
  }

  /** Asks whether there is to be no more mail. */
  public Future<Answer> unsubscribeForm(Exchange exchange) {
    Optional<Ticket> ticket = links.read(exchange.path("ticket"));
    if (ticket.isEmpty()) return Future.succeededFuture(unknown(exchange));
    return users
        .find(ticket.get().user())
        .map(
            user -> {
              Language language =
                  user.map(MailPagesResource::language).orElseGet(() -> language(exchange));
              return new Page(language)
                  .say("h1", "unsubscribe.title")
                  .say("p", "unsubscribe." + ticket.get().topic().label())
                  .form("", "unsubscribe.button")
                  .answer(200, "unsubscribe.title");
            });
  }

  /** Ends mail about a topic; who left gets none anyway. */
  public Future<Answer> unsubscribe(Exchange exchange) {
    Optional<Ticket> ticket = links.read(exchange.path("ticket"));
    if (ticket.isEmpty()) return Future.succeededFuture(unknown(exchange));
    Ticket told = ticket.get();
    return users
        .find(told.user())
        .compose(
            user ->
                user.isEmpty()
                    ? Future.succeededFuture(
                        said(200, language(exchange), "unsubscribe.title", "unsubscribe.done"))
                    : users
                        .update(
                            told.user(),
                            now -> now.with(now.preferences().with(told.topic(), false)))
                        .map(now -> said(200, now, "unsubscribe.title", "unsubscribe.done")));
  }

  private static Answer unknown(Exchange exchange) {
    return said(404, language(exchange), "unsubscribe.title", "unsubscribe.unknown");
  }

  private static Answer said(int status, User user, String title, String key) {
    return said(status, language(user), title, key);
  }

  private static Answer said(int status, Language language, String title, String key) {
    return new Page(language).say("h1", title).say("p", key).answer(status, title);
  }

  private static Language language(User user) {
    return user.preferences().language();
  }

  private static Language language(Exchange exchange) {
    return exchange.header("Accept-Language").flatMap(Language::accepted).orElse(Language.EN);
  }
}
