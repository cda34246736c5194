package io.mestral.storage.postgresql.client;

import io.mestral.config.PostgresOptions;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.outcome.Refusing;
import io.mestral.storage.Conflict;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server's failures, or its silence, mean to those who asked. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final String TAKEN = "23505";
  private static final String REFERS_TO_NOTHING = "23503";
  private static final String NOT_TEXT = "22021";
  private static final String TOO_LONG = "54000";
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  /**
   * Classes of states, and single ones, that pass: no connection, logins refused, transactions
   * undone, no resources, an administrator or a time limit at work, a broken disk or table.
   */
  private static final Set<String> AILMENTS =
      Set.of("08", "28", "3D", "40", "53", "57", "58", "XX", "25006", "25P03", "55P03");

  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  private final AtomicLong unavailable = new AtomicLong();
  private final PostgresOptions server;
  private final Map<String, String> fields;

  /**
   * Failures of one server.
   *
   * @param fields what users call what a constraint keeps unique, where its column's name is
   *     another
   */
  public Failures(PostgresOptions server, Map<String, String> fields) {
    this.server = server;
    this.fields = Map.copyOf(fields);
  }

  /** How often somebody was told that the server is away. */
  long unavailable() {
    return unavailable.get();
  }

  /** Whether the same again may go well, others having finished meanwhile. */
  boolean isLostRace(Throwable failure) {
    return failure instanceof PgException said && LOST_RACES.contains(said.getSqlState());
  }

  /** The failure that those who asked get; what nobody foresaw stays as it is. */
  Throwable translate(Throwable failure) {
    if (failure instanceof Refusing) return failure;
    if (failure instanceof PgException said) return translate(said);
    return isOfTheWay(failure) ? away(failure) : failure;
  }

  /** Not of what was asked: that would be an unchecked exception of somebody else's. */
  private static boolean isOfTheWay(Throwable failure) {
    boolean unchecked = failure instanceof RuntimeException || failure instanceof Error;
    return !unchecked
        || failure instanceof VertxException
        || failure instanceof RejectedExecutionException;
  }

  private Throwable translate(PgException said) {
    String state = String.valueOf(said.getSqlState());
    return switch (state) {
      case TAKEN -> new Conflict(field(String.valueOf(said.getConstraint()), said.getTable()));
      case REFERS_TO_NOTHING ->
          new RefusedException(Refusal.PROTOCOL_ERROR, "refers to something that does not exist");
      case NOT_TEXT ->
          new RefusedException(Refusal.PAYLOAD_INVALID, "text can't hold the character U+0000");
      case TOO_LONG -> new RefusedException(Refusal.TOO_LARGE, "a text is too long to be found by");
      default -> isAilment(state) ? away(said) : said;
    };
  }

  /** Unless told otherwise a constraint is called {@code table_column_key}. */
  private String field(String constraint, String table) {
    String column = constraint.replaceFirst("^" + table + "_", "").replaceFirst("_key$", "");
    return fields.getOrDefault(constraint, column);
  }

  private static boolean isAilment(String state) {
    return AILMENTS.contains(state) || AILMENTS.contains(state.substring(0, 2));
  }

  private RefusedException away(Throwable cause) {
    unavailable.incrementAndGet();
    log(cause);
    return new RefusedException(
        Refusal.UNAVAILABLE,
        "the metadata store is not available: PostgreSQL at " + server.address());
  }

  /** Every question fails while the server is away: once in a while is enough to know. */
  private void log(Throwable cause) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET.toNanos()))
      LOG.error("PostgreSQL at {} failed: {}", server.address(), cause.toString());
  }
}
