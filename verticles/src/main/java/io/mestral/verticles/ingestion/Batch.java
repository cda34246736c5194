package io.mestral.verticles.ingestion;

import java.util.List;

/**
 * What a message said, before anybody asked whether it makes sense.
 *
 * @param entries in the order of the message
 */
public record Batch(List<Entry> entries) {
  static final Batch EMPTY = new Batch(List.of());

  /** Copies the list. */
  public Batch {
    entries = List.copyOf(entries);
  }

  /** One moment and what was measured then. */
  public record Entry(Time time, List<Value> values) {
    /** Copies the list. */
    public Entry {
      values = List.copyOf(values);
    }
  }

  /** When something was measured, as far as the message says. */
  public sealed interface Time {
    /** Nothing was said. */
    Time MISSING = new Missing();

    /** A moment, whole seconds. */
    record At(long epochSecond) implements Time {}

    /** Nothing was said. */
    record Missing() implements Time {}

    /** Something was said that is no time. */
    record Unreadable(String text) implements Time {}
  }

  /**
   * A number of a sensor.
   *
   * @param sensor digits for an id, else a key
   * @param value may be NaN: said, but no number
   */
  public record Value(String sensor, double value) {}
}
