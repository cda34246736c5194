package io.mestral.smartapi.syntax.jsonld;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.json.CanonicalJson;
import io.mestral.smartapi.syntax.json.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes triples of JSON-LD while it reads it, without a tree: of documents with a {@link
 * TermContext}, and of what the library expanded. For one document.
 *
 * <p>As JSON-LD says, names and references that are no absolute IRIs are dropped, with the triples
 * that they would stand in.
 */
final class StreamReader {
  private static final int CACHED = 4096;

  private final JsonParser parser;
  private final Limits limits;
  private final boolean expanded;
  private final TripleSink sink;
  private final Map<String, Optional<Property>> properties = new HashMap<>();
  private final Map<String, Resource> references = new HashMap<>();
  private TermContext context;
  private boolean contextKnown;
  private int depth;

  /**
   * A reader of one document.
   *
   * @param parser before the first token
   * @param limits what the graph may grow to
   * @param context the terms in force
   * @param contextKnown whether those are the document's own, read before
   * @param expanded whether the document is what the library's expansion made
   */
  StreamReader(
      JsonParser parser,
      Limits limits,
      TermContext context,
      boolean contextKnown,
      boolean expanded) {
    this.parser = parser;
    this.limits = limits;
    this.context = context;
    this.contextKnown = contextKnown;
    this.expanded = expanded;
    this.sink = new TripleSink(limits);
  }

  /**
   * Reads the document.
   *
   * @return its triples
   * @throws IOException if it isn't JSON
   * @throws NotSimple if it needs the library's expansion
   * @throws LateContext if it has to be read again with its context
   * @throws SmartApiException if it is over a limit or wrong
   */
  Graph read() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      throw new SmartApiException(ErrorType.PARSE_ERROR, "The document is empty.");
    }
    switch (token) {
      case START_OBJECT -> object(Property.plain(Optional.empty()), Frame.Place.ROOT);
      case START_ARRAY -> nodes();
      default ->
          throw JsonText.parseError(
              "A JSON-LD document is an object or an array", parser.currentTokenLocation());
    }
    if (parser.nextToken() != null) {
      throw JsonText.parseError(
          "There is more after the end of the document", parser.currentTokenLocation());
    }
    return sink.build();
  }

  /** Nodes that aren't values: the document's, or a graph's. */
  private List<Resource> nodes() throws IOException {
    List<Resource> nodes = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      nodes.add(top());
      return nodes;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new NotSimple("it has " + parser.currentToken() + " where nodes stand");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        skipValue();
        continue;
      }
      Resource node = top();
      if (expanded) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** A value that belongs to nothing; the library leaves null where such a thing was. */
  private void skipValue() throws IOException {
    if (!expanded) {
      throw new NotSimple("it has values that belong to nothing");
    }
    parser.skipChildren();
  }

  private Resource top() throws IOException {
    return (Resource) object(Property.plain(Optional.empty()), Frame.Place.TOP).orElseThrow();
  }

  private Optional<Term> object(Property property, Frame.Place place) throws IOException {
    Frame frame = new Frame(place);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("@context")) {
        context(frame);
        continue;
      }
      if (frame.holdsGraph) {
        throw new NotSimple("it has a graph and " + JsonText.shortened(name));
      }
      frame.begun = true;
      if (!name.isEmpty() && name.charAt(0) == '@') {
        keyword(frame, name, property);
      } else {
        member(frame, name);
      }
    }
    return end(frame);
  }

  private void context(Frame frame) throws IOException {
    if (frame.place != Frame.Place.ROOT) {
      throw new NotSimple("it has @context below its root");
    }
    if (contextKnown) {
      parser.skipChildren();
      return;
    }
    TermContext read = ContextReader.read(parser);
    if (frame.begun) {
      throw new LateContext(read);
    }
    context = read;
  }

  private void keyword(Frame frame, String name, Property property) throws IOException {
    switch (name) {
      case "@id" -> id(frame);
      case "@type" -> types(frame);
      case "@value" -> value(frame);
      case "@language" -> frame.language = Optional.of(text("@language"));
      case "@list" -> frame.list = Optional.of(list(property));
      case "@graph" -> graph(frame);
      default -> {
        if (!expanded) {
          throw new NotSimple("it has " + JsonText.shortened(name));
        }
        expandedKeyword(frame, name);
      }
    }
  }

  private void expandedKeyword(Frame frame, String name) throws IOException {
    switch (name) {
      case "@included" -> nodes();
      case "@reverse" -> reverse(subject(frame));
      case "@index", "@direction" -> parser.skipChildren(); // of which triples tell nothing
      default -> throw new NotSimple("it has " + name + " among the members of a node");
    }
  }

  private void reverse(Resource subject) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Property property = Property.plain(context.vocabularyIri(parser.currentName()));
      parser.nextToken();
      for (Resource node : nodes()) {
        sink.add(node, property, subject);
      }
    }
  }

  private String text(String keyword) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new NotSimple("the value of its " + keyword + " is no text");
    }
    return parser.getText();
  }

  private void id(Frame frame) throws IOException {
    frame.named = true;
    Resource id = reference(text("@id"));
    if (frame.subject.isPresent()) {
      if (id.equals(TripleSink.NOTHING)) {
        throw new NotSimple("it has an @id that is no IRI after other members");
      }
      sink.rename((Blank) frame.subject.get(), id);
    }
    frame.subject = Optional.of(id);
  }

  private Resource reference(String text) {
    Resource known = references.get(text);
    if (known != null) {
      return known;
    }
    Resource made = text.startsWith("_:") ? new Blank() : iri(text);
    if (text.startsWith("_:") || references.size() < CACHED) {
      references.put(text, made);
    }
    return made;
  }

  private Resource iri(String text) {
    if (text.startsWith("@") && !expanded) {
      throw new NotSimple("it has " + JsonText.shortened(text) + " for an IRI");
    }
    String iri = context.expand(text);
    return TermText.isUsable(iri) ? new Iri(iri) : TripleSink.NOTHING;
  }

  private void types(Frame frame) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      frame.severalTypes = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        type(frame, text("@type"));
      }
    } else {
      type(frame, text("@type"));
    }
  }

  private void type(Frame frame, String type) {
    if (frame.node) {
      sink.add(subject(frame), TripleSink.TYPE, classOf(type));
    } else {
      frame.types.add(type);
    }
  }

  private Resource classOf(String type) {
    if (type.startsWith("_:") || context.term(type).isEmpty()) {
      return reference(type);
    }
    return context.vocabularyIri(type).orElseThrow();
  }

  private void value(Frame frame) throws IOException {
    JsonToken token = parser.currentToken();
    frame.value = Optional.of(token);
    frame.valueText =
        token.isStructStart()
            ? CanonicalJson.read(parser, limits.listLiteralLength())
            : token.isNumeric() ? JsonText.number(parser) : parser.getText();
  }

  private void graph(Frame frame) throws IOException {
    if (expanded) {
      frame.graph = Optional.of(sink.inner(this::nodes));
      return;
    }
    boolean alone =
        frame.place == Frame.Place.ROOT && !frame.node && !frame.named && frame.types.isEmpty();
    if (!alone) {
      throw new NotSimple("it has @graph below its root or beside other members");
    }
    frame.holdsGraph = true;
    nodes();
  }

  private void member(Frame frame, String name) throws IOException {
    Optional<Property> property = property(name);
    if (property.isEmpty()) {
      parser.skipChildren();
      return;
    }
    makeNode(frame);
    values(subject(frame), property.get());
  }

  private Optional<Property> property(String name) {
    Optional<Property> known = properties.get(name);
    if (known != null) {
      return known;
    }
    Optional<Property> property = context.term(name);
    if (property.isEmpty() && name.indexOf(':') >= 0) {
      property = Optional.of(Property.plain(context.vocabularyIri(name)));
    }
    if (properties.size() < CACHED) {
      properties.put(name, property);
    }
    return property;
  }

  private void makeNode(Frame frame) {
    if (frame.node) {
      return;
    }
    frame.node = true;
    if (++depth > limits.depth()) {
      throw new SmartApiException(
          ErrorType.TOO_LARGE_ERROR,
          "Nodes stand in one another deeper than %d; name them by @id instead."
              .formatted(limits.depth()));
    }
    for (String type : frame.types) {
      sink.add(subject(frame), TripleSink.TYPE, classOf(type));
    }
  }

  private static Resource subject(Frame frame) {
    if (frame.subject.isEmpty()) {
      frame.subject = Optional.of(new Blank());
    }
    return frame.subject.get();
  }

  private void values(Resource subject, Property property) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      item(property).ifPresent(value -> sink.add(subject, property, value));
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item(property).ifPresent(value -> sink.add(subject, property, value));
    }
  }

  private Term list(Property property) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new NotSimple("it has a @list that is no array");
    }
    List<Term> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      item(property).ifPresent(items::add);
      if (items.size() > limits.triples() / 2) {
        throw new SmartApiException(
            ErrorType.TOO_LARGE_ERROR,
            "A list makes the document have more than %d triples.".formatted(limits.triples()));
      }
    }
    return sink.list(items);
  }

  /** One value: a term, or nothing when JSON-LD's expansion leaves it out. */
  private Optional<Term> item(Property property) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT -> object(property, Frame.Place.VALUE);
      case VALUE_STRING -> Optional.of(string(property));
      case VALUE_TRUE, VALUE_FALSE -> {
        boolean truth = parser.currentToken() == JsonToken.VALUE_TRUE;
        yield Optional.of(
            property.datatype().isEmpty()
                ? Literal.of(truth)
                : ValueTerms.typed(Boolean.toString(truth), property.datatype().get()));
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          Optional.of(ValueTerms.number(JsonText.number(parser), property.datatype()));
      default -> throw new NotSimple("it has an array within an array");
    };
  }

  private Term string(Property property) throws IOException {
    String text = parser.getText();
    if (property.reference()) {
      return reference(text);
    }
    return property.datatype().isEmpty()
        ? Literal.of(text)
        : ValueTerms.typed(text, property.datatype().get());
  }

  private Optional<Term> end(Frame frame) {
    if (frame.value.isPresent() || frame.list.isPresent() || frame.language.isPresent()) {
      if (frame.node || frame.named || frame.place != Frame.Place.VALUE) {
        throw new NotSimple("it has a value with members of a node");
      }
      return frame.list.isPresent() ? listTerm(frame) : ValueTerms.of(frame, context, expanded);
    }
    if (frame.holdsGraph) {
      return Optional.empty();
    }
    if (!frame.types.isEmpty()) {
      makeNode(frame);
    }
    if (frame.node) {
      depth--;
    }
    Resource subject = subject(frame);
    frame.graph.ifPresent(graph -> sink.name(subject, graph));
    return Optional.of(subject);
  }

  private static Optional<Term> listTerm(Frame frame) {
    boolean mixed = frame.value.isPresent() || frame.language.isPresent() || !frame.types.isEmpty();
    if (mixed) {
      throw new NotSimple("it has @list with other members");
    }
    return frame.list;
  }

  /** Says that a document has its context after what has to be read with it. */
  static final class LateContext extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TermContext context;

    private LateContext(TermContext context) {
      super("the context stands after other members", null, false, false);
      this.context = context;
    }

    /**
     * The context.
     *
     * @return what the document's {@code @context} says
     */
    TermContext context() {
      return context;
    }
  }
}
