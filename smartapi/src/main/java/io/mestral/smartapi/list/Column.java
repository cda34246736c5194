package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.syntax.json.CanonicalText;
import io.mestral.smartapi.value.Variant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The values of a NudeList, or of one column of its tuples: all of one datatype, some perhaps
 * missing. Immutable.
 */
public final class Column {
  private final Iri type;
  private final int size;
  private final Values values;
  private final BitSet missing;

  /** How the values are kept: numbers as such, everything else as JSON has it. */
  sealed interface Values permits Doubles, Longs, Texts, Truths {}

  record Doubles(double[] all) implements Values {}

  record Longs(long[] all) implements Values {}

  record Texts(String[] all) implements Values {}

  record Truths(BitSet all) implements Values {}

  /**
   * A column.
   *
   * @param type the datatype of all values
   * @param size how many there are, missing ones included
   * @param values the values, at least as many; what stands at missing ones has no meaning
   * @param missing where there is no value
   */
  Column(Iri type, int size, Values values, BitSet missing) {
    this.type = type;
    this.size = size;
    this.values = values;
    this.missing = missing;
  }

  /**
   * The datatype of the values.
   *
   * @return a datatype of XML Schema
   */
  public Iri type() {
    return type;
  }

  /**
   * How many values there are, missing ones included.
   *
   * @return their number
   */
  public int size() {
    return size;
  }

  /**
   * Says whether there is no value at a place.
   *
   * @param index from 0
   * @return whether it is missing
   */
  public boolean isMissing(int index) {
    return missing.get(index);
  }

  /**
   * The values as doubles.
   *
   * @return an array of the caller's own; NaN where there is no value
   * @throws SmartApiException of type InvalidParams if they aren't numbers, or have too many digits
   */
  public double[] toDoubles() {
    double[] doubles = new double[size];
    if (values instanceof Doubles own) {
      System.arraycopy(own.all, 0, doubles, 0, size);
    } else if (values instanceof Longs own) {
      for (int at = 0; at < size; at++) {
        doubles[at] = own.all[at]; // exact: none is beyond 2^53
      }
    } else {
      for (int at = missing.nextClearBit(0); at < size; at = missing.nextClearBit(at + 1)) {
        doubles[at] = Variant.of(present(at)).asDouble();
      }
    }
    missing.stream().forEach(at -> doubles[at] = Double.NaN);
    return doubles;
  }

  /**
   * The values as whole numbers.
   *
   * @return an array of the caller's own
   * @throws SmartApiException of type InvalidParams if one isn't a whole number of 64 bits, or is
   *     missing
   */
  public long[] toLongs() {
    int gap = missing.nextSetBit(0);
    if (gap >= 0 && gap < size) {
      throw withoutValue(gap);
    }
    if (values instanceof Longs own) {
      return Arrays.copyOf(own.all, size);
    }
    long[] longs = new long[size];
    for (int at = 0; at < size; at++) {
      longs[at] = Variant.of(present(at)).asLong();
    }
    return longs;
  }

  /**
   * The values as text.
   *
   * @return a view of random access; of numbers and truth values the form in which RDF writes them
   */
  public List<Optional<String>> strings() {
    return new ItemView<>(
        size,
        at ->
            missing.get(at)
                ? Optional.empty()
                : Optional.of(values instanceof Texts own ? own.all[at] : present(at).lexical()));
  }

  /**
   * The values as literals of the column's datatype.
   *
   * @return a view of random access
   */
  public List<Optional<Term>> terms() {
    return new ItemView<>(
        size, at -> missing.get(at) ? Optional.empty() : Optional.of(present(at)));
  }

  /**
   * The values as Variants of the column's datatype.
   *
   * @return a view of random access
   */
  public List<Optional<Variant>> variants() {
    return new ItemView<>(
        size, at -> missing.get(at) ? Optional.empty() : Optional.of(Variant.of(present(at))));
  }

  private Literal present(int index) {
    if (values instanceof Doubles own) {
      return Literal.of(own.all[index]);
    }
    if (values instanceof Longs own) {
      return Literal.of(Long.toString(own.all[index]), type);
    }
    return values instanceof Texts own
        ? Literal.of(own.all[index], type)
        : Literal.of(((Truths) values).all.get(index));
  }

  /** Writes the value at a place into JSON. */
  void write(CanonicalText json, int index) {
    if (missing.get(index)) {
      json.word("null");
    } else if (values instanceof Doubles own) {
      json.number(own.all[index]);
    } else if (values instanceof Longs own) {
      json.number(own.all[index]);
    } else if (values instanceof Texts own) {
      json.string(own.all[index]);
    } else {
      json.word(((Truths) values).all.get(index) ? "true" : "false");
    }
  }

  /** Whether a reader that isn't told the datatype finds this one. */
  boolean isInferred() {
    return type.equals(Xsd.INTEGER) && values instanceof Longs
        || type.equals(Xsd.STRING)
        || type.equals(Xsd.BOOLEAN);
  }

  static SmartApiException withoutValue(int index) {
    return new SmartApiException(
        ErrorType.INVALID_PARAMS,
        "The item %d (from 0) of a list has no value, where a number is wanted.".formatted(index));
  }
}
