package io.mestral.storage.embedded.journal;

import io.vertx.core.buffer.Buffer;

/**
 * Turns the records of a stream into state, in order of sequence, always on the journal's thread:
 * first those that were found at start, then each new one after it is synced and before its future
 * completes. So there is one path into the state, whether it was rebuilt or not. It must be quick,
 * for all streams wait meanwhile.
 */
@FunctionalInterface
public interface Applier {
  /**
   * Takes one record. When it throws, the record is kept apart.
   *
   * @param body read it now: it is not kept for later
   */
  void apply(long sequence, Buffer body);
}
