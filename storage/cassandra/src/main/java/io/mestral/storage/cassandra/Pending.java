package io.mestral.storage.cassandra;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal has and the cluster doesn't have yet, as far as there is room for it in memory:
 * readers see it at once. What finds no room is seen when it was carried over. Used on one context.
 */
final class Pending {
  private final int mostReadings;
  private final ArrayDeque<Held> records = new ArrayDeque<>();
  private final Map<Long, Deque<Row>> byDevice = new HashMap<>();
  private int readings;

  /** A record of the journal. */
  record Held(long sequence, Entry entry) {}

  Pending(int mostReadings) {
    this.mostReadings = mostReadings;
  }

  /** Takes a record if there is room, and says whether; records come in their order. */
  boolean offer(long sequence, Entry entry) {
    List<Row> rows = entry instanceof Entry.Rows some ? some.rows() : List.of();
    int more = rows.stream().mapToInt(row -> row.sensors().length).sum();
    if (readings + more > mostReadings || records.size() >= mostReadings) return false;
    readings += more;
    records.addLast(new Held(sequence, entry));
    for (Row row : rows)
      byDevice.computeIfAbsent(row.device(), device -> new ArrayDeque<>()).addLast(row);
    return true;
  }

  /** The record of this number, and those that follow it without a gap; none if it isn't here. */
  List<Held> from(long sequence, int most) {
    List<Held> found = new ArrayList<>();
    for (Held held : records) {
      if (held.sequence() != sequence + found.size() || found.size() == most) break;
      found.add(held);
    }
    return found;
  }

  /** The cluster has everything up to here. */
  void written(long sequence) {
    while (!records.isEmpty() && records.peekFirst().sequence() <= sequence) {
      if (!(records.removeFirst().entry() instanceof Entry.Rows rows)) continue;
      for (Row row : rows.rows()) {
        Deque<Row> left = byDevice.get(row.device());
        left.removeFirst();
        if (left.isEmpty()) byDevice.remove(row.device());
        readings -= row.sensors().length;
      }
    }
  }

  /** Rows of a device, in the order they came. */
  Collection<Row> of(long device) {
    return Optional.ofNullable(byDevice.get(device))
        .<Collection<Row>>map(List::copyOf)
        .orElse(List.of());
  }

  /** The devices that have any. */
  Collection<Long> devices() {
    return List.copyOf(byDevice.keySet());
  }

  int readings() {
    return readings;
  }
}
