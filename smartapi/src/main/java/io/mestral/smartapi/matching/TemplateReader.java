package io.mestral.smartapi.matching;

import io.mestral.smartapi.condition.Condition;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Owl;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Sec;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes Entities under an Activity apart into {@link Template}s (Smart API, sections 3.2, 3.3). */
final class TemplateReader {
  /** What stands on a template for other reasons than to select. */
  private static final Set<Iri> NO_SELECTORS =
      Set.of(Owl.SAME_AS, Sec.PROOF, Gr.OFFERS, Sx.AUTHORIZATION);

  private static final Set<Iri> ANY_TYPE = Set.of(Types.ENTITY, Types.OBJECT);
  private static final int DEPTH = 64;

  private final Iri method;
  private final Selectors selectors;
  private final Ontology ontology;

  /** For the templates of one method. */
  TemplateReader(Iri method, Selectors selectors, Ontology ontology) {
    this.method = method;
    this.selectors = selectors;
    this.ontology = ontology;
  }

  /**
   * Reads a template.
   *
   * @throws SmartApiException of type InvalidParams if it has what the method doesn't allow
   */
  Template read(Entity entity) {
    Parts parts = new Parts();
    parts.readAll(entity.graph(), entity.node(), 0);
    return new Template(
        entity,
        identity(entity),
        parts.types,
        parts.selectors,
        parts.selected,
        parts.wanted,
        parts.assignments);
  }

  private static Optional<Iri> identity(Entity entity) {
    if (entity.iri().isPresent()) {
      return entity.iri();
    }
    List<Iri> names = entity.sameAs();
    if (names.size() > 1) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A template names %d Entities by owl:sameAs, one is allowed.".formatted(names.size()),
          entity.node());
    }
    return names.stream().findFirst();
  }

  /** A ValueObject, but nothing that is described by its own properties, such as an Ability. */
  private boolean isValueObject(Graph graph, Resource node) {
    if (graph.objects(node, Rdf.TYPE).isEmpty()) {
      return node instanceof Blank
          && (graph.object(node, Qudt.UNIT).isPresent()
              || graph.object(node, Qudt.QUANTITY_KIND).isPresent());
    }
    return ontology.isA(graph, node, Types.TIME_SERIES)
        || ontology.isA(graph, node, Types.VALUE_OBJECT)
            && !ontology.isA(graph, node, Types.EVALUATION);
  }

  private boolean isSelection() {
    return !method.equals(Individuals.WRITE) && !method.equals(Individuals.CREATE);
  }

  /** What was found while reading one template, or one node inside one. */
  private final class Parts {
    private final Set<Iri> types = new LinkedHashSet<>();
    private final List<Selector> selectors = new ArrayList<>();
    private final Set<PropertyKey> selected = new LinkedHashSet<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private final List<Assignment> assignments = new ArrayList<>();

    void readAll(Graph graph, Resource node, int depth) {
      if (depth > DEPTH) {
        throw new SmartApiException(
            ErrorType.TOO_LARGE_ERROR,
            "A template is nested deeper than " + DEPTH + " nodes, or in a circle.",
            node);
      }
      for (Iri property : graph.predicates(node)) {
        if (property.equals(Rdf.TYPE)) {
          graph.objects(node, Rdf.TYPE).forEach(type -> type(graph, type));
        } else if (property.equals(SmartApi.PARAMETER)) {
          graph.objects(node, property).forEach(parameter -> parameter(graph, parameter, depth));
        } else if (!NO_SELECTORS.contains(property)) {
          PropertyKey key = PropertyKey.of(property);
          graph.objects(node, property).forEach(value -> value(graph, key, value, depth));
        }
      }
    }

    private void type(Graph graph, Term type) {
      if (type instanceof Iri iri) {
        if (!ANY_TYPE.contains(iri)) {
          types.add(iri);
          selectors.add(TemplateReader.this.selectors.type(iri));
        }
      } else if (type instanceof Resource node && isCondition(graph, node)) {
        select(PropertyKey.of(Rdf.TYPE), condition(graph, PropertyKey.of(Rdf.TYPE), node));
      } else {
        throw new SmartApiException(
            ErrorType.INVALID_PARAMS,
            "A template's rdf:type is " + type + ", an IRI or a Condition is wanted.");
      }
    }

    private void parameter(Graph graph, Term parameter, int depth) {
      if (!(parameter instanceof Resource node)
          || !(graph.object(node, SmartApi.KEY).orElse(null) instanceof Literal name)
          || name.lexical().isEmpty()) {
        throw new SmartApiException(
            ErrorType.INVALID_PARAMS,
            "A template has the Parameter "
                + parameter
                + " without a name: smartapi:key is wanted.");
      }
      PropertyKey key = PropertyKey.named(name.lexical());
      graph.objects(node, Rdf.VALUE).forEach(value -> value(graph, key, value, depth));
    }

    private void value(Graph graph, PropertyKey key, Term value, int depth) {
      if (value instanceof Literal literal) {
        select(key, TemplateReader.this.selectors.literal(key, literal));
      } else if (value instanceof Resource node && isCondition(graph, node)) {
        select(key, condition(graph, key, node));
      } else if (value instanceof Resource node && isValueObject(graph, node)) {
        valueObject(key, ValueObject.at(graph, node));
      } else if (value instanceof Iri iri) {
        select(key, TemplateReader.this.selectors.iri(key, iri));
      } else if (value instanceof Blank node) {
        Parts inner = new Parts();
        inner.readAll(graph, node, depth + 1);
        select(key, TemplateReader.this.selectors.structure(key, inner.selectors));
      }
    }

    private void select(PropertyKey key, Selector selector) {
      selectors.add(selector);
      selected.add(key);
    }

    private void valueObject(PropertyKey key, ValueObject value) {
      boolean limits = value.minimum().isPresent() || value.maximum().isPresent();
      if (value.value().isPresent()) {
        if (isSelection()) {
          select(key, TemplateReader.this.selectors.value(key, value));
        } else {
          assignments.add(new Assignment(key, value));
        }
      } else {
        if (limits && isSelection()) {
          select(key, TemplateReader.this.selectors.range(key, value));
        }
        if (method.equals(Individuals.READ) || method.equals(Individuals.SUBSCRIBE)) {
          wanted.add(new Wanted(key, value));
        }
      }
    }

    private Selector condition(Graph graph, PropertyKey key, Resource node) {
      if (method.equals(Individuals.CREATE) || method.equals(Individuals.NOTIFY)) {
        throw new SmartApiException(
            ErrorType.INVALID_PARAMS,
            "A Condition stands at " + key + ". In Create and Notify values are wanted.",
            node);
      }
      return TemplateReader.this.selectors.condition(key, Condition.read(graph, node));
    }

    private boolean isCondition(Graph graph, Resource node) {
      return graph.contains(node, Rdf.TYPE, Types.CONDITION);
    }
  }
}
