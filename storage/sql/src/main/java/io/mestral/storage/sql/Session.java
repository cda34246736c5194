package io.mestral.storage.sql;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Statements of one unit of work. Their texts are kept prepared, so there must be few of them; they
 * name their arguments {@code $1}, {@code $2} and so on.
 *
 * <p>An argument is a value of the model as it is: numbers, flags, texts, bytes, times, identifiers
 * of 128 bits, {@link AnyText}, {@link Many}, and an {@link Optional} of these where nothing may
 * stand. A whole number is {@code int} or {@code long} as its column is; limits are {@code long}.
 */
public interface Session {
  /** Every row of a query. */
  <T> Future<List<T>> list(String sql, Function<Row, T> reader, Object... arguments);

  /** Changes rows and says how many. */
  Future<Integer> change(String sql, Object... arguments);

  /** The same change with one line of arguments after the other. */
  Future<Void> changeAll(String sql, List<Object[]> lines);

  /** The first row of a query, or of a statement with {@code RETURNING}; empty when none came. */
  default <T> Future<Optional<T>> first(String sql, Function<Row, T> reader, Object... arguments) {
    return list(sql, reader, arguments).map(found -> found.stream().findFirst());
  }

  /** The number a query always gives, in its column {@code n}. */
  default Future<Long> number(String sql, Object... arguments) {
    return first(sql, row -> row.number("n"), arguments).map(Optional::orElseThrow);
  }
}
