package io.mestral.storage.embedded.metadata.sqlite;

import io.mestral.storage.sql.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a database forward step by step, and writes down which steps it has had. All that are due
 * run in one transaction: a start that is killed leaves the former schema whole.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String RECORD_TABLE =
      """
      CREATE TABLE IF NOT EXISTS schema_steps (
        number     INTEGER PRIMARY KEY,
        name       TEXT    NOT NULL,
        checksum   TEXT    NOT NULL,
        applied_at INTEGER NOT NULL
      ) STRICT
      """;
  private static final String RECORDED = "SELECT number, name, checksum FROM schema_steps";
  private static final String RECORD =
      "INSERT INTO schema_steps (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)";

  private static final String MEND =
      "UPDATE schema_steps SET number = ?, name = ?, checksum = ? WHERE number = ?";

  /** Characters of a checksum; those of two steps differ in nearly all. */
  private static final int MOST_WRONG = 2;

  private final List<Step> steps;
  private final Clock clock;

  /** Steps are numbered 1, 2, 3 …; the list is in that order. */
  public Migrations(List<Step> steps, Clock clock) {
    for (int i = 0; i < steps.size(); i++)
      if (steps.get(i).number() != i + 1)
        throw new IllegalArgumentException("step " + (i + 1) + " is missing");
    this.steps = List.copyOf(steps);
    this.clock = clock;
  }

  /** What fills a database that has just had its first step. */
  @FunctionalInterface
  public interface Seed {
    /** Runs in the same transaction as the steps. */
    void plant(SqliteSession session) throws SQLException;
  }

  /**
   * Runs the steps that are due and gives their numbers.
   *
   * @throws SchemaMismatch when the database has had steps that this program doesn't know
   */
  public List<Integer> run(SqliteSession session, Seed seed) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    try {
      List<Integer> applied = advance(session);
      if (applied.contains(1)) seed.plant(session);
      session.execute("COMMIT");
      return applied;
    } catch (SQLException | RuntimeException failure) {
      rollBack(session, failure);
      throw failure;
    }
  }

  private static void rollBack(SqliteSession session, Exception failure) {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException gone) {
      failure.addSuppressed(gone);
    }
  }

  private List<Integer> advance(SqliteSession session) throws SQLException {
    session.execute(RECORD_TABLE);
    Map<Integer, Step> known = steps.stream().collect(Collectors.toMap(Step::number, s -> s));
    List<Recorded> recorded = session.list(RECORDED, Recorded::of);
    for (Recorded had : recorded) {
      Optional<Step> damaged = steps.stream().filter(had::isDamaged).findFirst();
      if (damaged.isPresent()) mend(session, had, damaged.get());
      else had.mustMatch(known);
    }
    List<Integer> applied = new ArrayList<>();
    for (Step step : steps.subList(recorded.size(), steps.size())) {
      session.execute(step.sql());
      session.change(RECORD, step.number(), step.name(), step.checksum(), clock.instant());
      applied.add(step.number());
    }
    return applied;
  }

  private static void mend(SqliteSession session, Recorded had, Step step) throws SQLException {
    LOG.error("the record of step {} of the metadata was damaged: {}", step.number(), had);
    session.change(MEND, step.number(), step.name(), step.checksum(), had.number);
  }

  private record Recorded(int number, String name, String checksum) {
    static Recorded of(Row row) {
      return new Recorded((int) row.number("number"), row.text("name"), row.text("checksum"));
    }

    /** No other step has nearly the same checksum: if not all of it is the step's it was once. */
    boolean isDamaged(Step step) {
      String right = step.checksum();
      if (right.length() != checksum.length()) return false;
      long wrong =
          IntStream.range(0, right.length())
              .filter(i -> right.charAt(i) != checksum.charAt(i))
              .count();
      return wrong <= MOST_WRONG && (wrong > 0 || step.number() != number);
    }

    void mustMatch(Map<Integer, Step> known) {
      Step step = known.get(number);
      if (step == null)
        throw new SchemaMismatch(
            "the metadata was written by a newer version: it has had step "
                + number
                + " ("
                + name
                + "), this version knows up to step "
                + known.size());
      if (!step.checksum().equals(checksum))
        throw new SchemaMismatch(
            "the metadata has had another step " + number + " (" + name + ") than this version's");
    }
  }
}
