package io.mestral.model.platform;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;

/**
 * How somebody wants to be written to.
 *
 * @param timeZone a name of the time zone database
 * @param mails what to have mail about
 */
public record Preferences(Language language, String timeZone, Set<MailTopic> mails) {
  /** Of whoever said nothing: what happens with own things is mailed, the digest isn't. */
  public static final Preferences DEFAULT =
      new Preferences(
          Language.EN, "Etc/UTC", EnumSet.complementOf(EnumSet.of(MailTopic.WEEKLY_DIGEST)));

  /** Copies the set. */
  public Preferences {
    mails = Set.copyOf(mails);
  }

  /** The time zone; UTC where this JDK doesn't know it. */
  public ZoneId zone() {
    try {
      return ZoneId.of(timeZone);
    } catch (DateTimeException unknown) {
      return ZoneOffset.UTC;
    }
  }

  /** The same in another language. */
  public Preferences in(Language another) {
    return new Preferences(another, timeZone, mails);
  }

  /** The same in another time zone. */
  public Preferences at(String zone) {
    return new Preferences(language, zone, mails);
  }

  /** The same with mail about something, or without. */
  public Preferences with(MailTopic topic, boolean wanted) {
    Set<MailTopic> changed = EnumSet.noneOf(MailTopic.class);
    changed.addAll(mails);
    if (wanted) changed.add(topic);
    else changed.remove(topic);
    return new Preferences(language, timeZone, changed);
  }
}
