package io.mestral.verticles.http.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mestral.model.platform.Language;
import io.mestral.model.platform.User;
import io.mestral.storage.MailQueue;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.LocalBus;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.Values;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How somebody new is greeted. */
public final class Welcome {
  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  private final MailQueue mails;
  private final Optional<Letters> letters;

  /**
   * @param letters empty on a node that sends no mail
   */
  public Welcome(MailQueue mails, Optional<Letters> letters) {
    this.mails = mails;
    this.letters = letters;
  }

  /** The parameters of a request, with the language of the asker's browser where none is given. */
  static Params spoken(Exchange exchange) {
    Params params = exchange.params();
    if (params.text("language").isPresent()) return params;
    return exchange
        .header("Accept-Language")
        .flatMap(Language::accepted)
        .map(
            language ->
                params.with(JsonNodeFactory.instance.objectNode().put("language", language.code())))
        .orElse(params);
  }

  /** Nobody waits for it, and an account is one without a letter too. */
  void send(User user, Vertx vertx) {
    letters
        .map(writer -> writer.write(LetterKind.WELCOME, "welcome/" + user.id(), user, Values.NONE))
        .ifPresent(
            mail ->
                mails
                    .add(mail)
                    .onSuccess(queued -> LocalBus.of(vertx).tell(Addresses.MAIL_WAITS, "welcome"))
                    .onFailure(
                        failure ->
                            LOG.warn("user {} isn't welcomed: {}", user.id(), failure.toString())));
  }
}
