package io.mestral.storage.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose unfinished move fills the keyspace: what is in it then is that move's alone. A row that
 * only one can insert, and only that one takes away.
 */
public final class KeyspaceClaim {
  private final CassandraSession session;
  private final Home home;
  private final String keyspace;

  KeyspaceClaim(CassandraSession session, Home home, String keyspace) {
    this.session = session;
    this.home = home;
    this.keyspace = keyspace;
  }

  private record Holder(String attempt, String since) {}

  /** The move that fills the keyspace; empty when none does. */
  public Future<Optional<String>> holder() {
    return home.call(() -> look().map(holder -> holder.map(Holder::attempt)));
  }

  /**
   * Takes the keyspace for a move, unless another one has it.
   *
   * @return the move that has it now
   */
  public Future<String> take(String attempt, Instant now) {
    List<String> others = new ArrayList<>();
    return home.call(
        () ->
            session
                .each(
                    once(Cql.TAKE_CLAIM, attempt, now.toString()),
                    row -> {
                      if (!row.getBoolean("[applied]")) others.add(row.getString("attempt"));
                    })
                .map(done -> others.isEmpty() ? attempt : others.get(0)));
  }

  /** The move is over: nobody else's is touched. */
  public Future<Void> release(String attempt) {
    return home.call(() -> session.each(once(Cql.RELEASE_CLAIM, attempt), row -> {}));
  }

  /**
   * Succeeds when nobody fills the keyspace, or this move does.
   *
   * @param ours the move that may
   */
  Future<Void> requireOurs(Optional<String> ours) {
    return look()
        .map(
            holder -> {
              if (holder.isPresent() && !ours.equals(holder.map(Holder::attempt)))
                throw new CannotStart(
                    "the keyspace "
                        + keyspace
                        + " is being filled by the move of another node or folder, which was begun"
                        + " at "
                        + holder.get().since
                        + " and isn't complete: name another one, or drop this one (DROP KEYSPACE "
                        + keyspace
                        + ") if nobody goes on with that move");
              return null;
            });
  }

  private Future<Optional<Holder>> look() {
    List<Holder> found = new ArrayList<>();
    return session
        .each(
            session
                .bind(Cql.SELECT_CLAIM)
                .setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
                .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL),
            row -> found.add(new Holder(row.getString(0), row.getString(1))))
        .map(done -> found.stream().findFirst());
  }

  /** Asked again it would find itself in the way, which {@link #take} tells from others. */
  private BoundStatement once(Cql statement, Object... values) {
    return session
        .bind(statement, values)
        .setSerialConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)
        .setIdempotent(false);
  }
}
