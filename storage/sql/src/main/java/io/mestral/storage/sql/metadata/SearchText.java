package io.mestral.storage.sql.metadata;

import io.mestral.storage.Selection;
import io.mestral.storage.Visibility;
import io.mestral.storage.search.Association;
import io.mestral.storage.search.Attribute;
import io.mestral.storage.search.Condition;
import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.ExperimentField;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.Kind;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.SensorField;
import io.mestral.storage.search.Sort;
import io.mestral.storage.sql.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A selection in SQL. The text is made of what the program knows; what people sent is an argument
 * and never part of it.
 */
final class SearchText {
  /** What the things that are listed are called. */
  static final String THING = "thing";

  private final Dialect dialect;
  private final Selection selection;
  private final Comparison comparison;
  private final List<Object> arguments = new ArrayList<>();
  private int tables;

  SearchText(Dialect dialect, Selection selection) {
    this.dialect = dialect;
    this.selection = selection;
    this.comparison = new Comparison(dialect, this::place);
  }

  /** Columns of the things, named one after the other, as columns of them and of nothing else. */
  static String columns(String names) {
    return THING + "." + names.replace(", ", ", " + THING + ".");
  }

  /** The arguments of the text so far. */
  Object[] arguments() {
    return arguments.toArray();
  }

  /** A place in the text for one more argument. */
  String place(Object argument) {
    arguments.add(argument);
    return "$" + arguments.size();
  }

  /** A place for one more real number. */
  String real(double number) {
    return "CAST(" + place(number) + " AS DOUBLE PRECISION)";
  }

  /** What must stand beside a table of devices where the search is about when they were heard. */
  String heardOf(String devices) {
    if (!selection.search().needsReadings()) return "";
    String pairs = dialect.pairs(place(selection.heard().toJson()), "heard_id", "heard_at");
    String heard = heard(devices);
    return " LEFT JOIN ("
        + pairs
        + ") AS "
        + heard
        + " ON "
        + heard
        + ".heard_id = "
        + devices
        + ".id";
  }

  private static String heard(String devices) {
    return devices + "_heard";
  }

  /** Which of the things are asked for. */
  String where() {
    return selection.search().conditions().stream()
        .map(each -> " AND " + condition(each))
        .collect(Collectors.joining());
  }

  /** Which devices may be seen. */
  String visible(String devices) {
    Visibility viewer = selection.viewer();
    if (viewer.all()) return "TRUE";
    String open = devices + ".is_private = FALSE";
    return viewer
        .owner()
        .map(owner -> "(" + open + " OR " + devices + ".owner_id = " + place(owner.value()) + ")")
        .orElse(open);
  }

  /** The order that is asked for; ends with the id. */
  String order() {
    return selection.search().sorts().stream()
            .map(each -> order(each) + ", ")
            .collect(Collectors.joining())
        + THING
        + ".id";
  }

  private String order(Sort sort) {
    Attribute by = sort.attribute();
    String direction = (sort.descending() ? " DESC" : "") + " NULLS LAST";
    String value = value(THING, by.path(), by.field());
    if (by.field().kind() != Kind.TEXT) return value + direction;
    return dialect.bytewise(dialect.folded(value))
        + direction
        + ", "
        + dialect.bytewise(value)
        + direction;
  }

  private String value(String table, List<Association> path, Field field) {
    if (path.isEmpty()) return column(table, field);
    String there = nextTable();
    Tie tie = Tie.of(path.get(0), there, this::visible);
    return "(SELECT "
        + value(there, path.subList(1, path.size()), field)
        + " FROM "
        + tie.tables()
        + " AND "
        + tie.far()
        + " = "
        + table
        + "."
        + tie.near()
        + ")";
  }

  private String condition(Condition condition) {
    if (condition instanceof Condition.All all) return joined(all.parts(), " AND ");
    if (condition instanceof Condition.Any any) return joined(any.parts(), " OR ");
    return holds((Condition.Holds) condition);
  }

  private String joined(List<Condition> parts, String word) {
    return parts.stream().map(this::condition).collect(Collectors.joining(word, "(", ")"));
  }

  private String holds(Condition.Holds holds) {
    Attribute about = holds.attribute();
    Match match = holds.match();
    if (about.path().isEmpty()) return is(THING, about.field(), match, holds.wanted());
    boolean isAbsence = match instanceof Match.Absent || match instanceof Match.Blank;
    boolean isTurned = isAbsence ? holds.wanted() : about.isMany() && !holds.wanted();
    boolean wanted = holds.wanted() != isTurned;
    return there(
        THING,
        about.path(),
        isTurned ? " NOT IN " : " IN ",
        table -> is(table, about.field(), match, wanted));
  }

  private String there(
      String table, List<Association> path, String in, Function<String, String> condition) {
    String there = nextTable();
    Tie tie = Tie.of(path.get(0), there, this::visible);
    String rest =
        path.size() == 1
            ? condition.apply(there)
            : there(there, path.subList(1, path.size()), " IN ", condition);
    return table
        + "."
        + tie.near()
        + in
        + "(SELECT "
        + tie.far()
        + " FROM "
        + tie.tables()
        + " AND "
        + rest
        + ")";
  }

  /** When a device behind another thing was heard is looked for among those that were. */
  private String is(String table, Field field, Match match, boolean wanted) {
    boolean isHeard = field == DeviceField.LAST_READING_AT || field == DeviceField.STATE;
    if (!isHeard || table.equals(THING))
      return comparison.of(column(table, field), field, match, wanted);
    String inner = nextTable();
    return table
        + ".id IN (SELECT "
        + inner
        + ".id FROM devices AS "
        + inner
        + heardOf(inner)
        + " WHERE "
        + comparison.of(column(inner, field), field, match, wanted)
        + ")";
  }

  private String nextTable() {
    return "t" + ++tables;
  }

  private static String column(String table, Field field) {
    if (field instanceof DeviceField device)
      return switch (device) {
        case UUID -> "CAST(" + table + ".uuid AS TEXT)";
        case DEVICE_TOKEN -> table + ".token_hash";
        case KIT_ID -> "CAST(NULL AS BIGINT)";
        case LAST_READING_AT -> heard(table) + ".heard_at";
        case STATE -> state(table);
        case CSV_EXPORT_REQUESTED_AT -> of(table, "max(requested_at)", "csv_exports", "");
        case NOTIFY_LOW_BATTERY_TIMESTAMP -> told(table, "low_battery");
        case NOTIFY_STOPPED_PUBLISHING_TIMESTAMP -> told(table, "stopped_publishing");
        case FORWARDING_DESTINATION_ID -> of(table, "destination_id", "device_destinations", "");
        default -> table + "." + device.label();
      };
    if (field == ExperimentField.STATUS) return "CAST(NULL AS TEXT)";
    if (field == SensorField.ANCESTRY) return ancestry(table);
    return field.label().equals("uuid")
        ? "CAST(" + table + ".uuid AS TEXT)"
        : table + "." + field.label();
  }

  private static String told(String devices, String kind) {
    return of(devices, "told_at", "device_notices", " AND kind = '" + kind + "'");
  }

  /** What another table knows of a device. */
  private static String of(String devices, String what, String table, String condition) {
    return "(SELECT "
        + what
        + " FROM "
        + table
        + " WHERE "
        + table
        + ".device_id = "
        + devices
        + ".id"
        + condition
        + ")";
  }

  /** The numbers of those above a sensor, the highest first, with slashes between. */
  private static String ancestry(String sensors) {
    return """
    (WITH RECURSIVE up (parent_id, path, steps) AS (
       SELECT %1$s.parent_id, CAST(%1$s.parent_id AS TEXT), 1
       UNION ALL
       SELECT above.parent_id, CAST(above.parent_id AS TEXT) || '/' || path, steps + 1
       FROM up JOIN sensors AS above ON above.id = up.parent_id
       WHERE above.parent_id IS NOT NULL AND steps < 16
     ) SELECT path FROM up ORDER BY steps DESC LIMIT 1)\
    """
        .formatted(sensors);
  }

  /** Where a device is in its life (spec 3.2). */
  private static String state(String devices) {
    return "CASE WHEN "
        + heard(devices)
        + ".heard_at IS NOT NULL THEN 'has_published' WHEN "
        + devices
        + ".token_hash IS NOT NULL OR "
        + devices
        + ".mac_address IS NOT NULL THEN 'never_published' ELSE 'not_configured' END";
  }
}
