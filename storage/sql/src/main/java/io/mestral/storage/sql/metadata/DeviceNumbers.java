package io.mestral.storage.sql.metadata;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.sql.Dialect;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The numbers of devices. An edge has ranges of them from the node above, so that a device has the
 * same number everywhere; every other node counts on. Parts of other units.
 */
final class DeviceNumbers {
  private static final String TAKE =
      """
      UPDATE device_numbers SET next = next + 1
      WHERE next <= last
        AND first = (SELECT first FROM device_numbers WHERE next <= last ORDER BY first LIMIT 1)
      RETURNING next - 1 AS n
      """;
  private static final String COUNT = "SELECT count(*) AS n FROM device_numbers";
  private static final String LEFT =
      "SELECT CAST(coalesce(sum(last - next + 1), 0) AS BIGINT) AS n FROM device_numbers";
  private static final String IS_TAKEN = "SELECT count(*) AS n FROM devices WHERE id = $1";
  private static final String RANGES =
      "SELECT first, next, last FROM device_numbers WHERE next < last ORDER BY first";
  private static final String SHORTEN = "UPDATE device_numbers SET last = $1 WHERE first = $2";
  private static final String KEEP =
      """
      INSERT INTO device_numbers (first, last, next) VALUES ($1, $2, $1)
      ON CONFLICT (first) DO NOTHING
      """;
  private static final String GIVE =
      "INSERT INTO edge_numbers (first, last, edge) VALUES ($1, $2, $3)";
  private static final String GIVEN =
      "SELECT first, last FROM edge_numbers WHERE edge = $1 ORDER BY first";

  private final Dialect dialect;
  private final String rangesToChange;

  DeviceNumbers(Dialect dialect) {
    this.dialect = dialect;
    rangesToChange = RANGES + dialect.toChange();
  }

  /** The number of a device that is made; empty where it gets one by itself. */
  Future<Optional<Long>> next(Session session) {
    return session
        .first(TAKE, row -> row.number("n"))
        .compose(
            taken ->
                taken.isPresent()
                    ? isFree(session, taken.get())
                        .compose(free -> free ? Future.succeededFuture(taken) : next(session))
                    : session.number(COUNT).map(ranges -> none(ranges > 0)));
  }

  private static Optional<Long> none(boolean areGiven) {
    if (areGiven)
      throw new RefusedException(
          Refusal.QUOTA_EXCEEDED,
          "no numbers are left for devices; the node above gives more when there is a link");
    return Optional.empty();
  }

  private static Future<Boolean> isFree(Session session, long number) {
    return session.number(IS_TAKEN, number).map(taken -> taken == 0);
  }

  /** This number, or another one if a device has it; empty where it would get one by itself. */
  Future<Optional<Long>> wished(Session session, long number) {
    return isFree(session, number)
        .compose(free -> free ? Future.succeededFuture(Optional.of(number)) : next(session));
  }

  /** How many are left; empty where every number will do. */
  Future<Optional<Long>> left(Session session) {
    return session
        .number(COUNT)
        .compose(
            ranges ->
                ranges == 0
                    ? Future.succeededFuture(Optional.empty())
                    : session.number(LEFT).map(Optional::of));
  }

  Future<Integer> keep(Session session, NumberRange range) {
    return session.change(KEEP, range.first(), range.last());
  }

  Future<List<NumberRange>> given(Session session, String edge) {
    return session.list(
        GIVEN, row -> new NumberRange(row.number("first"), row.number("last")), edge);
  }

  private record Own(long first, long next, long last) {
    static Own read(Row row) {
      return new Own(row.number("first"), row.number("next"), row.number("last"));
    }

    /** No more than half of what it has. */
    NumberRange part(int count) {
      long size = Math.min(count, (last - next + 1) / 2);
      return new NumberRange(last - size + 1, last);
    }
  }

  /** Numbers that no device gets here; an edge gives of its own. */
  Future<List<NumberRange>> give(Session session, String edge, int count) {
    return session
        .number(COUNT)
        .compose(
            ranges ->
                ranges == 0
                    ? dialect.skip(session, "devices", count).map(DeviceNumbers::ranges)
                    : part(session, count))
        .compose(
            given ->
                session
                    .changeAll(
                        GIVE,
                        given.stream()
                            .map(one -> new Object[] {one.first(), one.last(), edge})
                            .toList())
                    .map(given));
  }

  private Future<List<NumberRange>> part(Session session, int count) {
    return session
        .list(rangesToChange, Own::read)
        .compose(
            own -> {
              if (own.isEmpty()) return Future.succeededFuture(List.of());
              NumberRange part = own.get(0).part(count);
              return session
                  .change(SHORTEN, part.first() - 1, own.get(0).first())
                  .map(List.of(part));
            });
  }

  /** Somebody else may have taken some in between. */
  private static List<NumberRange> ranges(List<Long> numbers) {
    List<NumberRange> ranges = new ArrayList<>();
    long first = numbers.get(0);
    long last = first;
    for (long number : numbers.subList(1, numbers.size())) {
      if (number != last + 1) {
        ranges.add(new NumberRange(first, last));
        first = number;
      }
      last = number;
    }
    ranges.add(new NumberRange(first, last));
    return ranges;
  }
}
