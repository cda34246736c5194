package io.mestral.verticles.forwarding;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Batches that were moved, as one record: so they are moved together or not at all. A version, then
 * of each batch its number, its length and itself.
 */
final class Pack {
  private static final byte VERSION = 1;
  private static final int HEAD = Long.BYTES + Integer.BYTES;

  private Pack() {}

  /** As many of the first as fit into so many bytes, at least one. */
  static List<Waiting> fitting(List<Waiting> batches, long bytes) {
    long length = 1;
    int count = 0;
    for (Waiting batch : batches) {
      length += HEAD + batch.length();
      if (count > 0 && length > bytes) break;
      count++;
    }
    return batches.subList(0, count);
  }

  static Buffer of(List<Waiting> batches) {
    Buffer pack = Buffer.buffer().appendByte(VERSION);
    for (Waiting batch : batches)
      pack.appendLong(batch.number()).appendInt(batch.length()).appendBuffer(batch.body());
    return pack;
  }

  /** The batches of a record; one of another form is a single one, of unknown number. */
  static List<Waiting> read(Lane lane, long sequence, Buffer pack) {
    List<Waiting> batches = new ArrayList<>();
    int at = 1;
    while (at + HEAD <= pack.length() && pack.getByte(0) == VERSION) {
      long number = pack.getLong(at);
      long end = at + HEAD + (long) pack.getInt(at + Long.BYTES);
      if (end < at + HEAD || end > pack.length()) break;
      Buffer body = pack.slice(at + HEAD, (int) end);
      at = (int) end;
      batches.add(new Waiting(lane, sequence, at == pack.length(), number, body));
    }
    return batches.isEmpty() || at < pack.length()
        ? List.of(new Waiting(lane, sequence, true, Waiting.UNKNOWN, pack))
        : batches;
  }
}
