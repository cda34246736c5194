package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JSON object that is being read, with what is known of it so far. */
final class Frame {
  /** Where it stands: the document itself, among the document's nodes, or as a value. */
  enum Place {
    ROOT,
    TOP,
    VALUE
  }

  final Place place;

  /** The node that it describes, as soon as something needs it. */
  Optional<Resource> subject = Optional.empty();

  /** Whether it has {@code @id}. */
  boolean named;

  /** Whether it has a property, so that it is a node. */
  boolean node;

  /** Whether anything but its context was read. */
  boolean begun;

  /** Whether it has {@code @graph}, as the root may. */
  boolean holdsGraph;

  /** A graph that the node names. */
  Optional<Graph> graph = Optional.empty();

  /** {@code @type}, not expanded: classes, or a datatype. */
  final List<String> types = new ArrayList<>(2);

  /** Whether {@code @type} was an array, which no datatype is. */
  boolean severalTypes;

  /** The first token of {@code @value}. */
  Optional<JsonToken> value = Optional.empty();

  /** A text, the text of a number, or the canonical form of an array or object. */
  String valueText = "";

  Optional<String> language = Optional.empty();

  /** What {@code @list} became. */
  Optional<Term> list = Optional.empty();

  Frame(Place place) {
    this.place = place;
  }
}
