package io.mestral.node.moving;

import io.mestral.model.reading.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** How far a move is; one thread writes, any reads. */
public final class MoveProgress {
  private final AtomicLong devices = new AtomicLong();
  private final AtomicLong days = new AtomicLong();
  private final AtomicLong copied = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong hoursLeft = new AtomicLong();
  private final Map<String, Digest> tables = new ConcurrentSkipListMap<>();
  private volatile long devicesInAll;
  private volatile Digest there = Digest.NONE;
  private volatile Phase phase = Phase.OPENING;
  private volatile Optional<String> waitingFor = Optional.empty();

  /** What is done at a time. */
  public enum Phase {
    /** The store that readings go to is opened. */
    OPENING,
    /** Every day of every device is compared, and copied where it differs. */
    COPYING,
    /** So is what changed meanwhile. */
    CATCHING_UP,
    /** Changes are held back, and the last of them compared. */
    CUTTING_OVER,
    /** The new store is used. */
    DONE
  }

  void phase(Phase now) {
    phase = now;
  }

  void devicesInAll(long number) {
    devicesInAll = number;
  }

  void deviceDone() {
    devices.incrementAndGet();
  }

  void daysCompared(long number) {
    days.addAndGet(number);
  }

  void copied(long readings) {
    copied.addAndGet(readings);
  }

  void removed(long readings) {
    removed.addAndGet(readings);
  }

  void hoursLeftBehind() {
    hoursLeft.incrementAndGet();
  }

  /** A day was compared, and the new store's digest of it was this before and is that now. */
  void became(Digest before, Digest now) {
    there = there.without(before).and(now);
  }

  /** A whole table is the same in both. */
  void tableDone(String name, Digest digest) {
    tables.put(name, digest);
    there = there.and(digest);
  }

  void waitingFor(Optional<String> what) {
    waitingFor = what;
  }

  /** What is done now. */
  public Phase phase() {
    return phase;
  }

  /** Devices whose history was compared. */
  public long devices() {
    return devices.get();
  }

  /** Devices that there are; 0 while nobody knows. */
  public long devicesInAll() {
    return devicesInAll;
  }

  /** Days of devices that were compared, each as often as it was. */
  public long days() {
    return days.get();
  }

  /** Readings that were brought to the new store. */
  public long copied() {
    return copied.get();
  }

  /** Readings that were taken from the new store, as the old one doesn't have them. */
  public long removed() {
    return removed.get();
  }

  /** Days of a sensor of which only hours are left, which were left behind. */
  public long hoursLeft() {
    return hoursLeft.get();
  }

  /** What of it was compared lies in the new store, and is the same in the old one. */
  public Digest there() {
    return there;
  }

  /** The tables that are the same in both, by name. */
  public Map<String, Digest> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** What it waits for, in words; empty when it goes on. */
  public Optional<String> waitingFor() {
    return waitingFor;
  }
}
