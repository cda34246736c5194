package io.mestral.storage.sql.metadata;

import io.mestral.storage.search.DeviceField;
import io.mestral.storage.search.Field;
import io.mestral.storage.search.Match;
import io.mestral.storage.search.Match.Absent;
import io.mestral.storage.search.Match.Among;
import io.mestral.storage.search.Match.Compared;
import io.mestral.storage.search.Match.Like;
import io.mestral.storage.search.Match.Relation;
import io.mestral.storage.search.Value;
import io.mestral.storage.search.Value.Flag;
import io.mestral.storage.search.Value.Real;
import io.mestral.storage.search.Value.Second;
import io.mestral.storage.search.Value.Text;
import io.mestral.storage.search.Value.Whole;
import io.mestral.storage.sql.Dialect;
import io.mestral.storage.sql.Many;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a column has to be, in SQL. Every argument says its type: engines that ask for it don't
 * agree on what follows from what it is compared with.
 */
final class Comparison {
  private final Dialect dialect;
  private final Function<Object, String> place;

  /**
   * @param place makes a place for an argument
   */
  Comparison(Dialect dialect, Function<Object, String> place) {
    this.dialect = dialect;
    this.place = place;
  }

  String of(String column, Field field, Match match, boolean wanted) {
    String is = of(column, field, match);
    return wanted ? is : "NOT " + is;
  }

  private String of(String column, Field field, Match match) {
    if (match instanceof Compared compared)
      return "(" + compared(column, field, compared.relation(), compared.value()) + ")";
    if (match instanceof Among among) return "(" + among(column, field, among.values()) + ")";
    if (match instanceof Like like)
      return "("
          + dialect.folded(column)
          + " LIKE "
          + dialect.folded(text(like.pattern()))
          + " ESCAPE '\\')";
    if (match instanceof Absent) return "(" + column + " IS NULL)";
    return switch (field.kind()) {
      case TEXT -> "(" + column + " IS NULL OR " + column + " = '')";
      default -> "(" + column + " IS NULL)";
    };
  }

  private String among(String column, Field field, List<Value> values) {
    return switch (field.kind()) {
      case TEXT, TOKEN ->
          dialect.among(
              column,
              place.apply(Many.texts(values.stream().map(each -> ((Text) each).text()).toList())));
      case NUMBER ->
          dialect.among(
              "CAST(" + column + " AS BIGINT)",
              place.apply(Many.ids(values, each -> ((Whole) each).number())));
      default ->
          values.stream()
              .map(value -> compared(column, field, Relation.EQUAL, value))
              .collect(Collectors.joining(" OR "));
    };
  }

  private String compared(String column, Field field, Relation relation, Value value) {
    if (value instanceof Second second) return time(column, field, relation, second.time());
    if (value instanceof Flag flag) return column + " = " + (flag.isSet() ? "TRUE" : "FALSE");
    if (value instanceof Whole whole)
      return column + sign(relation) + "CAST(" + place.apply(whole.number()) + " AS BIGINT)";
    if (value instanceof Real real)
      return column
          + sign(relation)
          + "CAST("
          + place.apply(real.number())
          + " AS DOUBLE PRECISION)";
    String text = text(((Text) value).text());
    return relation == Relation.EQUAL
        ? column + " = " + text
        : dialect.bytewise(column) + sign(relation) + text;
  }

  /** By whole seconds: {@code EQUAL} is any time within it. */
  private String time(String column, Field field, Relation relation, Instant second) {
    if (field == DeviceField.LAST_READING_AT)
      return column
          + sign(relation)
          + "CAST("
          + place.apply(second.getEpochSecond())
          + " AS BIGINT)";
    return switch (relation) {
      case EQUAL ->
          column
              + " >= "
              + place.apply(second)
              + " AND "
              + column
              + " < "
              + place.apply(second.plusSeconds(1));
      case LESS -> column + " < " + place.apply(second);
      case AT_LEAST -> column + " >= " + place.apply(second);
      case AT_MOST -> column + " < " + place.apply(second.plusSeconds(1));
      case GREATER -> column + " >= " + place.apply(second.plusSeconds(1));
    };
  }

  private String text(String text) {
    return "CAST(" + place.apply(text) + " AS TEXT)";
  }

  private static String sign(Relation relation) {
    return switch (relation) {
      case EQUAL -> " = ";
      case LESS -> " < ";
      case AT_MOST -> " <= ";
      case GREATER -> " > ";
      case AT_LEAST -> " >= ";
    };
  }
}
