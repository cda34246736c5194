package io.mestral.smartapi.list;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Variant;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Gathers the values of a column while it is read. A column that begins with whole numbers becomes
 * one of doubles at the first fraction. Every method says what is wrong with a value, or nothing.
 */
final class ColumnBuilder {
  /** Beyond this JSON's numbers, which are doubles, don't hold every whole number. */
  static final long GREATEST_WHOLE = (1L << 53) - 1;

  private enum Kind {
    NOTHING,
    NUMBERS,
    TEXTS,
    TRUTHS
  }

  private final Optional<Iri> itemType;
  private final BitSet missing = new BitSet();
  private Kind kind = Kind.NOTHING;
  private int size;
  private long[] longs = new long[0];
  private double[] doubles = new double[0];
  private String[] texts = new String[0];
  private BitSet truths = new BitSet();
  private boolean fractions; // whether numbers are kept as doubles
  private boolean sawFraction;
  private int firstBeyond = -1;

  ColumnBuilder(Optional<Iri> itemType) {
    this.itemType = itemType;
    this.fractions = itemType.isPresent() && itemType.get().equals(Xsd.DOUBLE);
  }

  int size() {
    return size;
  }

  void addMissing() {
    missing.set(size);
    grow();
    size++;
  }

  boolean addWhole(long number) {
    if (!enter(Kind.NUMBERS)) {
      return false;
    }
    if (fractions) {
      doubles[size++] = number;
    } else {
      longs[size++] = number;
    }
    if (firstBeyond < 0 && (number > GREATEST_WHOLE || number < -GREATEST_WHOLE)) {
      firstBeyond = size - 1;
    }
    return true;
  }

  /** A number with a fraction, an exponent or more than 18 digits; finite. */
  boolean addDouble(double number, boolean whole) {
    if (!enter(Kind.NUMBERS)) {
      return false;
    }
    if (whole && firstBeyond < 0) {
      firstBeyond = size;
    }
    if (!fractions) {
      doubles = new double[longs.length];
      for (int at = 0; at < size; at++) {
        doubles[at] = longs[at];
      }
      longs = new long[0];
      fractions = true;
    }
    sawFraction |= !whole;
    doubles[size++] = number;
    return true;
  }

  boolean addText(String text) {
    if (!enter(Kind.TEXTS)) {
      return false;
    }
    texts[size++] = text;
    return true;
  }

  boolean addTruth(boolean truth) {
    if (!enter(Kind.TRUTHS)) {
      return false;
    }
    truths.set(size++, truth);
    return true;
  }

  private boolean enter(Kind wanted) {
    if (kind == Kind.NOTHING) {
      kind = wanted;
    }
    grow();
    return kind == wanted;
  }

  private void grow() {
    int wanted = Math.max(16, size + (size >> 1));
    if (kind == Kind.TEXTS && texts.length <= size) {
      texts = Arrays.copyOf(texts, wanted);
    } else if (kind == Kind.NUMBERS && fractions && doubles.length <= size) {
      doubles = Arrays.copyOf(doubles, wanted);
    } else if (kind == Kind.NUMBERS && !fractions && longs.length <= size) {
      longs = Arrays.copyOf(longs, wanted);
    }
  }

  /** What is wrong with the values for their datatype, or nothing. */
  Optional<String> problem() {
    if (kind == Kind.NOTHING) {
      return Optional.empty();
    }
    Iri type = type();
    boolean whole = type.equals(Xsd.INTEGER) || type.equals(Xsd.LONG);
    if (kind == Kind.NUMBERS && whole) {
      return wholeProblem(type);
    }
    boolean fits =
        switch (kind) {
          case NUMBERS -> type.equals(Xsd.DOUBLE);
          case TRUTHS -> type.equals(Xsd.BOOLEAN);
          default -> !type.equals(Xsd.DOUBLE) && !type.equals(Xsd.BOOLEAN);
        };
    if (!fits) {
      return Optional.of("has %s where its sx:itemType is %s".formatted(kindName(), type));
    }
    return kind == Kind.TEXTS ? textProblem(type) : Optional.empty();
  }

  private Optional<String> wholeProblem(Iri type) {
    for (int at = 0; fractions && firstBeyond < 0 && at < size; at++) {
      double number = doubles[at];
      if (!missing.get(at) && (number != Math.rint(number))) {
        return Optional.of("has the number %s where its sx:itemType is %s".formatted(number, type));
      }
      firstBeyond = Math.abs(number) > GREATEST_WHOLE && !missing.get(at) ? at : -1;
    }
    return firstBeyond < 0
        ? Optional.empty()
        : Optional.of(
            "has a whole number beyond 2^53-1 as its item %d (from 0); such numbers are written as strings, with the sx:itemType xsd:integer, or the list is given the sx:itemType xsd:double"
                .formatted(firstBeyond));
  }

  private Optional<String> textProblem(Iri type) {
    for (int at = missing.nextClearBit(0); at < size; at = missing.nextClearBit(at + 1)) {
      String text = texts[at];
      if (!isWellFormed(text)) {
        return Optional.of("has half a surrogate pair in its item %d (from 0)".formatted(at));
      }
      if (!type.equals(Xsd.STRING) && !isOf(type, text)) {
        return Optional.of(
            "has \"%s\" as its item %d (from 0), which is no %s%s"
                .formatted(
                    text.length() > 60 ? text.substring(0, 60) + "…" : text,
                    at,
                    type,
                    type.equals(Xsd.DATE_TIME) ? " with a zone" : ""));
      }
    }
    return Optional.empty();
  }

  /** Whether the text is a value of one of the datatypes that are written as strings. */
  static boolean isOf(Iri type, String text) {
    Object value = Variant.of(Literal.of(text, type)).javaValue();
    if (type.equals(Xsd.DATE_TIME)) {
      int zone = text.length() - OffsetDateTime.MIN.getOffset().getId().length();
      return !(value instanceof Literal) && (text.endsWith("Z") || isSign(text, zone));
    }
    return !(value instanceof Literal);
  }

  private static boolean isSign(String text, int at) {
    return at > 10 && (text.charAt(at) == '+' || text.charAt(at) == '-');
  }

  /** Whether no surrogate stands alone, which no encoding could write. */
  static boolean isWellFormed(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isSurrogate(c)) {
        int point = text.codePointAt(at);
        if (point == c) {
          return false;
        }
        at++;
      }
    }
    return true;
  }

  private String kindName() {
    return switch (kind) {
      case NUMBERS -> "numbers";
      case TRUTHS -> "truth values";
      default -> "strings";
    };
  }

  private Iri type() {
    return itemType.orElseGet(
        () ->
            switch (kind) {
              case NUMBERS -> sawFraction || isOfLargeDoubles() ? Xsd.DOUBLE : Xsd.INTEGER;
              case TRUTHS -> Xsd.BOOLEAN;
              default -> Xsd.STRING;
            });
  }

  /**
   * Whether whole numbers that no {@code xsd:integer} may be here are doubles: RFC 8785 writes
   * those below 1e21 without an exponent.
   */
  private boolean isOfLargeDoubles() {
    boolean large = firstBeyond >= 0;
    for (int at = 0; large && at < size; at++) {
      large = fractions ? Math.abs(doubles[at]) < 1e21 : isWrittenDouble(longs[at]);
    }
    return large;
  }

  private static boolean isWrittenDouble(long number) {
    return Math.abs(number) <= GREATEST_WHOLE
        || new BigDecimal(Literal.of((double) number).lexical())
                .compareTo(BigDecimal.valueOf(number))
            == 0;
  }

  /** The column, once there is no {@link #problem()}. */
  Column build() {
    Iri type = type();
    return new Column(type, size, values(type), missing);
  }

  private Column.Values values(Iri type) {
    if (kind == Kind.TEXTS) {
      return new Column.Texts(Arrays.copyOf(texts, size));
    }
    if (kind == Kind.TRUTHS) {
      return new Column.Truths(truths);
    }
    if (kind == Kind.NOTHING) { // no value at all
      return new Column.Texts(new String[size]);
    }
    if (type.equals(Xsd.DOUBLE) && !fractions) {
      return new Column.Doubles(Arrays.stream(longs, 0, size).asDoubleStream().toArray());
    }
    if (type.equals(Xsd.DOUBLE)) {
      return new Column.Doubles(doubles.length == size ? doubles : Arrays.copyOf(doubles, size));
    }
    if (!fractions) {
      return new Column.Longs(longs.length == size ? longs : Arrays.copyOf(longs, size));
    }
    long[] whole = new long[size];
    for (int at = 0; at < size; at++) {
      whole[at] = (long) doubles[at];
    }
    return new Column.Longs(whole);
  }
}
