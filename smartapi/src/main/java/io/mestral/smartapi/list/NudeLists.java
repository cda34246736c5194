package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Variant;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Makes {@link NudeList}s of what programs have. Arrays are copied. */
public final class NudeLists {
  private NudeLists() {}

  /**
   * A list of doubles.
   *
   * @param numbers finite numbers
   * @return the list
   * @throws SmartApiException of type InvalidParams if one is NaN or infinite, TooLargeError for
   *     more than 10 million
   */
  public static NudeList of(double[] numbers) {
    return doubles(numbers, false);
  }

  /**
   * A list of doubles in which some are missing.
   *
   * @param numbers finite numbers, NaN where there is no value
   * @return the list
   * @throws SmartApiException of type InvalidParams if one is infinite, TooLargeError for more than
   *     10 million
   */
  public static NudeList withGaps(double[] numbers) {
    return doubles(numbers, true);
  }

  private static NudeList doubles(double[] numbers, boolean gaps) {
    ListKind.NUDE.checkWritten(numbers.length);
    double[] copy = numbers.clone();
    BitSet missing = new BitSet();
    for (int at = 0; at < copy.length; at++) {
      if (!Double.isFinite(copy[at])) {
        if (!gaps || Double.isInfinite(copy[at])) {
          throw notFinite(copy[at], at);
        }
        missing.set(at);
      }
    }
    return single(new Column(Xsd.DOUBLE, copy.length, new Column.Doubles(copy), missing));
  }

  /**
   * A list of whole numbers, {@code xsd:integer}. If one is beyond 2^53-1, which JSON's numbers
   * don't hold, all are written as strings.
   *
   * @param numbers any numbers
   * @return the list
   * @throws SmartApiException of type TooLargeError for more than 10 million
   */
  public static NudeList of(long[] numbers) {
    ListKind.NUDE.checkWritten(numbers.length);
    long[] copy = numbers.clone();
    Column.Values values = new Column.Longs(copy);
    for (long number : copy) {
      if (number > ColumnBuilder.GREATEST_WHOLE || number < -ColumnBuilder.GREATEST_WHOLE) {
        String[] texts = new String[copy.length];
        Arrays.setAll(texts, at -> Long.toString(copy[at]));
        values = new Column.Texts(texts);
        break;
      }
    }
    return single(new Column(Xsd.INTEGER, copy.length, values, new BitSet()));
  }

  /**
   * A list of values that are all of one kind.
   *
   * @param values texts, whole numbers, doubles, decimals, truth values, days, moments, or Variants
   *     and literals of them; null where there is no value
   * @return the list
   * @throws SmartApiException of type InvalidParams if they are of several kinds or of others,
   *     TooLargeError for more than 10 million
   */
  public static NudeList ofValues(Collection<?> values) {
    return ofItems(
        values.stream()
            .map(value -> Optional.ofNullable(value).map(some -> Variant.ofJava(some).term()))
            .toList());
  }

  /**
   * A list of literals that are all of one kind.
   *
   * @param items literals of one of the datatypes integer, long, double, decimal, boolean, string,
   *     date and dateTime, the last with a zone; empty where there is no value
   * @return the list
   * @throws SmartApiException of type InvalidParams if they are of several datatypes or of others,
   *     TooLargeError for more than 10 million
   */
  public static NudeList ofItems(Collection<Optional<Term>> items) {
    ListKind.NUDE.checkWritten(items.size());
    obstacle(items)
        .ifPresent(
            obstacle -> {
              throw new SmartApiException(ErrorType.INVALID_PARAMS, obstacle);
            });
    Optional<Iri> type = type(items);
    ColumnBuilder column = new ColumnBuilder(type);
    boolean asText =
        type.isPresent() && isWhole(type.get()) && items.stream().anyMatch(NudeLists::isBeyond);
    for (Optional<Term> item : items) {
      if (item.isEmpty()) {
        column.addMissing();
      } else {
        add(column, type.get(), (Literal) item.get(), asText);
      }
    }
    return single(column.build());
  }

  private static void add(ColumnBuilder column, Iri type, Literal literal, boolean asText) {
    Variant value = Variant.of(literal);
    if (type.equals(Xsd.DOUBLE)) {
      column.addDouble(value.asDouble(), false);
    } else if (type.equals(Xsd.BOOLEAN)) {
      column.addTruth(value.asBoolean());
    } else if (isWhole(type) && !asText) {
      column.addWhole(value.asLong());
    } else {
      column.addText(literal.lexical());
    }
  }

  /**
   * A list of tuples.
   *
   * @param names what the columns are called, each one word
   * @param columns their values: lists of single values, all of one length
   * @return the list
   * @throws SmartApiException of type InvalidParams if names and columns don't go together
   */
  public static NudeList tuples(List<String> names, List<NudeList> columns) {
    boolean named =
        names.size() == columns.size()
            && new HashSet<>(names).size() == names.size()
            && names.stream().noneMatch(name -> name.isEmpty() || name.matches("(?s).*\\s.*"));
    boolean even =
        columns.stream().noneMatch(NudeList::hasTuples)
            && columns.stream().mapToInt(NudeList::size).distinct().count() == 1;
    if (!named || !even || columns.size() > NudeReader.MOST_COLUMNS) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "Tuples can't be made of the columns %s with the lengths %s: every column needs a different name of one word, single values, and the same length; at most %d are allowed."
              .formatted(
                  names, columns.stream().map(NudeList::size).toList(), NudeReader.MOST_COLUMNS));
    }
    List<Column> all = columns.stream().map(list -> list.columns().get(0)).toList();
    return new NudeList(true, List.copyOf(names), all, Optional.empty());
  }

  /** Why the items can't stand in a NudeList, or nothing. */
  static Optional<String> obstacle(Collection<Optional<Term>> items) {
    Optional<Iri> type = type(items);
    int at = -1;
    for (Optional<Term> item : items) {
      at++;
      if (item.isEmpty()) {
        continue;
      }
      if (!(item.get() instanceof Literal literal)) {
        return Optional.of(
            "The item %d (from 0) is a node; a NudeList holds plain values only.".formatted(at));
      }
      if (!literal.datatype().equals(type.get())
          || !NudeReader.ITEM_TYPES.contains(literal.datatype())) {
        return Optional.of(
            "The item %d (from 0) is of type %s, the first one of %s; a NudeList holds values of one type out of %s."
                .formatted(at, literal.datatype(), type.get(), NudeReader.ITEM_TYPES));
      }
      Optional<String> problem = obstacle(literal, at);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> obstacle(Literal literal, int at) {
    if (literal.datatype().equals(Xsd.STRING)) {
      return ColumnBuilder.isWellFormed(literal.lexical())
          ? Optional.empty()
          : Optional.of("The item %d (from 0) has half a surrogate pair.".formatted(at));
    }
    if (!ColumnBuilder.isOf(literal.datatype(), literal.lexical())) {
      return Optional.of(
          "The item %d (from 0) is \"%s\", which is no %s%s."
              .formatted(
                  at,
                  literal.lexical(),
                  literal.datatype(),
                  literal.datatype().equals(Xsd.DATE_TIME) ? " with a zone" : ""));
    }
    boolean finite =
        !literal.datatype().equals(Xsd.DOUBLE) || Double.isFinite(Variant.of(literal).asDouble());
    return finite
        ? Optional.empty()
        : Optional.of(notFinite(Variant.of(literal).asDouble(), at).getMessage());
  }

  private static Optional<Iri> type(Collection<Optional<Term>> items) {
    return items.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .map(term -> term instanceof Literal literal ? literal.datatype() : Xsd.STRING);
  }

  private static boolean isWhole(Iri type) {
    return type.equals(Xsd.INTEGER) || type.equals(Xsd.LONG);
  }

  private static boolean isBeyond(Optional<Term> item) {
    return item.map(term -> Variant.of(term).asBigInteger().abs())
        .filter(number -> number.compareTo(BigInteger.valueOf(ColumnBuilder.GREATEST_WHOLE)) > 0)
        .isPresent();
  }

  private static NudeList single(Column column) {
    return new NudeList(false, List.of(), List.of(column), Optional.empty());
  }

  private static SmartApiException notFinite(double number, int at) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The item %d (from 0) is %s, which JSON has no number for; use null (NudeLists.withGaps makes it of NaN) where there is no value."
            .formatted(at, number));
  }
}
