package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes lists into graphs. Unless a kind is asked for, more than 100 plain values of one type
 * become a NudeList, everything else an OrderedList, or an ItemizedList when it is too long for
 * that and declared to be without order (Smart API, section 4.5). Immutable.
 */
public final class ListWriter {
  /**
   * As many plain values or fewer never become a NudeList by themselves: old peers can't read it.
   */
  private static final int MOST_ORDERED_LITERALS = 100;

  private final Optional<ListKind> kind;
  private final boolean unordered;
  private final boolean legacy;
  private final Optional<Resource> baseObject;

  /** Writes whatever kind fits, in order. */
  public ListWriter() {
    this(Optional.empty(), false, false, Optional.empty());
  }

  private ListWriter(
      Optional<ListKind> kind, boolean unordered, boolean legacy, Optional<Resource> baseObject) {
    this.kind = kind;
    this.unordered = unordered;
    this.legacy = legacy;
    this.baseObject = baseObject;
  }

  /**
   * Asks for a kind.
   *
   * @param wanted the kind that every list is written in
   * @return a writer that does so
   */
  public ListWriter as(ListKind wanted) {
    return new ListWriter(Optional.of(wanted), unordered, legacy, baseObject);
  }

  /**
   * Declares that the order of items has no meaning, and equal ones may fall together.
   *
   * @return a writer that may use an ItemizedList
   */
  public ListWriter unordered() {
    return new ListWriter(kind, true, legacy, baseObject);
  }

  /**
   * Writes for peers with the published SDK, which know the JSON of a NudeList as plain text.
   *
   * @return a writer that gives it the type {@code xsd:string}
   */
  public ListWriter legacy() {
    return new ListWriter(kind, unordered, true, baseObject);
  }

  /**
   * Sets what every item inherits the properties of.
   *
   * @param object its node
   * @return a writer that states it of each list
   */
  public ListWriter withBaseObject(Resource object) {
    return new ListWriter(kind, unordered, legacy, Optional.of(object));
  }

  /**
   * Writes values.
   *
   * @param graph where to
   * @param values terms, Variants or Java values (see {@link Variant#ofJava}); null where there is
   *     no value
   * @return the list's node, the value of the property that has the list
   * @throws SmartApiException as {@link #write(Graph.Builder, Collection)}; also of type
   *     InvalidParams if a value is of a type that can't be written
   */
  public Resource writeValues(Graph.Builder graph, Collection<?> values) {
    return write(
        graph,
        values.stream()
            .map(value -> Optional.ofNullable(value).map(some -> Variant.ofJava(some).term()))
            .toList());
  }

  /**
   * Writes items.
   *
   * @param graph where to
   * @param items the items; empty where there is no value
   * @return the list's node, the value of the property that has the list
   * @throws SmartApiException of type TooLargeError if there are more than the kind may have,
   *     InvalidParams if the kind can't hold them
   */
  public Resource write(Graph.Builder graph, Collection<Optional<Term>> items) {
    ListKind chosen = kind.orElseGet(() -> choose(items));
    chosen.checkWritten(items.size());
    switch (chosen) {
      case LINKED:
        return linked(graph, items);
      case ORDERED:
        return ordered(graph, items);
      case ITEMIZED:
        return itemized(graph, items);
      default:
        return write(graph, NudeLists.ofItems(items));
    }
  }

  /**
   * Writes a NudeList as one, whatever kind is asked for.
   *
   * @param graph where to
   * @param list the list
   * @return the list's node
   * @throws SmartApiException of type TooLargeError if its JSON is longer than 256 MiB
   */
  public Resource write(Graph.Builder graph, NudeList list) {
    ListKind.NUDE.checkWritten(list.size());
    Resource array = new Blank();
    Resource raw = new Blank();
    Resource holder = holder(graph, array);
    graph.add(array, SmartApi.RAW_ARRAY, raw);
    graph.add(raw, Rdf.VALUE, legacy ? Literal.of(list.json()) : Literal.of(list.json(), Rdf.JSON));
    list.itemType().ifPresent(type -> graph.add(array, Sx.ITEM_TYPE, type));
    if (!list.columnNames().isEmpty()) {
      graph.add(array, Sx.TUPLE_SHAPE, Literal.of(String.join(" ", list.columnNames())));
    }
    if (baseObject.isEmpty()) {
      list.baseObject().ifPresent(object -> graph.add(holder, SmartApi.BASE_OBJECT, object));
    }
    return holder;
  }

  private ListKind choose(Collection<Optional<Term>> items) {
    int count = items.size();
    if (count > MOST_ORDERED_LITERALS && NudeLists.obstacle(items).isEmpty()) {
      return ListKind.NUDE;
    }
    if (count <= ListKind.ORDERED.mostWritten()) {
      return ListKind.ORDERED;
    }
    if (unordered) {
      return ListKind.ITEMIZED;
    }
    throw new SmartApiException(
        ErrorType.TOO_LARGE_ERROR,
        String.format(
            Locale.ROOT,
            "A list of %,d items is too long: an OrderedList has at most %,d. Declared to be without order it could be an ItemizedList of up to %,d; plain values of one type could be a NudeList of up to %,d.",
            count,
            ListKind.ORDERED.mostWritten(),
            ListKind.ITEMIZED.mostWritten(),
            ListKind.NUDE.mostWritten()));
  }

  private Resource holder(Graph.Builder graph, Resource array) {
    Resource holder = new Blank();
    graph.add(holder, Rdf.FIRST, array);
    baseObject.ifPresent(object -> graph.add(holder, SmartApi.BASE_OBJECT, object));
    return holder;
  }

  private Resource linked(Graph.Builder graph, Collection<Optional<Term>> items) {
    if (items.isEmpty()) {
      if (baseObject.isPresent()) {
        throw invalid(
            "An empty LinkedList is rdf:nil and can't have a base object; ask for an OrderedList.");
      }
      return Rdf.NIL;
    }
    Resource start = new Blank();
    Resource cell = start;
    int left = items.size();
    for (Optional<Term> item : items) {
      graph.add(cell, Rdf.FIRST, present(item, ListKind.LINKED));
      Resource next = --left == 0 ? Rdf.NIL : new Blank();
      graph.add(cell, Rdf.REST, next);
      cell = next;
    }
    baseObject.ifPresent(object -> graph.add(start, SmartApi.BASE_OBJECT, object));
    return start;
  }

  private Resource ordered(Graph.Builder graph, Collection<Optional<Term>> items) {
    Resource array = new Blank();
    Resource entries = new Blank();
    graph.add(array, SmartApi.SIZE, Literal.of(items.size()));
    graph.add(array, SmartApi.INDEXED_ARRAY, entries);
    int index = 0;
    for (Optional<Term> item : items) {
      if (item.isPresent()) {
        Resource entry = new Blank();
        graph.add(entries, SmartApi.ENTRY, entry);
        graph.add(entry, SmartApi.INDEX, Literal.of(index));
        graph.add(entry, Rdf.VALUE, item.get());
      }
      index++;
    }
    return holder(graph, array);
  }

  private Resource itemized(Graph.Builder graph, Collection<Optional<Term>> items) {
    Resource array = new Blank();
    Resource values = new Blank();
    graph.add(array, SmartApi.SIZE, Literal.of(items.size()));
    graph.add(array, SmartApi.ARRAY, values);
    items.forEach(item -> graph.add(values, Rdf.VALUE, present(item, ListKind.ITEMIZED)));
    return holder(graph, array);
  }

  private static Term present(Optional<Term> item, ListKind kind) {
    return item.orElseThrow(
        () ->
            invalid(
                "A %s can't hold an item without value; an OrderedList or a NudeList can."
                    .formatted(kind.title())));
  }

  private static SmartApiException invalid(String message) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, message);
  }
}
