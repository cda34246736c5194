package io.mestral.smartapi.condition;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tree of a Condition. What is referred to twice counts twice. */
final class ConditionReader {
  private final Graph graph;
  private final Set<Resource> enclosing = new LinkedHashSet<>();
  private int nodes;

  ConditionReader(Graph graph) {
    this.graph = graph;
  }

  static boolean isCondition(Graph graph, Resource node) {
    if (graph.contains(node, Rdf.TYPE, Types.CONDITION)) {
      return true;
    }
    for (Operator operator : Operator.values()) {
      if (!graph.objects(node, operator.property()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  Condition read(Resource node) {
    if (!enclosing.add(node)) {
      throw new SmartApiException(ErrorType.INVALID_PARAMS, "A Condition contains itself.", node);
    }
    count();
    Condition.checkSize(enclosing.size(), nodes);
    ConditionBuilder builder = new ConditionBuilder();
    if (node instanceof Iri iri) {
      builder.named(iri);
    }
    property(node).ifPresent(builder::on);
    for (Operator operator : Operator.values()) {
      Collection<Term> operands = graph.objects(node, operator.property());
      if (!operands.isEmpty()) {
        add(builder, operator, operands);
      }
    }
    enclosing.remove(node);
    return builder.build();
  }

  private void count() {
    Condition.checkSize(enclosing.size(), ++nodes);
  }

  private Optional<Iri> property(Resource node) {
    Collection<Term> properties = graph.objects(node, Sx.ON_PROPERTY);
    if (properties.isEmpty()) {
      return Optional.empty();
    }
    if (properties.size() > 1 || !(properties.iterator().next() instanceof Iri iri)) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A Condition has %d values of sx:onProperty, the first being %s; one IRI is allowed."
              .formatted(properties.size(), properties.iterator().next()),
          node);
    }
    return Optional.of(iri);
  }

  private void add(ConditionBuilder builder, Operator operator, Collection<Term> terms) {
    ConditionBuilder.checkCount(operator, terms.size());
    switch (operator) {
      case REGEX:
        builder.regex(terms.stream().map(this::expression).toArray(String[]::new));
        break;
      case PRESENT:
        count();
        builder.present(truth(terms.iterator().next()));
        break;
      default:
        List<Operand> operands = new ArrayList<>();
        for (Term term : terms) {
          operands.add(operand(term));
        }
        builder.with(operator, operands);
    }
  }

  private String expression(Term term) {
    count();
    if (term instanceof Literal literal && literal.datatype().equals(Xsd.STRING)) {
      return literal.lexical();
    }
    throw ConditionBuilder.invalid(
        "The smartapi:regex of a Condition is " + term + "; it has to be an xsd:string");
  }

  private static boolean truth(Term term) {
    if (term instanceof Literal literal && literal.datatype().equals(Xsd.BOOLEAN)) {
      return Variant.of(term).asBoolean();
    }
    throw ConditionBuilder.invalid(
        "The sx:present of a Condition is " + term + "; it has to be an xsd:boolean");
  }

  private Operand operand(Term term) {
    if (!(term instanceof Resource node)) {
      count();
      return Operand.of(term);
    }
    if (isCondition(graph, node)) {
      return read(node);
    }
    count();
    return Quantity.read(graph, node).map(Operand::of).orElseGet(() -> Operand.of(node));
  }
}
