package io.mestral.storage.embedded.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How records and segment headers lie on disk, version 1, big endian.
 *
 * <pre>
 * segment  magic 8 | version 4 | number 8 | CRC 4
 * record   magic 4 | length of it all 4 | CRC 4 | type 1 | stream 4 | sequence 8 | body
 * DATA     body as given
 * STATE    sequence: last one given away; body: trimmed up to 8 | stream's name, UTF-8
 * TRIM     sequence: trimmed up to
 * PROBE    nothing: written to see whether writing works
 * </pre>
 *
 * <p>A record's CRC covers all of it but magic and CRC, and the place where it stands, too. So the
 * bytes of a record that travel inside the body of another are never taken for a record of the
 * journal when damage is searched for the next good one.
 */
final class RecordFormat {
  static final int VERSION = 1;
  static final int HEADER = 24;
  static final int OVERHEAD = 25;
  static final int MAGIC = 0xB74D_E5C9;
  static final int LONGEST_BODY = 16 << 20;

  static final byte DATA = 1;
  static final byte STATE = 2;
  static final byte TRIM = 3;
  static final byte PROBE = 4;

  private static final long SEGMENT_MAGIC = 0x4D53_5452_4A4E_4C0AL; // "MSTRJNL\n"
  private static final int LONGEST = LONGEST_BODY + OVERHEAD;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(8);

  /** What a segment's first bytes say. */
  enum Header {
    GOOD,
    NEWER,
    BROKEN
  }

  static void putHeader(ByteBuffer out, long number) {
    int start = out.position();
    out.putLong(SEGMENT_MAGIC).putInt(VERSION).putLong(number);
    out.putInt(headerChecksum(out, start));
  }

  static Header header(ByteBuffer bytes, long number) {
    int at = bytes.position();
    if (bytes.remaining() < HEADER
        || bytes.getLong(at) != SEGMENT_MAGIC
        || bytes.getInt(at + 20) != headerChecksum(bytes, at)) return Header.BROKEN;
    if (bytes.getInt(at + 8) > VERSION) return Header.NEWER;
    return bytes.getLong(at + 12) == number ? Header.GOOD : Header.BROKEN;
  }

  private static int headerChecksum(ByteBuffer bytes, int start) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.duplicate().limit(start + 20).position(start));
    return (int) sum.getValue();
  }

  /** Puts the fixed part of a record; its body follows, then {@link #seal}. */
  static void putFixed(ByteBuffer out, byte type, int stream, long sequence) {
    out.putInt(MAGIC).putLong(0).put(type).putInt(stream).putLong(sequence);
  }

  /**
   * Fills in length and checksum of the record that ends at the position of {@code out}.
   *
   * @param start where it starts in {@code out}
   * @param offset where it will stand in the segment
   */
  void seal(ByteBuffer out, int start, long segment, long offset) {
    int length = out.position() - start;
    out.putInt(start + 4, length);
    out.putInt(start + 8, checksum(out, start, length, place(segment, offset)));
  }

  /** The length that the bytes at {@code start} claim, or 0 when no record can start there. */
  static int claimedLength(ByteBuffer bytes, int start) {
    if (bytes.getInt(start) != MAGIC) return 0;
    int length = bytes.getInt(start + 4);
    return length < OVERHEAD || length > LONGEST ? 0 : length;
  }

  /** Whether a whole record of that length stands here, as it was written for this place. */
  boolean holds(ByteBuffer bytes, int start, int length, long place) {
    return bytes.getInt(start + 8) == checksum(bytes, start, length, place);
  }

  /** Names a place in the journal. */
  static long place(long segment, long offset) {
    return segment ^ Long.rotateLeft(offset, 32);
  }

  private int checksum(ByteBuffer bytes, int start, int length, long where) {
    int position = bytes.position();
    int limit = bytes.limit();
    crc.reset();
    place.clear();
    crc.update(place.putLong(where).flip());
    crc.update(bytes.limit(start + 8).position(start + 4));
    crc.update(bytes.limit(start + length).position(start + 12));
    bytes.limit(limit).position(position);
    return (int) crc.getValue();
  }
}
