package io.mestral.broker.keeping;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Which records hold the messages that are retained. A topic's changes are told in their order; the
 * lock covers moments only, and no other lock is taken under it.
 */
final class RetainedPlaces {
  private final ReentrantLock lock = new ReentrantLock(); // every event loop publishes
  private final Map<String, Slot> slots = new HashMap<>();
  private final Totals totals;

  /** The record of a topic, and how many that shall take its place are being written. */
  private static final class Slot {
    final Place place;
    int underWay;
    long begun;
    boolean cleared;

    Slot(Totals totals) {
      place = new Place(totals);
    }
  }

  RetainedPlaces(Totals totals) {
    this.totals = totals;
  }

  /** A message for this topic is about to be written; gives its turn. */
  long begin(String topic) {
    lock.lock();
    try {
      Slot slot = slots.computeIfAbsent(topic, name -> new Slot(totals));
      slot.underWay++;
      return ++slot.begun;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Has one written that was begun a while ago; not when a later one was begun since, whose record
   * may stand already: then it is given up.
   */
  Optional<Future<Long>> writeInTurn(String topic, long turn, Supplier<Future<Long>> write) {
    lock.lock();
    try {
      if (slots.get(topic).begun == turn) return Optional.of(write.get());
    } finally {
      lock.unlock();
    }
    failed(topic);
    return Optional.empty();
  }

  /** It was written; an empty one clears the topic. */
  void kept(String topic, long sequence, int length, boolean clears) {
    lock.lock();
    try {
      Slot slot = slots.get(topic);
      slot.underWay--;
      if (slot.place.isOlderThan(sequence)) slot.cleared = clears;
      slot.place.is(sequence, length);
      tidy(topic, slot);
    } finally {
      lock.unlock();
    }
  }

  /** It could not be written: what there was stands. */
  void failed(String topic) {
    lock.lock();
    try {
      Slot slot = slots.get(topic);
      slot.underWay--;
      tidy(topic, slot);
    } finally {
      lock.unlock();
    }
  }

  private void tidy(String topic, Slot slot) {
    if (slot.underWay > 0 || slot.place.isKnown() && !slot.cleared) return;
    slot.place.gone();
    slots.remove(topic);
  }

  /** What was found at start. */
  void restore(String topic, long sequence, int length, boolean clears) {
    begin(topic);
    kept(topic, sequence, length, clears);
  }

  /**
   * Has a record written anew if it is still the one of its topic, with nothing that could come
   * between.
   *
   * @return whether it may go from where it stands; not while another one is under way that could
   *     fail
   */
  boolean move(String topic, long sequence, Runnable write) {
    lock.lock();
    try {
      Slot slot = slots.get(topic);
      if (slot == null || !slot.place.standsAt(sequence) || slot.cleared) return true;
      if (slot.underWay > 0) return false;
      slot.underWay++;
      write.run();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The message in this record has expired: nobody needs it. */
  void expired(String topic, long sequence) {
    lock.lock();
    try {
      Slot slot = slots.get(topic);
      if (slot == null || !slot.place.standsAt(sequence)) return;
      slot.cleared = true;
      tidy(topic, slot);
    } finally {
      lock.unlock();
    }
  }

  /** The records that are about to go. */
  void upTo(long last, LongConsumer action) {
    lock.lock();
    try {
      for (Slot slot : slots.values())
        if (slot.place.isUpTo(last)) action.accept(slot.place.sequence());
    } finally {
      lock.unlock();
    }
  }
}
