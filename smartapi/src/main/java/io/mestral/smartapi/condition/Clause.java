package io.mestral.smartapi.condition;

import com.google.re2j.Pattern;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.ValueSpace;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One operator of a Condition with its operands; all clauses of a Condition have to hold. */
public sealed interface Clause
    permits Clause.Junction, Clause.Comparison, Clause.Matching, Clause.Presence {

  /**
   * The operator.
   *
   * @return which of the twelve
   */
  Operator operator();

  /**
   * Says whether the clause holds.
   *
   * @param scope the subject's properties
   * @param property the property to test; nothing when nobody names one
   * @return unknown when values are missing or can't be compared
   * @throws SmartApiException of type InvalidParams if a property is needed and nobody names one
   */
  Truth evaluate(ConditionScope scope, Optional<Iri> property);

  /**
   * Adds operator and operands to a Condition's node.
   *
   * @param graph where to
   * @param node the Condition
   */
  void write(Graph.Builder graph, Resource node);

  /**
   * And, or, xor, not.
   *
   * @param operator one of these
   * @param operands what is joined; a value stands for "equal to it"
   */
  record Junction(Operator operator, List<Operand> operands) implements Clause {
    @Override
    public Truth evaluate(ConditionScope scope, Optional<Iri> property) {
      Truth all = Truth.TRUE;
      Truth any = Truth.FALSE;
      int holding = 0;
      boolean unknown = false;
      for (Operand operand : operands) {
        Truth one =
            operand instanceof Condition condition
                ? condition.evaluate(scope, property)
                : new Comparison(Operator.EQUAL, List.of(operand)).evaluate(scope, property);
        all = all.and(one);
        any = any.or(one);
        holding += one == Truth.TRUE ? 1 : 0;
        unknown |= one == Truth.UNKNOWN;
      }
      return switch (operator) {
        case AND -> all;
        case OR -> any;
        case NOT -> any.not();
        default -> unknown ? Truth.UNKNOWN : Truth.of(holding == 1);
      };
    }

    @Override
    public void write(Graph.Builder graph, Resource node) {
      operands.forEach(operand -> graph.add(node, operator.property(), term(graph, operand)));
    }
  }

  /**
   * Equal, less, greater and so on. It holds when one value of the property satisfies it.
   *
   * @param operator one of these
   * @param operands literals, IRIs and ValueObjects
   */
  record Comparison(Operator operator, List<Operand> operands) implements Clause {
    @Override
    public Truth evaluate(ConditionScope scope, Optional<Iri> property) {
      return any(scope, property, value -> compare(scope, value));
    }

    private Truth compare(ConditionScope scope, Term value) {
      boolean none = operator == Operator.NOT_EQUAL;
      Truth result = Truth.of(none);
      for (Operand operand : operands) {
        Truth one = compare(scope, value, operand);
        result = none ? result.and(one) : result.or(one);
      }
      return result;
    }

    private Truth compare(ConditionScope scope, Term value, Operand operand) {
      Optional<Quantity> quantity =
          value instanceof Resource node ? scope.quantity(node) : Optional.empty();
      if (operand instanceof Operand.Measured measured) {
        Quantity mine = quantity.orElseGet(() -> new Quantity(value, Optional.empty()));
        return operator.of(mine.compare(measured.quantity(), scope.units()));
      }
      Term wanted = ((Operand.Fixed) operand).term();
      Term mine = value.equals(wanted) ? value : quantity.map(Quantity::value).orElse(value);
      return operator.of(ValueSpace.compare(mine, wanted));
    }

    @Override
    public void write(Graph.Builder graph, Resource node) {
      operands.forEach(operand -> graph.add(node, operator.property(), term(graph, operand)));
    }
  }

  /**
   * Regular expressions, of which one has to be found in the lexical value.
   *
   * @param patterns the expressions, in the syntax of RE2
   */
  record Matching(List<Pattern> patterns) implements Clause {
    @Override
    public Operator operator() {
      return Operator.REGEX;
    }

    @Override
    public Truth evaluate(ConditionScope scope, Optional<Iri> property) {
      return any(scope, property, value -> find(scope, value));
    }

    private Truth find(ConditionScope scope, Term value) {
      Term tested =
          value instanceof Resource node
              ? scope.quantity(node).map(Quantity::value).orElse(value)
              : value;
      if (tested instanceof Blank) {
        return Truth.UNKNOWN;
      }
      String text = tested instanceof Literal literal ? literal.lexical() : ((Iri) tested).value();
      return Truth.of(patterns.stream().anyMatch(pattern -> pattern.matcher(text).find()));
    }

    @Override
    public void write(Graph.Builder graph, Resource node) {
      patterns.forEach(
          pattern -> graph.add(node, operator().property(), Literal.of(pattern.pattern())));
    }
  }

  /**
   * Whether the property has a value.
   *
   * @param wanted true when it has to have one, false when it must not
   */
  record Presence(boolean wanted) implements Clause {
    @Override
    public Operator operator() {
      return Operator.PRESENT;
    }

    @Override
    public Truth evaluate(ConditionScope scope, Optional<Iri> property) {
      return Truth.of(values(scope, property).isEmpty() != wanted);
    }

    @Override
    public void write(Graph.Builder graph, Resource node) {
      graph.add(node, operator().property(), Literal.of(wanted));
    }
  }

  /** Whether one value satisfies a test; unknown when there is none. */
  private static Truth any(
      ConditionScope scope, Optional<Iri> property, Function<Term, Truth> test) {
    Truth result = Truth.FALSE;
    boolean missing = true;
    for (Term value : values(scope, property)) {
      missing = false;
      result = result.or(test.apply(value));
    }
    return missing ? Truth.UNKNOWN : result;
  }

  private static Collection<Term> values(ConditionScope scope, Optional<Iri> property) {
    return scope.values(
        property.orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.INVALID_PARAMS,
                    "A Condition doesn't say which property it tests; give it sx:onProperty.")));
  }

  /** The node or literal of an operand, described in the graph. */
  private static Term term(Graph.Builder graph, Operand operand) {
    if (operand instanceof Condition condition) {
      return condition.write(graph);
    }
    if (operand instanceof Operand.Fixed fixed) {
      return fixed.term();
    }
    Quantity quantity = ((Operand.Measured) operand).quantity();
    Resource node = new Blank();
    graph.add(node, Rdf.TYPE, Types.VALUE_OBJECT);
    quantity.unit().ifPresent(unit -> graph.add(node, Qudt.UNIT, unit));
    graph.add(node, Rdf.VALUE, quantity.value());
    return node;
  }
}
