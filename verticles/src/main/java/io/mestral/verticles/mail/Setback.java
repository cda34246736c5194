package io.mestral.verticles.mail;

import io.vertx.ext.mail.SMTPException;
import java.util.List;
import java.util.Set;

/** What it means that a mail server didn't take a mail. */
enum Setback {
  /** Nobody will ever take this mail. */
  THIS_MAIL_FOR_EVER,

  /** This mail has to wait; others needn't. */
  THIS_MAIL,

  /** What stopped this mail stops the next ones, too. */
  EVERY_MAIL;

  /** The server goes away, or wants a log-in or encryption first: whatever it is asked. */
  private static final Set<Integer> OF_THE_SERVER = Set.of(421, 530, 534, 535, 538);

  /** The client says at what the server refused, and says it in words alone. */
  private static final List<String> TO_THE_MAIL =
      List.of("recipient address not accepted", "DATA command not accepted", "sending data failed");

  private static final String TO_THE_SENDER = "sender address not accepted";

  /** What an attempt to send failed with. */
  static Setback of(Throwable why) {
    if (why instanceof IllegalArgumentException) return THIS_MAIL_FOR_EVER; // no address, say
    return why instanceof SMTPException answer ? of(answer) : EVERY_MAIL;
  }

  private static Setback of(SMTPException answer) {
    String at = String.valueOf(answer.getMessage());
    if (OF_THE_SERVER.contains(answer.getReplyCode())) return EVERY_MAIL;
    if (TO_THE_MAIL.stream().anyMatch(at::startsWith))
      return answer.isPermanent() ? THIS_MAIL_FOR_EVER : THIS_MAIL;
    return at.startsWith(TO_THE_SENDER) ? THIS_MAIL : EVERY_MAIL;
  }
}
