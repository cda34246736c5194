package io.mestral.storage.replica;

/** Numbers of devices, one after the other; the last one is among them. */
public record NumberRange(long first, long last) {
  /** How many they are. */
  public long size() {
    return last - first + 1;
  }

  /** Whether this one is among them. */
  public boolean contains(long number) {
    return first <= number && number <= last;
  }
}
