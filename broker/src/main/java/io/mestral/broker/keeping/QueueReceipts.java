package io.mestral.broker.keeping;

import io.mestral.model.mqtt.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who hears of the messages of one queue; hardly any has somebody. Gone when the node is started
 * again, though the messages aren't. Only under the session's lock.
 */
final class QueueReceipts {
  private Map<Long, Receipt> byOrdinal = Map.of();

  void add(Entry entry, Receipt receipt) {
    if (byOrdinal.isEmpty()) byOrdinal = new HashMap<>();
    byOrdinal.put(entry.ordinal(), receipt);
  }

  Optional<Receipt> of(Entry entry) {
    return Optional.ofNullable(byOrdinal.get(entry.ordinal()));
  }

  Optional<Receipt> take(Entry entry) {
    return byOrdinal.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byOrdinal.remove(entry.ordinal()));
  }

  void clear() {
    byOrdinal = Map.of();
  }
}
