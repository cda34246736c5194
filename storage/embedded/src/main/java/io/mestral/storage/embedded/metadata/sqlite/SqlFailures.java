package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.outcome.Refusing;
import io.mestral.storage.Conflict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's failures mean to those who asked. */
public final class SqlFailures {
  private static final Logger LOG = LoggerFactory.getLogger(SqlFailures.class);
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final int PRIMARY = 0xFF; // the rest of a code is detail
  private static final Set<SQLiteErrorCode> DAMAGE =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_CORRUPT,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_FORMAT);
  private static final Set<SQLiteErrorCode> AILMENTS =
      EnumSet.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR,
          SQLiteErrorCode.SQLITE_READONLY,
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_BUSY,
          SQLiteErrorCode.SQLITE_LOCKED,
          SQLiteErrorCode.SQLITE_PROTOCOL,
          SQLiteErrorCode.SQLITE_PERM,
          SQLiteErrorCode.SQLITE_NOMEM);
  private static final Pattern TAKEN = Pattern.compile("UNIQUE constraint failed: (\\w+\\.(\\w+))");

  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());
  private final Map<String, String> fields;
  private final Consumer<String> onDamage;

  /**
   * Failures of one database.
   *
   * @param fields what users call a unique column, {@code table.column}, where its own name is
   *     another
   * @param onDamage hears when SQLite finds the file damaged; called on any thread
   */
  public SqlFailures(Map<String, String> fields, Consumer<String> onDamage) {
    this.fields = Map.copyOf(fields);
    this.onDamage = onDamage;
  }

  /** Whether SQLite says that the file isn't, or is no longer, a sound database. */
  public static boolean isDamage(Throwable failure) {
    return code(failure).filter(DAMAGE::contains).isPresent();
  }

  /** Whether a row was refused for what is in it. */
  static boolean isConstraint(SQLException failure) {
    return code(failure).filter(SQLiteErrorCode.SQLITE_CONSTRAINT::equals).isPresent();
  }

  /** The failure that those who asked get; what nobody foresaw stays as it is. */
  Throwable translate(Throwable failure) {
    if (failure instanceof Refusing) return failure;
    Optional<SQLiteException> cause = cause(failure);
    if (cause.isEmpty()) return failure;
    SQLiteErrorCode exact = cause.get().getResultCode();
    if (exact == SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY)
      return new RefusedException(
          Refusal.PROTOCOL_ERROR, "refers to something that does not exist");
    Matcher taken = TAKEN.matcher(String.valueOf(cause.get().getMessage()));
    if (taken.find()) return new Conflict(fields.getOrDefault(taken.group(1), taken.group(2)));
    return code(cause.get()).flatMap(code -> unavailable(code, cause.get())).orElse(failure);
  }

  private Optional<Throwable> unavailable(SQLiteErrorCode code, SQLiteException cause) {
    boolean damage = DAMAGE.contains(code);
    if (!damage && !AILMENTS.contains(code)) return Optional.empty();
    log(cause);
    if (damage) onDamage.accept(cause.getMessage());
    return Optional.of(
        new RefusedException(
            Refusal.UNAVAILABLE, "the metadata store is not available: " + code.message));
  }

  /** A full disk fails every write: once in a while is enough to know. */
  private void log(SQLiteException cause) {
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET.toNanos()))
      LOG.error("the metadata store failed: {}", cause.getMessage());
  }

  private static Optional<SQLiteErrorCode> code(Throwable failure) {
    return cause(failure)
        .map(sqlite -> SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & PRIMARY));
  }

  private static Optional<SQLiteException> cause(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause())
      if (at instanceof SQLiteException sqlite) return Optional.of(sqlite);
    return Optional.empty();
  }
}
