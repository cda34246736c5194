package io.mestral.routing.request;

import io.mestral.smartapi.model.entity.Entity;

/**
 * Keeps values from who hasn't paid for them.
 *
 * @param bought what is paid for
 */
record Till(Trade trade, Bought bought) {
  /** Keeps nothing back. */
  static final Till OPEN = new Till(Trade.NONE, Bought.NOTHING);

  /** Whether the values of an Entity are kept from an asker. */
  boolean isClosed(Entity entity, Asker asker) {
    return trade.isPriced(entity, asker) && !bought.has(entity);
  }
}
