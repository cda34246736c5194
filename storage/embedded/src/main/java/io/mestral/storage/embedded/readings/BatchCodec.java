package io.mestral.storage.embedded.readings;

import io.mestral.model.reading.Reading;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Readings as the body of a journal record, version 1: the version, then for each run of readings
 * of one device its number, their count, and for each the sensor, the seconds since the one before
 * (the first counts from 1970) and the eight bytes of the value.
 */
final class BatchCodec {
  private static final int VERSION = 1;
  private static final int LONGEST_READING = 5 + 10 + 8;
  private static final int LONGEST_RUN_HEAD = 20;

  private BatchCodec() {}

  /** Takes what a batch holds, in order. */
  interface Taker {
    /** The following readings are of this device. */
    void device(long device);

    void reading(int sensor, long epochSecond, double value);
  }

  /** The batch as bodies of at most so many bytes each, in order. */
  static List<Buffer> encode(List<Reading> readings, int maxBytes) {
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
    sink.octet(VERSION);
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

  static void decode(byte[] body, Taker taker) {
    ByteSource source = new ByteSource(body);
    int version = source.octet();
    if (version != VERSION) throw new ByteSource.Malformed("a batch of version " + version);
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
}
