package io.mestral.smartapi.list;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out how a list is encoded, and reads it (Smart API, section 4.3). */
final class ListReader {
  private static final int INT_DIGITS = 9;

  private final Graph graph;
  private final Resource holder;

  private ListReader(Graph graph, Resource holder) {
    this.graph = graph;
    this.holder = holder;
  }

  static Optional<RdfList> read(Graph graph, Term listNode) {
    if (!(listNode instanceof Resource node)) {
      return Optional.empty();
    }
    ListReader reader = new ListReader(graph, node);
    if (node.equals(Rdf.NIL)) {
      return Optional.of(new NodeList(ListKind.LINKED, new Term[0], Optional.empty()));
    }
    return graph.object(node, Rdf.REST).isPresent()
        ? Optional.of(reader.linked())
        : reader.array().map(reader::held);
  }

  /** The array node of a holder, or nothing when this is no list. */
  private Optional<Resource> array() {
    Collection<Term> firsts = graph.objects(holder, Rdf.FIRST);
    if (firsts.isEmpty()) {
      firsts = graph.objects(holder, Dct.ABSTRACT); // as the published SDK writes time series
    }
    for (Term first : firsts) {
      if (first instanceof Resource node && isArray(node)) {
        if (firsts.size() > 1) {
          throw malformed(
              "A list holder has %d values of rdf:first; one is allowed".formatted(firsts.size()),
              holder);
        }
        return Optional.of(node);
      }
    }
    return Optional.empty();
  }

  private boolean isArray(Resource node) {
    return graph.object(node, SmartApi.RAW_ARRAY).isPresent()
        || graph.object(node, SmartApi.ARRAY).isPresent()
        || graph.object(node, SmartApi.INDEXED_ARRAY).isPresent();
  }

  private RdfList held(Resource array) {
    if (graph.object(array, SmartApi.RAW_ARRAY).isPresent()) {
      return nude(array);
    }
    return graph.object(array, SmartApi.ARRAY).isPresent() ? itemized(array) : ordered(array);
  }

  private RdfList linked() {
    List<Term> items = new ArrayList<>();
    Set<Resource> visited = new HashSet<>();
    Resource cell = holder;
    while (!cell.equals(Rdf.NIL)) {
      if (!visited.add(cell)) {
        throw malformed("A LinkedList comes back to a cell that it has passed", cell);
      }
      Term item = only(cell, Rdf.FIRST, "a cell of a LinkedList");
      Term rest = only(cell, Rdf.REST, "a cell of a LinkedList");
      if (!(rest instanceof Resource next)) {
        throw malformed("A LinkedList goes on in a literal instead of a cell or rdf:nil", cell);
      }
      items.add(item);
      ListKind.LINKED.checkRead(items.size(), holder);
      cell = next;
    }
    return new NodeList(ListKind.LINKED, items.toArray(Term[]::new), base());
  }

  private RdfList itemized(Resource array) {
    Collection<Term> items =
        graph.objects(node(array, SmartApi.ARRAY, "an ItemizedList"), Rdf.VALUE);
    ListKind.ITEMIZED.checkRead(items.size(), holder);
    return new NodeList(ListKind.ITEMIZED, items.toArray(Term[]::new), base());
  }

  private RdfList ordered(Resource array) {
    Resource indexed = node(array, SmartApi.INDEXED_ARRAY, "an OrderedList");
    Collection<Term> entries = graph.objects(indexed, SmartApi.ENTRY);
    ListKind.ORDERED.checkRead(entries.size(), holder);
    Optional<Integer> declared = size(array);
    long[] places = new long[entries.size()]; // index before position, to be sorted by index
    Term[] values = new Term[entries.size()];
    int count = 0;
    for (Term term : entries) {
      if (!(term instanceof Resource entry)) {
        throw malformed("An entry of an OrderedList is a literal; it has to be a node", indexed);
      }
      int index = index(entry, declared);
      Collection<Term> value = graph.objects(entry, Rdf.VALUE);
      values[count] = value.isEmpty() ? null : only(entry, Rdf.VALUE, "an entry of an OrderedList");
      places[count] = (long) index << 32 | count;
      count++;
    }
    Arrays.sort(places);
    return sorted(places, values, declared);
  }

  private RdfList sorted(long[] places, Term[] values, Optional<Integer> declared) {
    Term[] terms = new Term[values.length];
    int[] indexes = new int[values.length];
    int count = 0;
    int last = -1;
    for (long place : places) {
      int index = (int) (place >> 32);
      if (index == last) {
        throw malformed("An OrderedList has two entries with the index " + index, holder);
      }
      last = index;
      Term value = values[(int) place];
      if (value != null) {
        terms[count] = value;
        indexes[count++] = index;
      }
    }
    int size = declared.orElse(last + 1);
    return new NodeList(
        ListKind.ORDERED,
        size,
        Arrays.copyOf(terms, count),
        count == size ? new int[0] : Arrays.copyOf(indexes, count),
        base());
  }

  private int index(Resource entry, Optional<Integer> size) {
    Term term = only(entry, SmartApi.INDEX, "an entry of an OrderedList");
    long index = whole(term, entry, "The index");
    if (index < 0 || size.isPresent() && index >= size.get()) {
      throw malformed(
          "The index %d is outside an OrderedList of the size %s"
              .formatted(index, size.map(Object::toString).orElse("that follows from it")),
          entry);
    }
    ListKind.ORDERED.checkRead(index + 1, holder);
    return (int) index;
  }

  private Optional<Integer> size(Resource array) {
    if (graph.object(array, SmartApi.SIZE).isEmpty()) {
      return Optional.empty();
    }
    long size = whole(only(array, SmartApi.SIZE, "an OrderedList"), array, "The size");
    if (size < 0) {
      throw malformed("The size of an OrderedList is " + size + "; it is 0 or more", array);
    }
    ListKind.ORDERED.checkRead(size, holder);
    return Optional.of((int) size);
  }

  private long whole(Term term, Resource node, String what) {
    if (term instanceof Literal literal
        && literal.datatype().equals(Xsd.INTEGER)
        && literal.lexical().length() <= INT_DIGITS
        && literal.lexical().chars().allMatch(c -> c >= '0' && c <= '9')
        && !literal.lexical().isEmpty()) {
      return Integer.parseInt(literal.lexical());
    }
    if (Variant.of(term).javaValue() instanceof Long number) {
      return number;
    }
    throw malformed(what + " of a list is " + term + "; it has to be a whole number", node);
  }

  private RdfList nude(Resource array) {
    Resource raw = node(array, SmartApi.RAW_ARRAY, "a NudeList");
    Term value = only(raw, Rdf.VALUE, "the raw array of a NudeList");
    if (!(value instanceof Literal literal) || !isJson(literal.datatype())) {
      throw malformed(
          "The value of a NudeList is no literal of the type rdf:JSON or xsd:string", raw);
    }
    Optional<Iri> itemType =
        graph.objects(array, Sx.ITEM_TYPE).isEmpty()
            ? Optional.empty()
            : Optional.of(itemType(array));
    return new NudeReader(holder, itemType, shape(array)).read(literal.lexical(), base());
  }

  private static boolean isJson(Iri datatype) {
    return datatype.equals(Rdf.JSON) || datatype.equals(Xsd.STRING);
  }

  private Iri itemType(Resource array) {
    Term type = only(array, Sx.ITEM_TYPE, "a NudeList");
    if (type instanceof Iri iri && NudeReader.ITEM_TYPES.contains(iri)) {
      return iri;
    }
    throw malformed(
        "The sx:itemType of a NudeList is %s; allowed are %s"
            .formatted(type, NudeReader.ITEM_TYPES),
        array);
  }

  /** Names of columns; none when they have none. */
  private List<String> shape(Resource array) {
    if (graph.objects(array, Sx.TUPLE_SHAPE).isEmpty()) {
      return List.of();
    }
    Term shape = only(array, Sx.TUPLE_SHAPE, "a NudeList");
    if (!(shape instanceof Literal literal) || literal.lexical().isBlank()) {
      throw malformed("The sx:tupleShape of a NudeList is " + shape + "; it names columns", array);
    }
    List<String> names = List.of(literal.lexical().trim().split("\\s+"));
    if (new HashSet<>(names).size() < names.size()) {
      throw malformed("The sx:tupleShape of a NudeList has a name twice: " + shape, array);
    }
    return names;
  }

  private Optional<Resource> base() {
    if (graph.object(holder, SmartApi.BASE_OBJECT).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(node(holder, SmartApi.BASE_OBJECT, "a list"));
  }

  private Resource node(Resource subject, Iri property, String what) {
    if (only(subject, property, what) instanceof Resource node) {
      return node;
    }
    throw malformed(
        "The %s of %s is a literal; it has to be a node".formatted(property, what), subject);
  }

  private Term only(Resource subject, Iri property, String what) {
    Collection<Term> values = graph.objects(subject, property);
    if (values.size() != 1) {
      throw malformed(
          "%s has %d values of %s; it has to have one".formatted(what, values.size(), property),
          subject);
    }
    return values.iterator().next();
  }

  private static SmartApiException malformed(String message, Resource node) {
    String text = Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    return new SmartApiException(ErrorType.PARSE_ERROR, text, node);
  }
}
