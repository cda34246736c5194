package io.mestral.storage.embedded.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.embedded.metadata.sqlite.Migrations;
import io.mestral.storage.embedded.metadata.sqlite.SqliteSession;
import io.mestral.storage.embedded.metadata.sqlite.Step;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite says it will do for every statement of the ports. */
class QueryPlanTest {
  private static final List<Class<?>> ROOMS =
      List.of(
          SqliteUserRegistry.class,
          SqliteTokenRegistry.class,
          SqliteDeviceRegistry.class,
          DeviceListing.class,
          SqliteComponents.class,
          SqliteIngestErrors.class,
          SqliteInventoryReports.class,
          SqliteOrphanRegistry.class,
          HeldMessages.class,
          SqliteQuarantine.class,
          SqliteForwardingRegistry.class,
          SqliteDeviceNotices.class,
          SqliteCsvExports.class,
          SqliteCsvUploads.class,
          SqliteMailQueue.class);
  private static final Pattern STATEMENT =
      Pattern.compile("\\s*(SELECT|INSERT|UPDATE|DELETE) (?s:.*)");
  private static final Pattern SCAN =
      Pattern.compile(
          "SCAN (users|user_tokens|devices|components|ingest_errors|inventory|orphans|held_messages"
              + "|quarantine|forwarding_access|device_notices|csv_exports|csv_uploads|mails)\\b.*");
  // Bounded tables, counted and summed up through their smallest index.
  private static final Set<String> COUNTED =
      Set.of(
          "SELECT count(*) AS n FROM inventory",
          "SELECT count(*) AS n FROM orphans",
          "SELECT count(*) AS n FROM mails",
          "SELECT count(*) AS n FROM csv_exports WHERE finished_at IS NULL",
          "SELECT name FROM csv_exports",
          "SELECT coalesce(sum(held_bytes), 0) AS n FROM orphans WHERE held_bytes > 0");
  // Asked when there is no room: of ten thousand at most.
  private static final String WHO_HAS_MOST = "GROUP BY network";
  // Asked once at a start; walks by id and ends at the first administrator, made before the others.
  private static final String FIRST_ADMINISTRATOR = "role_mask >= 5";

  @TempDir Path folder;

  @Test
  void noStatementWalksThroughAWholeTableOrSortsOne() throws Exception {
    List<String> slow = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    try (SqliteSession session = SqliteSession.writing(folder.resolve("plans.db"))) {
      List<Step> steps =
          EmbeddedMetadata.STEPS.stream()
              .map(file -> Step.resource(EmbeddedMetadata.class, file))
              .toList();
      new Migrations(steps, Clock.systemUTC()).run(session, SqliteSensorCatalogue::plant);
      for (String sql : statements()) {
        seen.add(sql);
        for (String line : session.list("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail")))
          if (SCAN.matcher(line).matches() || line.contains("TEMP B-TREE"))
            slow.add(line + " <- " + sql);
      }
    }
    assertThat(seen).hasSizeGreaterThan(35);
    assertThat(slow).isEmpty();
  }

  private static List<String> statements() {
    return ROOMS.stream()
        .flatMap(room -> Stream.of(room.getDeclaredFields()))
        .filter(field -> field.getType() == String.class)
        .map(QueryPlanTest::text)
        .filter(text -> STATEMENT.matcher(text).matches() && !text.endsWith("FROM ("))
        .filter(text -> !COUNTED.contains(text) && !text.contains(FIRST_ADMINISTRATOR))
        .filter(text -> !text.contains(WHO_HAS_MOST))
        .toList();
  }

  private static String text(Field field) {
    try {
      field.setAccessible(true);
      return (String) field.get(null);
    } catch (IllegalAccessException hidden) {
      throw new AssertionError(hidden);
    }
  }
}
