package io.mestral.storage.embedded.readings.format;

import io.mestral.model.reading.Reading;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.embedded.readings.series.Days;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes in, as the body of a journal record; the first octet tells what.
 *
 * <p>1, readings: for each run of readings of one device its number, their count, and for each the
 * sensor, the seconds since the one before (the first counts from 1970) and the eight bytes of the
 * value. 2, a removal: device, sensor, first and last second, all of what came before between them.
 */
public final class BatchCodec {
  private static final int READINGS = 1;
  private static final int REMOVAL = 2;
  private static final int LONGEST_READING = 5 + 10 + 8;
  private static final int LONGEST_RUN_HEAD = 20;

  private BatchCodec() {}

  /** Takes what a batch holds, in order. */
  public interface Taker {
    /** The following readings are of this device. */
    void device(long device);

    void reading(int sensor, long epochSecond, double value);

    /** What came before of a sensor is gone inside a range. */
    void removal(int sensor, TimeRange range);
  }

  /** The batch as bodies of at most so many bytes each, in order. */
  public static List<Buffer> encode(List<Reading> readings, int maxBytes) {
    List<Buffer> bodies = new ArrayList<>(1);
    for (int from = 0; from < readings.size(); ) {
      ByteSink sink = new ByteSink(Math.min(maxBytes, 32 + (readings.size() - from) * 13));
      from = encodeSome(readings, from, sink, maxBytes);
      bodies.add(Buffer.buffer(sink.toBytes()));
    }
    return bodies;
  }

  private static int encodeSome(List<Reading> readings, int start, ByteSink sink, int maxBytes) {
    int room = maxBytes - LONGEST_RUN_HEAD - LONGEST_READING;
    long second = 0;
    int from = start;
    sink.octet(READINGS);
    while (from < readings.size() && (from == start || sink.size() < room)) {
      long device = readings.get(from).device().value();
      int most = Math.max(1, (room - sink.size()) / LONGEST_READING);
      int to = from + 1;
      while (to < readings.size() && to - from < most && deviceAt(readings, to) == device) to++;
      sink.varint(device);
      sink.varint(to - from);
      for (; from < to; from++) {
        Reading reading = readings.get(from);
        sink.varint(reading.sensor().value());
        sink.zigzag(reading.epochSecond() - second);
        sink.fixed(reading.value());
        second = reading.epochSecond();
      }
    }
    return from;
  }

  private static long deviceAt(List<Reading> readings, int index) {
    return readings.get(index).device().value();
  }

  /** The removal of a range; its ends have a place. */
  public static Buffer encodeRemoval(Series series, TimeRange range) {
    ByteSink sink = new ByteSink(32);
    sink.octet(REMOVAL);
    sink.varint(series.device().value());
    sink.varint(series.sensor().value());
    sink.zigzag(range.from());
    sink.zigzag(range.to());
    return Buffer.buffer(sink.toBytes());
  }

  /**
   * Tells what a body holds.
   *
   * @throws Malformed when it is none, perhaps after some of it
   */
  public static void decode(byte[] body, Taker taker) {
    ByteSource source = new ByteSource(body);
    int kind = source.octet();
    if (kind == READINGS) decodeReadings(source, taker);
    else if (kind == REMOVAL) decodeRemoval(source, taker);
    else throw new Malformed("a record of kind " + kind);
  }

  private static void decodeReadings(ByteSource source, Taker taker) {
    long second = 0;
    while (source.hasMore()) {
      taker.device(source.varint());
      long count = source.varint();
      for (long i = 0; i < count; i++) {
        int sensor = (int) source.varint();
        second += source.zigzag();
        taker.reading(sensor, second, source.fixed());
      }
    }
  }

  private static void decodeRemoval(ByteSource source, Taker taker) {
    long device = source.varint();
    int sensor = (int) source.varint();
    TimeRange range = new TimeRange(source.zigzag(), source.zigzag());
    if (source.hasMore() || !Days.hasPlace(range.from()) || !Days.hasPlace(range.to()))
      throw new Malformed("a removal of " + range);
    taker.device(device);
    taker.removal(sensor, range);
  }
}
