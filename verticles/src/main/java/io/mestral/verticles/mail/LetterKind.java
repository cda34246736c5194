package io.mestral.verticles.mail;

import io.mestral.model.platform.MailTopic;
import java.util.Locale;
import java.util.Optional;

/** The letters there are; each has a template in every language. */
public enum LetterKind {
  /** Somebody has an account. */
  WELCOME(Sender.WELCOME),
  /** A password may be set anew. */
  PASSWORD_RESET(Sender.PASSWORD),
  /** An archive is ready. */
  ARCHIVE_READY(Sender.DEVICE, MailTopic.ARCHIVES),
  /** A battery is low. */
  LOW_BATTERY(Sender.DEVICE, MailTopic.LOW_BATTERY),
  /** A device fell silent. */
  STOPPED_PUBLISHING(Sender.DEVICE, MailTopic.STOPPED_PUBLISHING),
  /** Messages of a device could not be taken in. */
  ERRORS(Sender.DEVICE, MailTopic.ERRORS),
  /** How devices did in a week. */
  WEEKLY_DIGEST(Sender.NOTIFICATIONS, MailTopic.WEEKLY_DIGEST);

  private final Sender sender;
  private final Optional<MailTopic> topic;

  LetterKind(Sender sender) {
    this.sender = sender;
    this.topic = Optional.empty();
  }

  LetterKind(Sender sender, MailTopic topic) {
    this.sender = sender;
    this.topic = Optional.of(topic);
  }

  Sender sender() {
    return sender;
  }

  /** What it is about, for those who don't want to hear of that; empty for what always comes. */
  public Optional<MailTopic> topic() {
    return topic;
  }

  /** The file name of its templates. */
  String file() {
    return name().toLowerCase(Locale.ROOT);
  }
}
