package io.mestral.model.mqtt;

import io.mestral.model.outcome.Refusal;

/** The rules that topic names and topic filters have in common (MQTT 4.7.3). */
final class TopicText {
  private static final int MAX_BYTES = 65_535;

  private TopicText() {}

  static void check(String value, Refusal refusal) {
    if (value.isEmpty()) throw new MalformedTopic(refusal, "a topic is not empty"); // 4.7.3-1
    if (utf8Length(value) > MAX_BYTES)
      throw new MalformedTopic(refusal, "a topic has at most 65,535 bytes"); // 4.7.3-3
    if (value.indexOf('\0') >= 0)
      throw new MalformedTopic(refusal, "a topic has no U+0000"); // 4.7.3-2
  }

  /** So many levels at most; the last is all the rest. */
  static String[] levels(String value, char separator, int most) {
    int count = 1;
    for (int i = 0; i < value.length() && count < most; i++)
      if (value.charAt(i) == separator) count++;
    String[] levels = new String[count];
    int from = 0;
    for (int level = 0; level < count - 1; level++) {
      int to = value.indexOf(separator, from);
      levels[level] = value.substring(from, to);
      from = to + 1;
    }
    levels[count - 1] = value.substring(from);
    return levels;
  }

  private static int utf8Length(String value) {
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) bytes += 1;
      else if (c < 0x800 || Character.isSurrogate(c)) bytes += 2; // a pair is 4 bytes
      else bytes += 3;
    }
    return bytes;
  }
}
