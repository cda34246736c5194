package io.mestral.smartapi.shape;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.message.MessageReader;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.jena.JenaGraphs;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.vocabulary.Rdfs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.sparql.path.P_Link;

/**
 * The shapes of messages and of what stands in them (Smart API, sections 1.4 and 2): how many
 * values a property has and of which kind. Classes and properties that the vocabulary doesn't have
 * are never wrong, and neither is a Condition where a template has one instead of a value. Sender,
 * time and number of messages are {@link MessageReader}'s to check; what values mean together, such
 * as a span that ends before it starts, is checked by whoever works with them.
 *
 * <p>Immutable; any number of threads may use one.
 */
public final class Shapes {
  private static final int MOST_TOLD = 5;

  private final org.apache.jena.shacl.Shapes shapes;
  private final Ontology ontology;

  private Shapes(org.apache.jena.shacl.Shapes shapes, Ontology ontology) {
    this.shapes = shapes;
    this.ontology = ontology;
  }

  /**
   * The shapes that are bundled with the library.
   *
   * @return always the same ones
   */
  public static Shapes core() {
    return Core.SHAPES;
  }

  /**
   * The same shapes for messages with classes of an operator's own.
   *
   * @param more which classes are kinds of which
   * @return shapes that hold for these classes, too
   */
  public Shapes with(Ontology more) {
    return new Shapes(shapes, more);
  }

  /**
   * Looks for what is wrong.
   *
   * @param message a message, or any description, in our own terms as {@link MessageReader} gives
   *     it
   * @return all that is wrong, in no particular order; empty when nothing is
   */
  public List<Violation> violations(Graph message) {
    var report = ShaclValidator.get().validate(shapes, forJena(message));
    if (report.conforms()) {
      return List.of();
    }
    Names names = new Names(message);
    Map<String, Resource> blanks = new HashMap<>();
    for (Resource node : message.subjects()) {
      blanks.put(node.toString(), node);
    }
    Set<Violation> found = new LinkedHashSet<>();
    for (ReportEntry entry : report.getEntries()) {
      Resource node = (Resource) term(entry.focusNode(), blanks);
      Optional<Term> value =
          Optional.ofNullable(entry.value())
              .filter(one -> !one.equals(entry.focusNode()))
              .map(one -> term(one, blanks));
      found.add(new Violation(node, names.place(node), property(entry), value, entry.message()));
    }
    return new ArrayList<>(found);
  }

  /**
   * Refuses what is wrong.
   *
   * @param message as for {@link #violations}
   * @throws SmartApiException of type InvalidParams, with the first violations in words and the
   *     node of the first, if there are any
   */
  public void require(Graph message) {
    List<Violation> found = violations(message);
    if (!found.isEmpty()) {
      StringBuilder text = new StringBuilder();
      found.stream().limit(MOST_TOLD).forEach(one -> text.append(one).append(' '));
      if (found.size() > MOST_TOLD) {
        text.append("And ").append(found.size() - MOST_TOLD).append(" more. ");
      }
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS, text.toString().strip(), found.get(0).node());
    }
  }

  /** With what each type is a kind of: on the wire stand the most special types alone. */
  private org.apache.jena.graph.Graph forJena(Graph message) {
    Graph.Builder typed = Graph.builder().addAll(message);
    Set<Iri> types = new LinkedHashSet<>();
    message
        .triples()
        .filter(t -> t.predicate().equals(Rdf.TYPE) && t.object() instanceof Iri)
        .forEach(t -> types.add((Iri) t.object()));
    for (Iri type : types) {
      ontology.superclasses(type).forEach(wider -> typed.add(type, Rdfs.SUB_CLASS_OF, wider));
    }
    return JenaGraphs.toJena(typed.build());
  }

  private static Optional<Iri> property(ReportEntry entry) {
    return entry.resultPath() instanceof P_Link link
        ? Optional.of(new Iri(link.getNode().getURI()))
        : Optional.empty();
  }

  private static Term term(Node node, Map<String, Resource> blanks) {
    if (node.isURI()) {
      return new Iri(node.getURI());
    }
    if (node.isBlank()) {
      return blanks.getOrDefault("_:" + node.getBlankNodeLabel(), new Blank());
    }
    return node.getLiteralLanguage().isEmpty()
        ? Literal.of(node.getLiteralLexicalForm(), new Iri(node.getLiteralDatatypeURI()))
        : Literal.inLanguage(node.getLiteralLexicalForm(), node.getLiteralLanguage());
  }

  /** Read when they are first asked for. */
  private static final class Core {
    static final Shapes SHAPES =
        new Shapes(org.apache.jena.shacl.Shapes.parse(JenaGraphs.toJena(read())), Ontology.core());

    private static Graph read() {
      try (InputStream file = Shapes.class.getResourceAsStream("shapes.ttl")) {
        return new TurtleReader(Limits.DEFAULT).read(file.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("the bundled shapes can't be read", e);
      }
    }
  }
}
