package io.mestral.smartapi.list;

import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A list whose items are terms of the graph: LinkedList, OrderedList or ItemizedList. Immutable.
 */
public final class NodeList implements RdfList {
  private final ListKind kind;
  private final int size;
  private final Term[] terms;
  private final int[] indexes;
  private final Optional<Resource> baseObject;

  /** A list without gaps. */
  NodeList(ListKind kind, Term[] terms, Optional<Resource> baseObject) {
    this(kind, terms.length, terms, new int[0], baseObject);
  }

  /**
   * A list that may have gaps. They take no memory, since a short message can declare long ones.
   *
   * @param terms the values that there are
   * @param indexes where they stand, ascending; empty when there are no gaps
   */
  NodeList(ListKind kind, int size, Term[] terms, int[] indexes, Optional<Resource> baseObject) {
    this.kind = kind;
    this.size = size;
    this.terms = terms;
    this.indexes = indexes;
    this.baseObject = baseObject;
  }

  @Override
  public ListKind kind() {
    return kind;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Optional<Resource> baseObject() {
    return baseObject;
  }

  @Override
  public List<Optional<Term>> terms() {
    return new ItemView<>(size, this::term);
  }

  private Optional<Term> term(int index) {
    if (indexes.length == 0 && terms.length == size) {
      return Optional.of(terms[index]);
    }
    int at = Arrays.binarySearch(indexes, index);
    return at < 0 ? Optional.empty() : Optional.of(terms[at]);
  }

  /** Kind and length, for people who debug. */
  @Override
  public String toString() {
    return kind.title() + " of " + size;
  }
}
