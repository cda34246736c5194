package io.mestral.storage.cassandra;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does in the cluster what the journal's records ask for. Used on one context. */
final class Delivery implements Forwarder.Work {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Carrying carrying;
  private final Deleting deleting;
  private final ChangeFeed feed;
  private final LateDays late;
  private final DirtyHours dirty;
  private final Summing summing;
  private final Arrivals arrivals;
  private final CassandraMeters meters;
  private final Clock clock;

  Delivery(
      Carrying carrying,
      Deleting deleting,
      ChangeFeed feed,
      LateDays late,
      DirtyHours dirty,
      Summing summing,
      Arrivals arrivals,
      CassandraMeters meters,
      Clock clock) {
    this.carrying = carrying;
    this.deleting = deleting;
    this.feed = feed;
    this.late = late;
    this.dirty = dirty;
    this.summing = summing;
    this.arrivals = arrivals;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void found(Entry entry) {
    arrivals.seen(entry.lastArrival());
  }

  @Override
  public Future<Void> carry(List<Row> all) {
    Future<Void> room = dirty.isFull() ? summing.all() : Future.succeededFuture();
    return room.compose(done -> late.sort(all, clock.millis())).compose(this::carry);
  }

  private Future<Void> carry(LateDays.Sorted sorted) {
    List<Row> rows = sorted.rows();
    return carrying
        .carry(rows)
        .compose(done -> feed.tell(devicesOf(rows)))
        .compose(done -> mark(rows))
        .onSuccess(
            done -> {
              meters.carried(rows);
              meters.tooLate(sorted.tooLate());
            });
  }

  /** All of them: a former attempt may have changed what this one finds unchanged. */
  private static Set<Long> devicesOf(List<Row> rows) {
    return rows.stream().map(Row::device).collect(Collectors.toSet());
  }

  /** What cannot be written down for later is summed up at once. */
  private Future<Void> mark(List<Row> rows) {
    return dirty.touch(rows, clock.millis()).recover(full -> summing.all());
  }

  @Override
  public Future<Void> delete(Entry.Deletion deletion) {
    return summing
        .meanwhileNothing(() -> deleting.execute(deletion))
        .compose(done -> feed.tell(List.of(deletion.series().device().value())));
  }

  @Override
  public void damaged(long sequence, Entry.Malformed damage) {
    meters.damaged();
    log.error("record {} of the journal holds no readings and is left out", sequence, damage);
  }

  @Override
  public void failed() {
    meters.failed();
  }
}
