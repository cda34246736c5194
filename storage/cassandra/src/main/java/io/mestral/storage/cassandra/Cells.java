package io.mestral.storage.cassandra;

import io.mestral.model.reading.Summary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** How sensors, values and summaries look in a cell of the database. */
final class Cells {
  private static final byte SUMMARY_VERSION = 1;
  private static final int SUMMARY_BYTES = 1 + 9 * Long.BYTES;

  private Cells() {}

  /** The cell is not of a form this version knows. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message, null, false, false);
    }
  }

  /** Ascending numbers as the gaps between them, in groups of seven bits. */
  static ByteBuffer sensors(int[] sensors) {
    ByteBuffer cell = ByteBuffer.allocate(sensors.length * 5);
    int before = 0;
    for (int sensor : sensors) {
      int gap = sensor - before;
      for (; gap >= 0x80 || gap < 0; gap >>>= 7) cell.put((byte) (gap | 0x80));
      cell.put((byte) gap);
      before = sensor;
    }
    return cell.flip();
  }

  static int[] sensors(ByteBuffer cell) {
    int[] sensors = new int[cell.remaining()];
    int size = 0;
    int sensor = 0;
    while (cell.hasRemaining()) {
      int gap = 0;
      int shift = 0;
      byte next;
      do {
        if (!cell.hasRemaining() || shift > 28) throw new Unreadable("sensors without end");
        next = cell.get();
        gap |= (next & 0x7F) << shift;
        shift += 7;
      } while (next < 0);
      sensor += gap;
      sensors[size++] = sensor;
    }
    return Arrays.copyOf(sensors, size);
  }

  /** Numbers of devices in the same way. */
  static ByteBuffer devices(Collection<Long> devices) {
    ByteBuffer cell = ByteBuffer.allocate(devices.size() * 10);
    long before = 0;
    for (long device : new TreeSet<>(devices)) {
      long gap = device - before;
      for (; gap >= 0x80 || gap < 0; gap >>>= 7) cell.put((byte) (gap | 0x80));
      cell.put((byte) gap);
      before = device;
    }
    return cell.flip();
  }

  static List<Long> devices(ByteBuffer cell) {
    List<Long> devices = new ArrayList<>();
    long device = 0;
    while (cell.hasRemaining()) {
      long gap = 0;
      int shift = 0;
      byte next;
      do {
        if (!cell.hasRemaining() || shift > 63) throw new Unreadable("devices without end");
        next = cell.get();
        gap |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      device += gap;
      devices.add(device);
    }
    return devices;
  }

  static ByteBuffer values(double[] values) {
    ByteBuffer cell = ByteBuffer.allocate(values.length * Double.BYTES);
    for (double value : values) cell.putDouble(value);
    return cell.flip();
  }

  /** One value of the cell; none beyond its end. */
  static double value(ByteBuffer cell, int index) {
    int at = cell.position() + index * Double.BYTES;
    if (at + Double.BYTES > cell.limit()) throw new Unreadable("fewer values than sensors");
    return cell.getDouble(at);
  }

  static double[] values(ByteBuffer cell, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) values[i] = value(cell, i);
    return values;
  }

  static ByteBuffer summary(Summary summary) {
    return ByteBuffer.allocate(SUMMARY_BYTES)
        .put(SUMMARY_VERSION)
        .putLong(summary.count())
        .putDouble(summary.sum())
        .putDouble(summary.squares())
        .putDouble(summary.min())
        .putDouble(summary.max())
        .putLong(summary.firstTime())
        .putDouble(summary.first())
        .putLong(summary.lastTime())
        .putDouble(summary.last())
        .flip();
  }

  static Summary summary(long start, ByteBuffer cell) {
    if (cell.remaining() != SUMMARY_BYTES || cell.get() != SUMMARY_VERSION)
      throw new Unreadable("a summary of another version");
    return new Summary(
        start,
        cell.getLong(),
        cell.getDouble(),
        cell.getDouble(),
        cell.getDouble(),
        cell.getDouble(),
        cell.getLong(),
        cell.getDouble(),
        cell.getLong(),
        cell.getDouble());
  }
}
