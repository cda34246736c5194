package io.mestral.storage.embedded.readings.format;

import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.storage.embedded.readings.series.Days;
import io.mestral.storage.embedded.readings.series.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The hours of one day of a series in about fourteen bytes each, version 1: how values are written,
 * then for each hour its number, the count, where its first and last reading lie, and the values.
 * Decimals of a few places are written as whole numbers relative to the first, so that sum and
 * squares are exact; other values in full.
 */
final class SummaryCodec {
  private static final int IN_FULL = 0xFF;
  private static final int HOURS = 24;
  private static final long SECONDS = Span.HOUR.seconds();
  private static final double LARGEST_WHOLE = 1L << 40;

  private SummaryCodec() {}

  /** The hours of a day that has readings. */
  static byte[] encode(Slice day) {
    ByteSink sink = new ByteSink(400);
    int places = placesOf(day);
    sink.octet(places);
    for (int from = day.from(); from < day.to(); ) {
      long start = Span.HOUR.startOf(day.times()[from]);
      int to = day.indexAtOrAfter(start + SECONDS);
      Slice hour = new Slice(day.times(), day.values(), from, to);
      encodeHead(start, hour.size(), new long[] {hour.first(), hour.last()}, sink);
      if (places == IN_FULL) encodeInFull(Summary.of(hour.toSamples(), Span.HOUR).get(0), sink);
      else encodeWhole(hour, BlockCodec.power(places), sink);
      from = to;
    }
    return sink.toBytes();
  }

  /** Hours of a day, oldest first, whose readings nobody has any more. */
  static byte[] encode(List<Summary> hours) {
    ByteSink sink = new ByteSink(64 * hours.size());
    sink.octet(IN_FULL);
    for (Summary hour : hours) {
      long[] ends = {hour.firstTime(), hour.lastTime()};
      encodeHead(hour.start(), hour.count(), ends, sink);
      encodeInFull(hour, sink);
    }
    return sink.toBytes();
  }

  private static void encodeHead(long start, long count, long[] ends, ByteSink sink) {
    sink.octet(Math.floorMod(start / SECONDS, HOURS));
    sink.varint(count);
    sink.varint(ends[0] - start);
    sink.varint(start + SECONDS - 1 - ends[1]);
  }

  /** The places that all values have room in, or {@link #IN_FULL}. */
  private static int placesOf(Slice day) {
    int places = 0;
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i = day.from(); i < day.to(); i++) {
      double value = day.values()[i];
      places = BlockCodec.placesOf(value, places);
      if (places > BlockCodec.MOST_PLACES) return IN_FULL;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double power = BlockCodec.power(places);
    double spread = (most - least) * power * Math.min(day.size(), SECONDS);
    boolean fits =
        spread < Integer.MAX_VALUE
            && Math.max(Math.abs(least), Math.abs(most)) * power < LARGEST_WHOLE;
    return fits ? places : IN_FULL;
  }

  private static void encodeWhole(Slice hour, double power, ByteSink sink) {
    long first = whole(hour.values()[hour.from()], power);
    long last = whole(hour.values()[hour.to() - 1], power);
    long min = 0;
    long max = 0;
    long sum = 0;
    long squares = 0;
    for (int i = hour.from(); i < hour.to(); i++) {
      long apart = whole(hour.values()[i], power) - first;
      min = Math.min(min, apart);
      max = Math.max(max, apart);
      sum += apart;
      squares += apart * apart;
    }
    sink.zigzag(first);
    sink.zigzag(last - first);
    sink.varint(-min);
    sink.varint(max);
    sink.zigzag(sum);
    sink.varint(hour.size() * squares - sum * sum);
  }

  private static long whole(double value, double power) {
    return (long) Math.rint(value * power);
  }

  private static void encodeInFull(Summary hour, ByteSink sink) {
    sink.fixed(hour.first());
    sink.fixed(hour.last());
    sink.fixed(hour.min());
    sink.fixed(hour.max());
    sink.fixed(hour.sum());
    sink.fixed(hour.squares());
  }

  /**
   * The hours that were encoded.
   *
   * @throws Malformed when it is something else
   */
  static List<Summary> decode(long day, byte[] data) {
    ByteSource source = new ByteSource(data);
    int places = placesFrom(source);
    List<Summary> hours = new ArrayList<>(HOURS);
    while (source.hasMore()) hours.add(hourFrom(day, places, source));
    return hours;
  }

  /** The same without some hours, named by their first second. */
  static byte[] without(long day, byte[] data, LongPredicate gone) {
    ByteSource source = new ByteSource(data);
    ByteSink rest = new ByteSink(data.length);
    int places = placesFrom(source);
    rest.octet(places);
    while (source.hasMore()) {
      int from = source.at();
      Summary hour = hourFrom(day, places, source);
      if (gone.test(hour.start())) continue;
      for (int i = from; i < source.at(); i++) rest.octet(data[i]);
    }
    return rest.toBytes();
  }

  private static int placesFrom(ByteSource source) {
    int places = source.octet();
    if (places != IN_FULL && places > BlockCodec.MOST_PLACES)
      throw new Malformed(places + " decimal places");
    return places;
  }

  private static Summary hourFrom(long day, int places, ByteSource source) {
    long start = day * Days.SECONDS + source.octet() * SECONDS;
    long count = source.varint();
    long first = start + source.varint();
    long last = start + SECONDS - 1 - source.varint();
    if (count < 1 || first > last || last >= start + SECONDS)
      throw new Malformed("an hour of " + count + " readings");
    if (places == IN_FULL) return inFull(start, count, new long[] {first, last}, source);
    double power = BlockCodec.power(places);
    long value = source.zigzag();
    double newest = (value + source.zigzag()) / power;
    double min = (value - source.varint()) / power;
    double max = (value + source.varint()) / power;
    double sum = (value * count + source.zigzag()) / power;
    double squares = source.varint() / (double) count / (power * power);
    return new Summary(start, count, sum, squares, min, max, first, value / power, last, newest);
  }

  private static Summary inFull(long start, long count, long[] times, ByteSource source) {
    double first = source.fixed();
    double last = source.fixed();
    double min = source.fixed();
    double max = source.fixed();
    double sum = source.fixed();
    double squares = source.fixed();
    return new Summary(start, count, sum, squares, min, max, times[0], first, times[1], last);
  }
}
