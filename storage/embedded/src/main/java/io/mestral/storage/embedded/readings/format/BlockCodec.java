package io.mestral.storage.embedded.readings.format;

import io.mestral.storage.embedded.readings.series.Slice;

/**
 * Readings of one series as a few bytes each. Times: the first, then how each step differs from the
 * step before, which is one byte for a reading ({@link #STEPS}); or how a step differs and how many
 * like it follow, which is next to nothing for a steady kit ({@link #RUNS}). Values: when nearly
 * all are decimals of a few places, the steps between them as whole numbers, and any other value in
 * full behind a mark; else the bytes in which each differs from the one before. What comes out is
 * bit for bit what went in.
 */
final class BlockCodec {
  static final int STEPS = 1;
  static final int RUNS = 2;

  private static final int XOR = 0xFF;
  static final int MOST_PLACES = 9;
  private static final int SAMPLE = 64;
  private static final double LARGEST_WHOLE = 1L << 53;
  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private BlockCodec() {}

  /** The format that takes less room. */
  static int formatFor(Slice slice) {
    int runs = 0;
    long step = 0;
    for (int i = slice.from() + 1; i < slice.to(); i++) {
      long next = slice.times()[i] - slice.times()[i - 1];
      if (next != step) runs++;
      step = next;
    }
    return 2 * runs < slice.size() ? RUNS : STEPS;
  }

  static byte[] encode(Slice slice, int format) {
    ByteSink sink = new ByteSink(slice.size() * 4);
    sink.varint(slice.size());
    if (format == RUNS) encodeRuns(slice, sink);
    else encodeSteps(slice, sink);
    int places = placesOf(slice);
    sink.octet(places);
    if (places == XOR) encodeBits(slice, sink);
    else encodeDecimals(slice, POWERS[places], sink);
    return sink.toBytes();
  }

  /**
   * The readings of a block.
   *
   * @throws Malformed when it is none, or newer than this program
   */
  static Slice decode(byte[] data, int format) {
    ByteSource source = new ByteSource(data);
    long count = source.varint();
    if (count < 1 || count > source.left())
      throw new Malformed(count + " readings in " + data.length + " bytes");
    int size = (int) count;
    long[] times = new long[size];
    double[] values = new double[size];
    if (format == RUNS) decodeRuns(source, times);
    else if (format == STEPS) decodeSteps(source, times);
    else throw new Malformed("a block of format " + format);
    int places = source.octet();
    if (places == XOR) decodeBits(source, values);
    else if (places <= MOST_PLACES) decodeDecimals(source, POWERS[places], values);
    else throw new Malformed(places + " decimal places");
    return new Slice(times, values, 0, size);
  }

  private static void encodeSteps(Slice slice, ByteSink sink) {
    long before = slice.first();
    long step = 0;
    sink.zigzag(before);
    for (int i = slice.from() + 1; i < slice.to(); i++) {
      long next = slice.times()[i] - before;
      sink.zigzag(next - step);
      step = next;
      before = slice.times()[i];
    }
  }

  private static void decodeSteps(ByteSource source, long[] times) {
    times[0] = source.zigzag();
    long step = 0;
    for (int i = 1; i < times.length; i++) {
      step += source.zigzag();
      times[i] = times[i - 1] + step;
      if (step <= 0) throw new Malformed("times do not ascend");
    }
  }

  private static void encodeRuns(Slice slice, ByteSink sink) {
    long[] times = slice.times();
    sink.zigzag(slice.first());
    long step = 0;
    for (int i = slice.from() + 1; i < slice.to(); ) {
      long next = times[i] - times[i - 1];
      int end = i + 1;
      while (end < slice.to() && times[end] - times[end - 1] == next) end++;
      sink.zigzag(next - step);
      sink.varint(end - i - 1);
      step = next;
      i = end;
    }
  }

  private static void decodeRuns(ByteSource source, long[] times) {
    times[0] = source.zigzag();
    long step = 0;
    for (int i = 1; i < times.length; ) {
      step += source.zigzag();
      if (step <= 0) throw new Malformed("times do not ascend");
      long more = source.varint();
      if (more < 0 || more >= times.length - i) throw new Malformed("a run of " + more + " steps");
      for (int end = i + 1 + (int) more; i < end; i++) times[i] = times[i - 1] + step;
    }
  }

  /** Decimal places that serve nearly all values, or {@link #XOR}; judged by a sample. */
  private static int placesOf(Slice slice) {
    int[] needing = new int[MOST_PLACES + 1];
    int decimals = 0;
    int sampled = 0;
    int stride = Math.max(1, slice.size() / SAMPLE);
    for (int i = slice.from(); i < slice.to(); i += stride) {
      sampled++;
      int places = placesOf(slice.values()[i], 0);
      if (places > MOST_PLACES) continue;
      needing[places]++;
      decimals++;
    }
    if (decimals * 2 < sampled) return XOR;
    int served = 0;
    int places = -1;
    while (served * 32 < decimals * 31) served += needing[++places];
    return Math.max(0, places);
  }

  static double power(int places) {
    return POWERS[places];
  }

  /**
   * The places that a value needs, at least so many; more than {@link #MOST_PLACES}: no decimal.
   */
  static int placesOf(double value, int atLeast) {
    int places = atLeast;
    while (places <= MOST_PLACES && !isDecimal(value, POWERS[places])) places++;
    return places;
  }

  private static boolean isDecimal(double value, double power) {
    double whole = Math.rint(value * power);
    return Math.abs(whole) < LARGEST_WHOLE
        && Double.doubleToRawLongBits((long) whole / power) == Double.doubleToRawLongBits(value);
  }

  private static void encodeDecimals(Slice slice, double power, ByteSink sink) {
    long before = 0;
    for (int i = slice.from(); i < slice.to(); i++) {
      double value = slice.values()[i];
      if (isDecimal(value, power)) {
        long whole = (long) Math.rint(value * power);
        long step = whole - before;
        sink.varint((step << 1 ^ step >> 63) + 1);
        before = whole;
      } else {
        sink.varint(0);
        sink.fixed(value);
      }
    }
  }

  private static void decodeDecimals(ByteSource source, double power, double[] values) {
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      long token = source.varint();
      if (token == 0) {
        values[i] = source.fixed();
      } else {
        long folded = token - 1;
        before += folded >>> 1 ^ -(folded & 1);
        values[i] = before / power;
      }
    }
  }

  private static void encodeBits(Slice slice, ByteSink sink) {
    long before = 0;
    for (int i = slice.from(); i < slice.to(); i++) {
      long bits = Double.doubleToRawLongBits(slice.values()[i]);
      long changed = bits ^ before;
      before = bits;
      if (changed == 0) {
        sink.octet(0);
        continue;
      }
      int leading = Long.numberOfLeadingZeros(changed) >> 3;
      int trailing = Long.numberOfTrailingZeros(changed) >> 3;
      int count = 8 - leading - trailing;
      sink.octet(trailing << 4 | count);
      sink.bytesOf(changed >>> trailing * 8, count);
    }
  }

  private static void decodeBits(ByteSource source, double[] values) {
    long bits = 0;
    for (int i = 0; i < values.length; i++) {
      int head = source.octet();
      int trailing = head >> 4;
      int count = head & 15;
      if (trailing + count > 8) throw new Malformed("a value of " + head);
      bits ^= source.bytes(count) << trailing * 8;
      values[i] = Double.longBitsToDouble(bits);
    }
  }
}
