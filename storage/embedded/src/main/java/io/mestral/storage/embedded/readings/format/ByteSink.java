package io.mestral.storage.embedded.readings.format;

import java.util.Arrays;

/** Bytes that grow. Numbers are written in groups of seven bits, small ones short. */
final class ByteSink {
  private byte[] bytes;
  private int size;

  ByteSink(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  int size() {
    return size;
  }

  void octet(int value) {
    room(1);
    bytes[size++] = (byte) value;
  }

  /** An unsigned number; a negative one takes ten bytes. */
  void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** A number that is near zero on either side. */
  void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  /** The highest of eight bytes first, of which {@code count} are written. */
  void bytesOf(long value, int count) {
    room(count);
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8)
      bytes[size++] = (byte) (value >>> shift);
  }

  void fixed(double value) {
    bytesOf(Double.doubleToRawLongBits(value), 8);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
  }
}
