package io.mestral.verticles.http.reading;

import io.mestral.model.reading.TimeText;
import io.mestral.verticles.csv.DecimalText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The points of an answer as JSON, {@code ["2026-02-03T10:05:00Z",21.5]} with commas between them:
 * most of an answer is made of them, so they are written byte by byte.
 */
final class PointText {
  private static final int DAY = 86_400;
  private static final int TIME = 20;
  private static final int CLOCK = 11;
  private static final int LONGEST = TIME + DecimalText.LONGEST + 16;
  private final byte[] time = new byte[TIME];
  private long day = Long.MIN_VALUE;
  private byte[] text;
  private int size;

  /** Room for so many, and for more when they come. */
  PointText(int points) {
    text = new byte[Math.max(LONGEST, points * 36)];
  }

  /** A second of the years 0 to 9999 and what was then; {@code null} unless that is finite. */
  void add(long second, double value) {
    begin();
    if (Math.floorDiv(second, DAY) != day) turnTo(second);
    int clock = (int) (second - day * DAY);
    two(clock / 3600, CLOCK);
    two(clock / 60 % 60, CLOCK + 3);
    two(clock % 60, CLOCK + 6);
    System.arraycopy(time, 0, text, size, TIME);
    size += TIME;
    end(value);
  }

  /** A time in other words, which need no escapes. */
  void add(String when, double value) {
    begin();
    put(when);
    end(value);
  }

  /** How many readings there were. */
  void count(String when, long count) {
    begin();
    put(when);
    text[size++] = '"';
    text[size++] = ',';
    put(Long.toString(count));
    text[size++] = ']';
  }

  private void begin() {
    if (text.length - size < LONGEST) text = Arrays.copyOf(text, text.length * 2);
    if (size > 0) text[size++] = ',';
    text[size++] = '[';
    text[size++] = '"';
  }

  private void end(double value) {
    text[size++] = '"';
    text[size++] = ',';
    if (!Double.isFinite(value)) put("null");
    else if (value == Math.rint(value)) put(Double.toString(value));
    else number(value);
    text[size++] = ']';
  }

  private void number(double value) {
    int end = DecimalText.writeIfShort(value, text, size);
    if (end > size) size = end;
    else put(Double.toString(value));
  }

  private void turnTo(long second) {
    day = Math.floorDiv(second, DAY);
    System.arraycopy(TimeText.of(second).getBytes(StandardCharsets.US_ASCII), 0, time, 0, TIME);
  }

  private void two(int number, int at) {
    time[at] = (byte) ('0' + number / 10);
    time[at + 1] = (byte) ('0' + number % 10);
  }

  private void put(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, text, size, bytes.length);
    size += bytes.length;
  }

  @Override
  public String toString() {
    return new String(text, 0, size, StandardCharsets.US_ASCII);
  }
}
