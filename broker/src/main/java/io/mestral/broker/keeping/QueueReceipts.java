package io.mestral.broker.keeping;

import io.mestral.broker.keeping.Entry.State;
import io.mestral.model.mqtt.Receipt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who hears of the messages of one queue; hardly any has somebody. Gone when the node is started
 * again, though the messages aren't. Only under the session's lock.
 */
final class QueueReceipts {
  private Map<Entry, Receipt> receipts = Map.of();

  void add(Entry entry, Receipt receipt) {
    if (receipts.isEmpty()) receipts = new HashMap<>();
    receipts.put(entry, receipt);
  }

  Optional<Receipt> of(Entry entry) {
    return Optional.ofNullable(receipts.get(entry));
  }

  Optional<Receipt> take(Entry entry) {
    return receipts.isEmpty() ? Optional.empty() : Optional.ofNullable(receipts.remove(entry));
  }

  /** Tells that those messages are lost that are gone without anybody having been told. */
  void loseGone() {
    if (receipts.isEmpty()) return;
    Map<Entry, Receipt> left = new HashMap<>();
    receipts.forEach(
        (entry, receipt) -> {
          if (entry.is(State.GONE)) receipt.lost();
          else left.put(entry, receipt);
        });
    receipts = left;
  }
}
