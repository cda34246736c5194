package io.mestral.verticles.forwarding;

import io.vertx.core.buffer.Buffer;

/**
 * A batch that waits, where it stands now.
 *
 * @param sequence of the journal's record that holds it
 * @param ends whether no other follows it in that record
 * @param number what orders all that waits: the sequence that it had first; {@link #UNKNOWN} for a
 *     record that nobody can read
 * @param body as {@link ForwardBatch} writes it
 */
record Waiting(Lane lane, long sequence, boolean ends, long number, Buffer body) {
  static final long UNKNOWN = Long.MAX_VALUE;

  int length() {
    return body.length();
  }

  /** Whether it comes behind the one of that number. */
  boolean isBehind(long other) {
    return number > other;
  }
}
