package io.mestral.storage.cassandra;

import io.vertx.core.Future;

/**
 * Numbers for what the store writes by itself: each is above all that were given away before, also
 * by a former run whose clock was ahead of this one's. For that the cluster has a number that none
 * has reached yet. Used on one context.
 */
final class WriteTimes {
  /** Ten seconds' worth are set apart at a time. */
  private static final long RESERVE = 10_000_000;

  private final CassandraSession session;
  private final Arrivals arrivals;
  private long reserved = Long.MIN_VALUE;

  WriteTimes(CassandraSession session, Arrivals arrivals) {
    this.session = session;
    this.arrivals = arrivals;
  }

  /** Finds out what former runs may have given away. */
  Future<Void> recall() {
    return session.each(session.bind(Cql.SELECT_ARRIVAL), row -> arrivals.seen(row.getLong(0)));
  }

  /** Succeeds with a number when it would be known after a crash. */
  Future<Long> next() {
    long number = arrivals.next();
    if (number <= reserved) return Future.succeededFuture(number);
    long most = number + RESERVE;
    return session
        .execute(session.bind(Cql.INSERT_ARRIVAL, most, most))
        .map(
            done -> {
              reserved = Math.max(reserved, most);
              return number;
            });
  }
}
