package io.mestral.storage.cassandra;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.TimeRange;
import io.vertx.core.buffer.Buffer;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One record of the journal: what is to be done to the cluster. Its body is the version, the kind,
 * and numbers of fixed length.
 */
sealed interface Entry {
  /** Rows to be written. */
  record Rows(List<Row> rows) implements Entry {
    @Override
    public long lastArrival() {
      return rows.stream().mapToLong(Row::arrival).max().orElse(Long.MIN_VALUE);
    }
  }

  /** Readings of a series to be removed. */
  record Deletion(Series series, TimeRange range, long arrival) implements Entry {
    @Override
    public long lastArrival() {
      return arrival;
    }
  }

  /** The highest number by {@link Arrivals} in it. */
  long lastArrival();

  /** A record that says nothing this version understands. */
  record Unreadable(Buffer body) implements Entry {
    @Override
    public long lastArrival() {
      return Long.MIN_VALUE;
    }
  }

  /** The body is of no form this version knows. */
  class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  byte VERSION = 1;
  byte ROWS = 1;
  byte DELETION = 2;
  int ROW_BYTES = 3 * Long.BYTES + Integer.BYTES;
  int READING_BYTES = Integer.BYTES + Double.BYTES;

  /** Rows as bodies of at most about so many bytes each; a row is never divided. */
  static List<Buffer> bodies(List<Row> rows, int maxBytes) {
    List<Buffer> bodies = new ArrayList<>(1);
    Buffer body = empty(ROWS);
    for (Row row : rows) {
      int bytes = ROW_BYTES + row.sensors().length * READING_BYTES;
      if (body.length() > 2 && body.length() + bytes > maxBytes) {
        bodies.add(body);
        body = empty(ROWS);
      }
      body.appendLong(row.device()).appendLong(row.second()).appendLong(row.arrival());
      body.appendInt(row.sensors().length);
      for (int i = 0; i < row.sensors().length; i++)
        body.appendInt(row.sensors()[i]).appendDouble(row.values()[i]);
    }
    bodies.add(body);
    return bodies;
  }

  /** The deletion as a body. */
  static Buffer body(Deletion deletion) {
    return empty(DELETION)
        .appendLong(deletion.series.device().value())
        .appendInt(deletion.series.sensor().value())
        .appendLong(deletion.range.from())
        .appendLong(deletion.range.to())
        .appendLong(deletion.arrival);
  }

  private static Buffer empty(byte kind) {
    return Buffer.buffer(256).appendByte(VERSION).appendByte(kind);
  }

  /** What a body says. */
  static Entry of(Buffer body) {
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes());
    try {
      byte version = bytes.get();
      byte kind = bytes.get();
      if (version != VERSION) throw new Malformed("a record of version " + version);
      return switch (kind) {
        case ROWS -> rows(bytes);
        case DELETION -> deletion(bytes);
        default -> throw new Malformed("a record of kind " + kind);
      };
    } catch (BufferUnderflowException end) {
      throw new Malformed("a record that ends too early");
    }
  }

  private static Rows rows(ByteBuffer bytes) {
    List<Row> rows = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long device = bytes.getLong();
      long second = bytes.getLong();
      long arrival = bytes.getLong();
      int size = bytes.getInt();
      if (size < 0 || size > bytes.remaining() / READING_BYTES)
        throw new BufferUnderflowException();
      int[] sensors = new int[size];
      double[] values = new double[size];
      for (int i = 0; i < size; i++) {
        sensors[i] = bytes.getInt();
        values[i] = bytes.getDouble();
      }
      rows.add(new Row(device, second, arrival, sensors, values));
    }
    return new Rows(rows);
  }

  private static Deletion deletion(ByteBuffer bytes) {
    Series series = new Series(new DeviceId(bytes.getLong()), new SensorId(bytes.getInt()));
    return new Deletion(series, new TimeRange(bytes.getLong(), bytes.getLong()), bytes.getLong());
  }
}
