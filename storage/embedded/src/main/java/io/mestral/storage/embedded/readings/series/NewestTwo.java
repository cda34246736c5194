package io.mestral.storage.embedded.readings.series;

import io.mestral.model.reading.Latest;
import java.util.OptionalDouble;

/** The newest two of all readings that are offered; of the same second the one offered last. */
public final class NewestTwo {
  private int known;
  private long second;
  private double value;
  private long previousSecond;
  private double previousValue;

  /** Offers a reading. */
  public void offer(long when, double what) {
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

  /** Offers what another one knows. */
  public void offer(NewestTwo others) {
    if (others.known == 2) offer(others.previousSecond, others.previousValue);
    if (others.known > 0) offer(others.second, others.value);
  }

  /** One that is offered more without changing this. */
  public NewestTwo copy() {
    NewestTwo copy = new NewestTwo();
    copy.offer(this);
    return copy;
  }

  /** Whether one of them was removed, so that an older one takes its place. */
  public boolean isTouchedBy(Removals removed) {
    return known > 0 && removed.contains(second) || known == 2 && removed.contains(previousSecond);
  }

  public boolean isEmpty() {
    return known == 0;
  }

  public boolean hasPrevious() {
    return known == 2;
  }

  public long second() {
    return second;
  }

  public double value() {
    return value;
  }

  public long previousSecond() {
    return previousSecond;
  }

  public double previousValue() {
    return previousValue;
  }

  /** What a series said last; not for an empty one. */
  public Latest toLatest() {
    OptionalDouble before = known == 2 ? OptionalDouble.of(previousValue) : OptionalDouble.empty();
    return new Latest(second, value, before);
  }
}
