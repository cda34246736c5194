package io.mestral.storage.cassandra;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of cells that cannot be read, of each once. Any thread may. */
final class Damages {
  private static final Logger log = LoggerFactory.getLogger(Damages.class);
  private static final int MOST_REMEMBERED = 10_000;

  private final CassandraMeters meters;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Damages(CassandraMeters meters) {
    this.meters = meters;
  }

  /** What was found there is left out. */
  void found(String place, Cells.Unreadable damage) {
    if (told.contains(place) || told.size() >= MOST_REMEMBERED || !told.add(place)) return;
    meters.damaged();
    log.error("{} cannot be read and is left out: {}", place, damage.getMessage());
  }
}
