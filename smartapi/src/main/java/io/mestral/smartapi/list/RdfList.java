package io.mestral.smartapi.list;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Variant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A list as a message has it, whichever way it is encoded (Smart API, section 4). Items that have
 * no value are empty. Immutable.
 */
public sealed interface RdfList extends Iterable<Optional<Variant>> permits NodeList, NudeList {
  /**
   * Reads a list, finding out its encoding from its structure alone (section 4.3).
   *
   * @param graph where it is described
   * @param listNode the value of {@code smartapi:list} or of another property
   * @return the list, or nothing when this is an object or a literal and no list
   * @throws SmartApiException of type ParseError if the list is malformed, TooLargeError if it has
   *     more items than {@link ListKind#mostRead} of its kind
   */
  static Optional<RdfList> read(Graph graph, Term listNode) {
    return ListReader.read(graph, listNode);
  }

  /**
   * The encoding.
   *
   * @return which of the four
   */
  ListKind kind();

  /**
   * How many items there are, those without value included.
   *
   * @return their number; of an ItemizedList the values present, since equal ones fall together
   */
  int size();

  /**
   * What every item inherits the properties of, {@code smartapi:baseObject}.
   *
   * @return its node, or nothing
   */
  Optional<Resource> baseObject();

  /**
   * The items as RDF terms. A tuple is a literal of type {@code rdf:JSON}.
   *
   * @return a view of random access
   */
  List<Optional<Term>> terms();

  /**
   * The items as values.
   *
   * @return a view of random access
   */
  default List<Optional<Variant>> variants() {
    List<Optional<Term>> terms = terms();
    return new ItemView<>(size(), at -> terms.get(at).map(Variant::of));
  }

  @Override
  default Iterator<Optional<Variant>> iterator() {
    return variants().iterator();
  }

  /**
   * The items as doubles.
   *
   * @return an array of the caller's own; NaN where there is no value
   * @throws SmartApiException of type InvalidParams if an item isn't a number, or has too many
   *     digits for a double
   */
  default double[] toDoubles() {
    return variants().stream()
        .mapToDouble(item -> item.map(Variant::asDouble).orElse(Double.NaN))
        .toArray();
  }

  /**
   * The items as whole numbers.
   *
   * @return an array of the caller's own
   * @throws SmartApiException of type InvalidParams if an item isn't a whole number of 64 bits, or
   *     has no value
   */
  default long[] toLongs() {
    long[] longs = new long[size()];
    List<Optional<Variant>> items = variants();
    for (int at = 0; at < longs.length; at++) {
      int index = at;
      longs[at] = items.get(at).orElseThrow(() -> Column.withoutValue(index)).asLong();
    }
    return longs;
  }

  /**
   * The items as text.
   *
   * @return a view of random access; of numbers the form in which they are written
   */
  default List<Optional<String>> strings() {
    List<Optional<Variant>> items = variants();
    return new ItemView<>(size(), at -> items.get(at).map(Variant::asString));
  }
}
