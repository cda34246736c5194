package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Several nodes may use one keyspace, and each has newest readings in memory. So every node numbers
 * its changes and writes down for an hour which devices they are of, and each second looks what the
 * others wrote. Clocks don't matter to it. Used on one context.
 */
final class ChangeFeed {
  private static final int AT_ONCE = 500;

  private final CassandraSession session;
  private final NewestCells cells;
  private final Damages damages;
  private final UUID own = UUID.randomUUID();
  private final Map<UUID, Long> heard = new HashMap<>();
  private long number;
  private long told;
  private Future<Void> hearing = Future.succeededFuture();

  ChangeFeed(CassandraSession session, NewestCells cells, Damages damages) {
    this.session = session;
    this.cells = cells;
    this.damages = damages;
  }

  /**
   * What another node wrote.
   *
   * @param before the number of the one before it that must have been written, too
   * @param devices empty when they can't be read
   */
  private record Change(long number, long before, List<Long> devices) {}

  /** Nothing is in memory yet: what others wrote until now doesn't matter. */
  Future<Void> begin() {
    return feeds()
        .map(
            feeds -> {
              heard.putAll(feeds);
              return null;
            });
  }

  /** What is newest of the devices has changed in the cluster; succeeds when others can know. */
  Future<Void> tell(Collection<Long> devices) {
    if (devices.isEmpty()) return Future.succeededFuture();
    long next = ++number; // what failed before may be there nevertheless
    return session
        .executeAll(
            List.of(
                session.bind(Cql.INSERT_CHANGE, own, next, told, Cells.devices(devices)),
                session.bind(Cql.INSERT_FEED, own, next)))
        .onSuccess(done -> told = Math.max(told, next));
  }

  /** Looks what others changed, unless that is going on. */
  Future<Void> hear() {
    if (!hearing.isComplete()) return hearing;
    hearing = feeds().compose(this::hear).onFailure(failure -> cells.uninformed());
    return hearing;
  }

  private Future<Map<UUID, Long>> feeds() {
    Map<UUID, Long> feeds = new HashMap<>();
    return session
        .each(session.bind(Cql.SELECT_FEEDS), row -> feeds.put(row.getUuid(0), row.getLong(1)))
        .map(feeds);
  }

  private Future<Void> hear(Map<UUID, Long> feeds) {
    heard.keySet().retainAll(feeds.keySet());
    Map<UUID, List<Change>> news = new HashMap<>();
    List<Future<Void>> all = new ArrayList<>();
    feeds.forEach(
        (node, last) -> {
          if (node.equals(own) || last <= heardOf(node)) return;
          List<Change> changes = new ArrayList<>();
          news.put(node, changes);
          all.add(
              session.each(
                  session.bind(Cql.SELECT_CHANGES, node, heardOf(node), AT_ONCE),
                  row -> changes.add(change(node, row))));
        });
    return Future.join(all).compose(done -> take(news));
  }

  private long heardOf(UUID node) {
    return heard.getOrDefault(node, 0L);
  }

  private Change change(UUID node, Row row) {
    List<Long> devices = List.of();
    try {
      devices = Cells.devices(row.getByteBuffer(2));
    } catch (Cells.Unreadable damage) {
      damages.found("change " + row.getLong(0) + " of node " + node, damage);
    }
    return new Change(row.getLong(0), row.getLong(1), devices);
  }

  private Future<Void> take(Map<UUID, List<Change>> news) {
    Set<Long> devices = new HashSet<>();
    news.forEach(
        (node, changes) -> {
          long known = heardOf(node);
          for (Change change : changes) {
            if (change.before > known || change.devices.isEmpty()) cells.forget();
            known = change.number;
            devices.addAll(change.devices);
          }
        });
    return cells
        .changedElsewhere(devices)
        .onSuccess(
            done ->
                news.forEach(
                    (node, changes) -> {
                      if (!changes.isEmpty())
                        heard.put(node, changes.get(changes.size() - 1).number);
                    }));
  }
}
