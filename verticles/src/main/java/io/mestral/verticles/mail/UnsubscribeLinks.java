package io.mestral.verticles.mail;

import io.mestral.model.UserId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.MailTopic;
import io.mestral.verticles.auth.TokenVault;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Links that let whoever has one end a user's mails about one topic, and nothing else; they hold
 * for ever, for mails are read late. What is in them is signed with the node's key.
 */
public final class UnsubscribeLinks {
  private static final Pattern TICKET =
      Pattern.compile("(\\d{1,18})-([a-z_]{1,40})-([0-9a-f]{32})");
  private static final int SIGNATURE = 32; // hexadecimal digits: 128 bits

  private final TokenVault vault;
  private final Supplier<String> base;

  /** What a link is for. */
  public record Ticket(UserId user, MailTopic topic) {}

  /**
   * @param base of links, without a slash at the end
   */
  public UnsubscribeLinks(TokenVault vault, Supplier<String> base) {
    this.vault = vault;
    this.base = base;
  }

  String link(UserId user, MailTopic topic) {
    Ticket ticket = new Ticket(user, topic);
    return base.get()
        + "/unsubscribe/"
        + user.value()
        + "-"
        + topic.label()
        + "-"
        + signature(ticket);
  }

  /** What the last part of a link's path is for; empty when nobody here made it. */
  public Optional<Ticket> read(String text) {
    Matcher parts = TICKET.matcher(text);
    if (!parts.matches()) return Optional.empty();
    UserId user = new UserId(Long.parseLong(parts.group(1)));
    return MailTopic.of(parts.group(2))
        .map(topic -> new Ticket(user, topic))
        .filter(ticket -> Secret.of(signature(ticket)).equals(Secret.of(parts.group(3))));
  }

  private String signature(Ticket ticket) {
    String signed = "unsubscribe " + ticket.user().value() + " " + ticket.topic().label();
    return vault.hash(Secret.of(signed)).substring(0, SIGNATURE);
  }
}
