package io.mestral.storage.cassandra;

import io.mestral.model.reading.Samples;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Readings of one series as they come, oldest first, each with the number of its arrival. */
final class Column {
  private long[] seconds = new long[64];
  private double[] values = new double[64];
  private long[] arrivals = new long[64];
  private int size;

  /** Of the same second, which comes in a row, the later arrival stays. */
  void add(long second, double value, long arrival) {
    if (size > 0 && seconds[size - 1] == second) {
      if (arrivals[size - 1] > arrival) return;
      size--;
    }
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, size * 2);
      values = Arrays.copyOf(values, size * 2);
      arrivals = Arrays.copyOf(arrivals, size * 2);
    }
    seconds[size] = second;
    values[size] = value;
    arrivals[size++] = arrival;
  }

  int size() {
    return size;
  }

  /** What one sensor of a device has in rows that may be in any order. */
  static Column of(Collection<Row> rows, int sensor, long from, long to) {
    TreeMap<Long, Row> newest = new TreeMap<>();
    for (Row row : rows)
      if (row.second() >= from && row.second() <= to && row.indexOf(sensor) >= 0)
        newest.merge(row.second(), row, (a, b) -> a.arrival() > b.arrival() ? a : b);
    Column column = new Column();
    for (Row row : newest.values())
      column.add(row.second(), row.values()[row.indexOf(sensor)], row.arrival());
    return column;
  }

  /** Columns that follow one another, with one that lies between, as samples from the oldest on. */
  static Samples merged(List<Column> following, Column between, int limit) {
    int all = following.stream().mapToInt(Column::size).sum() + between.size;
    if (following.size() == 1 && between.size == 0) return following.get(0).samples(limit);
    Column into = new Column();
    int room = Math.min(all, limit);
    int next = 0;
    for (Column column : following) {
      for (int i = 0; i < column.size && into.size <= room; i++) {
        while (next < between.size && between.seconds[next] <= column.seconds[i])
          into.addFrom(between, next++);
        into.addFrom(column, i);
      }
    }
    while (next < between.size && into.size <= room) into.addFrom(between, next++);
    return into.samples(limit);
  }

  private void addFrom(Column other, int index) {
    add(other.seconds[index], other.values[index], other.arrivals[index]);
  }

  Samples samples() {
    return samples(Integer.MAX_VALUE);
  }

  private Samples samples(int limit) {
    return size == 0 ? Samples.EMPTY : new Samples(seconds, values, Math.min(size, limit));
  }
}
