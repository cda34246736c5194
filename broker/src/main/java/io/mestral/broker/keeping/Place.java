package io.mestral.broker.keeping;

/** Where in the stream something stands that is still true. Belongs to its session's lock. */
final class Place {
  private final Totals totals;
  private long sequence;
  private int length;

  /** Nowhere yet. */
  Place(Totals totals) {
    this.totals = totals;
  }

  /** It was written; of two records the later one counts. */
  void is(long record, int bytes) {
    if (record <= sequence) return;
    totals.live((long) bytes - length);
    sequence = record;
    length = bytes;
  }

  /** Whether it stands in a record that is about to go; a record under way is newer than those. */
  boolean isUpTo(long last) {
    return sequence > 0 && sequence <= last;
  }

  long sequence() {
    return sequence;
  }

  boolean standsAt(long record) {
    return sequence == record;
  }

  boolean isOlderThan(long record) {
    return sequence < record;
  }

  boolean isKnown() {
    return sequence > 0 && sequence < Long.MAX_VALUE;
  }

  /** Whether nothing says where it stands; an append of it is under way, or failed. */
  boolean isUnknown() {
    return sequence == 0;
  }

  /** Whether it isn't true any more. */
  boolean isGone() {
    return sequence == Long.MAX_VALUE;
  }

  /** It isn't true any more. */
  void gone() {
    totals.live(-length);
    sequence = Long.MAX_VALUE; // a record that is still under way changes nothing
    length = 0;
  }
}
