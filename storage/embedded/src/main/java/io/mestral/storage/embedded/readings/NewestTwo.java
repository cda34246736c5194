package io.mestral.storage.embedded.readings;

import io.mestral.model.reading.Latest;
import java.util.OptionalDouble;

/** The newest two of all readings that are offered; of the same second the one offered last. */
final class NewestTwo {
  private int known;
  private long second;
  private double value;
  private long previousSecond;
  private double previousValue;

  void offer(long when, double what) {
    if (known == 0 || when > second) {
      if (known > 0) {
        previousSecond = second;
        previousValue = value;
      }
      second = when;
      value = what;
      known = Math.min(2, known + 1);
    } else if (when == second) {
      value = what;
    } else if (known == 1 || when >= previousSecond) {
      previousSecond = when;
      previousValue = what;
      known = 2;
    }
  }

  void offer(NewestTwo others) {
    if (others.known == 2) offer(others.previousSecond, others.previousValue);
    if (others.known > 0) offer(others.second, others.value);
  }

  NewestTwo copy() {
    NewestTwo copy = new NewestTwo();
    copy.offer(this);
    return copy;
  }

  /** Whether one of them was removed, so that an older one takes its place. */
  boolean isTouchedBy(Removals removed) {
    return known > 0 && removed.contains(second) || known == 2 && removed.contains(previousSecond);
  }

  boolean isEmpty() {
    return known == 0;
  }

  boolean hasPrevious() {
    return known == 2;
  }

  long second() {
    return second;
  }

  double value() {
    return value;
  }

  long previousSecond() {
    return previousSecond;
  }

  double previousValue() {
    return previousValue;
  }

  Latest toLatest() {
    OptionalDouble before = known == 2 ? OptionalDouble.of(previousValue) : OptionalDouble.empty();
    return new Latest(second, value, before);
  }
}
