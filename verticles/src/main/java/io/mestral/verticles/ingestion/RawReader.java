package io.mestral.verticles.ingestion;

import io.mestral.model.reading.TimeText;
import io.mestral.verticles.ingestion.Batch.Entry;
import io.mestral.verticles.ingestion.Batch.Time;
import io.mestral.verticles.ingestion.Batch.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the kits' short text {@code {t:2026-02-03T10:05:00Z,55:19.72,56:48.10}} (spec 1.5), more
 * liberally than the platform did: white space anywhere, fractions and offsets in the time, and a
 * sensor without a usable number is left out while the rest is kept.
 */
final class RawReader {
  private static final char END = '\0';
  private static final Pattern KITS_STAMP =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
  private static final Pattern CLOSED_VALUE = Pattern.compile("null(?=\\d)|-?\\d+(\\.\\d+)?(?=t)");

  private final String text;
  private int at;
  private Time time = Time.MISSING;
  private final List<Value> values = new ArrayList<>(16);

  private RawReader(String text) {
    this.text = text;
  }

  /**
   * Empty when it doesn't say a time: the platform drops that without a word (spec 1.5).
   *
   * @throws MalformedMessage when it isn't this text, saying at which character
   */
  static Batch read(String ascii) throws MalformedMessage {
    RawReader reader = new RawReader(ascii);
    reader.expect('{');
    while (!reader.take('}')) reader.pair();
    if (reader.peek() != END) throw reader.unexpected("the end");
    if (reader.time == Time.MISSING) return Batch.EMPTY;
    return new Batch(List.of(new Entry(reader.time, reader.values)));
  }

  private void pair() throws MalformedMessage {
    peek();
    if (text.startsWith("t", at)) {
      at++;
      expect(':');
      time = time(stamp());
    } else {
      String sensor = digits();
      expect(':');
      keepLast(new Value(sensor, value()));
    }
    take(',');
  }

  /** The kits' own form ends where it ends, whatever follows; the comma is optional. */
  private String stamp() throws MalformedMessage {
    peek();
    Matcher kits = KITS_STAMP.matcher(text).region(at, text.length());
    if (!kits.lookingAt()) return untilNextPair();
    at = kits.end();
    return kits.group();
  }

  /** Likewise {@code null}, and a number right before the time. */
  private double value() throws MalformedMessage {
    peek();
    Matcher closed = CLOSED_VALUE.matcher(text).region(at, text.length());
    if (!closed.lookingAt()) return NumberText.parse(untilNextPair());
    at = closed.end();
    return NumberText.parse(closed.group());
  }

  /** A sensor that comes twice has its last value. */
  private void keepLast(Value value) {
    for (int i = 0; i < values.size(); i++)
      if (values.get(i).sensor().equals(value.sensor())) {
        values.set(i, value);
        return;
      }
    values.add(value);
  }

  private static Time time(String stamp) {
    OptionalLong second = TimeText.parse(stamp);
    return second.isPresent() ? new Time.At(second.getAsLong()) : new Time.Unreadable(stamp);
  }

  /**
   * What stands up to the comma, the end, or, as the comma is optional, the blank before the next
   * pair.
   */
  private String untilNextPair() throws MalformedMessage {
    int from = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '}') {
      char c = text.charAt(at);
      if (c == '{' || c == '"' || c == '\'') throw unexpected("a value");
      if (isBlank(c) && at > from && startsPair(at)) break;
      at++;
    }
    if (at >= text.length()) throw unexpected("'}'");
    return text.substring(from, at).strip();
  }

  private boolean startsPair(int blank) {
    int i = blank;
    while (i < text.length() && isBlank(text.charAt(i))) i++;
    int word = i;
    if (i < text.length() && text.charAt(i) == 't') i++;
    else while (i < text.length() && isDigit(text.charAt(i))) i++;
    if (i == word) return false;
    while (i < text.length() && isBlank(text.charAt(i))) i++;
    boolean colon = i < text.length() && text.charAt(i) == ':';
    return colon && !isTimeOfDay(word, blank);
  }

  /** {@code 2026-02-03 10:05:00}: the blank stands inside a time when a date stands before it. */
  private boolean isTimeOfDay(int word, int blank) {
    boolean afterDate =
        blank >= 10
            && text.charAt(blank - 3) == '-'
            && text.charAt(blank - 6) == '-'
            && isDigit(text.charAt(blank - 1));
    return afterDate && text.charAt(word) != 't';
  }

  private String digits() throws MalformedMessage {
    int from = at;
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '-')) at++;
    if (from == at) throw unexpected("a sensor's number or t");
    return text.substring(from, at);
  }

  private void expect(char expected) throws MalformedMessage {
    if (!take(expected)) throw unexpected("'" + expected + "'");
  }

  private boolean take(char wanted) {
    if (peek() != wanted) return false;
    at++;
    return true;
  }

  /** The next character that isn't blank; {@link #END} after the last. */
  private char peek() {
    while (at < text.length() && isBlank(text.charAt(at))) at++;
    return at < text.length() ? text.charAt(at) : END;
  }

  private MalformedMessage unexpected(String expected) {
    return new MalformedMessage("expected " + expected + " at character " + (at + 1));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
