package io.mestral.model.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What people may have mail about, or not. What concerns their account itself always comes. */
public enum MailTopic {
  /** An archive is ready. */
  ARCHIVES,
  /** Messages of a device could not be taken in. */
  ERRORS,
  /** A device's battery is low. */
  LOW_BATTERY,
  /** A device fell silent. */
  STOPPED_PUBLISHING,
  /** How the devices did, once a week. */
  WEEKLY_DIGEST;

  /** In small letters, as it is kept and shown. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with that label; empty when there is none. */
  public static Optional<MailTopic> of(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }
}
