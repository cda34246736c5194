package io.mestral.storage;

import io.vertx.core.buffer.Buffer;

/**
 * One record of a stream.
 *
 * @param sequence its number in the stream: 1, 2, 3 …, never used twice
 */
public record JournalRecord(long sequence, Buffer body) {}
