package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.json.CanonicalText;
import io.mestral.smartapi.value.Variant;
import java.util.List;
import java.util.Optional;

/**
 * A list in one JSON literal: plain values of one kind, or tuples of them (Smart API, section 4.4).
 * Its numbers stand in primitive arrays. Immutable; {@link NudeLists} makes them.
 */
public final class NudeList implements RdfList {
  private final boolean tuples;
  private final List<String> names;
  private final List<Column> columns;
  private final Optional<Resource> baseObject;

  /**
   * A list.
   *
   * @param tuples whether the items are tuples; else there is one column
   * @param names of the columns; empty when they have none
   * @param columns the values, columns of one length
   */
  NudeList(
      boolean tuples, List<String> names, List<Column> columns, Optional<Resource> baseObject) {
    this.tuples = tuples;
    this.names = names;
    this.columns = columns;
    this.baseObject = baseObject;
  }

  @Override
  public ListKind kind() {
    return ListKind.NUDE;
  }

  @Override
  public int size() {
    return columns.get(0).size();
  }

  @Override
  public Optional<Resource> baseObject() {
    return baseObject;
  }

  /**
   * Whether the items are tuples.
   *
   * @return true for tuples, false for single values
   */
  public boolean hasTuples() {
    return tuples;
  }

  /**
   * What {@code sx:tupleShape} calls the columns.
   *
   * @return their names in order; empty when they have none
   */
  public List<String> columnNames() {
    return names;
  }

  /**
   * The columns of tuples in order, or the values as the only column.
   *
   * @return at least one column
   */
  public List<Column> columns() {
    return columns;
  }

  /**
   * A column of tuples by its name.
   *
   * @param name as {@code sx:tupleShape} has it
   * @return the column
   * @throws SmartApiException of type InvalidParams if there is no column of that name
   */
  public Column column(String name) {
    int at = names.indexOf(name);
    if (at < 0 || at >= columns.size()) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A NudeList has no column \"%s\"; it has %s."
              .formatted(name, names.isEmpty() ? "none with a name" : names));
    }
    return columns.get(at);
  }

  private Column values() {
    if (tuples) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "The items of a NudeList are tuples; ask for one of its columns: %s."
              .formatted(names.isEmpty() ? "0 to " + (columns.size() - 1) : names));
    }
    return columns.get(0);
  }

  @Override
  public List<Optional<Term>> terms() {
    return tuples ? new ItemView<>(size(), this::tuple) : values().terms();
  }

  @Override
  public List<Optional<Variant>> variants() {
    return tuples ? RdfList.super.variants() : values().variants();
  }

  @Override
  public double[] toDoubles() {
    return values().toDoubles();
  }

  @Override
  public long[] toLongs() {
    return values().toLongs();
  }

  @Override
  public List<Optional<String>> strings() {
    return tuples ? RdfList.super.strings() : values().strings();
  }

  private Optional<Term> tuple(int index) {
    CanonicalText json = new CanonicalText(64, NudeReader.MOST_BYTES);
    write(json, index);
    return Optional.of(Literal.of(json.toString(), Rdf.JSON));
  }

  private void write(CanonicalText json, int index) {
    if (tuples) {
      json.sign('[');
    }
    columns.get(0).write(json, index);
    for (int column = 1; column < columns.size(); column++) {
      columns.get(column).write(json.sign(','), index);
    }
    if (tuples) {
      json.sign(']');
    }
  }

  /**
   * The list as a JSON array in canonical form (RFC 8785), in which minus zero is zero.
   *
   * @return the lexical form of the {@code rdf:JSON} literal
   * @throws SmartApiException of type TooLargeError if it is longer than 256 MiB
   */
  public String json() {
    CanonicalText json =
        new CanonicalText(
            (int) Math.min(1 << 26, 2 + 20L * size() * columns.size()), NudeReader.MOST_BYTES);
    json.sign('[');
    for (int at = 0; at < size(); at++) {
      if (at > 0) {
        json.sign(',');
      }
      write(json, at);
    }
    return json.sign(']').toString();
  }

  /**
   * The datatype to write beside the JSON: that of single values, and of tuples when all columns
   * have the same and a reader wouldn't find it out.
   *
   * @return the datatype, or nothing when the columns of tuples differ
   */
  Optional<Iri> itemType() {
    Iri type = columns.get(0).type();
    boolean told = !tuples || columns.stream().anyMatch(column -> !column.isInferred());
    return told && columns.stream().allMatch(column -> column.type().equals(type))
        ? Optional.of(type)
        : Optional.empty();
  }

  /** Kind and length, for people who debug. */
  @Override
  public String toString() {
    return kind().title() + " of " + size();
  }
}
