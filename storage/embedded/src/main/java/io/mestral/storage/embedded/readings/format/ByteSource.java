package io.mestral.storage.embedded.readings.format;

/** Reads what {@link ByteSink} wrote; anything else is {@link Malformed}. */
final class ByteSource {
  private final byte[] bytes;
  private int at;

  ByteSource(byte[] bytes) {
    this.bytes = bytes;
  }

  /** How many bytes were read. */
  int at() {
    return at;
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  int left() {
    return bytes.length - at;
  }

  int octet() {
    if (at >= bytes.length) throw new Malformed("ends at byte " + at);
    return bytes[at++] & 0xFF;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = octet();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) return value;
    }
    throw new Malformed("a number without end before byte " + at);
  }

  long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  long bytes(int count) {
    if (left() < count) throw new Malformed("ends within a number at byte " + at);
    long value = 0;
    for (int i = 0; i < count; i++) value = value << 8 | bytes[at++] & 0xFF;
    return value;
  }

  double fixed() {
    return Double.longBitsToDouble(bytes(8));
  }
}
