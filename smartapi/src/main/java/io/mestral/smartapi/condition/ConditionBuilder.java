package io.mestral.smartapi.condition;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Iri;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts a {@link Condition} together, for one thread. */
public final class ConditionBuilder {
  private final Map<Operator, Clause> clauses = new EnumMap<>(Operator.class);
  private Optional<Iri> name = Optional.empty();
  private Optional<Iri> property = Optional.empty();

  ConditionBuilder() {}

  /**
   * Gives the Condition a name.
   *
   * @param iri its node
   * @return this
   */
  public ConditionBuilder named(Iri iri) {
    name = Optional.of(iri);
    return this;
  }

  /**
   * Says which property is tested.
   *
   * @param tested the property, of the subject
   * @return this
   */
  public ConditionBuilder on(Iri tested) {
    property = Optional.of(tested);
    return this;
  }

  /**
   * Adds an operator that joins, {@link Operator#AND}, {@link Operator#OR}, {@link Operator#XOR} or
   * {@link Operator#NOT}, or one that compares, {@link Operator#EQUAL} to {@link
   * Operator#GREATER_OR_EQUAL}.
   *
   * @param operator the operator, once in a Condition
   * @param operands what it works on; Conditions only where it joins
   * @return this
   * @throws SmartApiException of type InvalidParams if number or kind of the operands is wrong
   */
  public ConditionBuilder with(Operator operator, Operand... operands) {
    return with(operator, List.of(operands));
  }

  ConditionBuilder with(Operator operator, List<Operand> operands) {
    if (operator == Operator.REGEX || operator == Operator.PRESENT) {
      throw invalid("The operator " + operator + " has operands of its own kind");
    }
    checkCount(operator, operands.size());
    for (Operand operand : operands) {
      boolean joined = operator.isJunction() && operand instanceof Condition;
      if (!joined && !operand.isValue()) {
        throw invalid(
            "The operator %s can't work on %s; allowed are literals, IRIs and ValueObjects with a value%s"
                .formatted(
                    operator.property(),
                    operand instanceof Condition ? "a Condition" : "a node without a name",
                    operator.isJunction() ? ", and Conditions" : ""));
      }
    }
    return add(
        operator.isJunction()
            ? new Clause.Junction(operator, operands)
            : new Clause.Comparison(operator, operands));
  }

  /**
   * Adds regular expressions, of which one has to be found in the lexical value.
   *
   * @param expressions in the syntax of RE2, of at most 1,000 characters each; {@code (?i)} in
   *     front for letters in any case
   * @return this
   * @throws SmartApiException of type InvalidParams if there is none, or one can't be used
   */
  public ConditionBuilder regex(String... expressions) {
    checkCount(Operator.REGEX, expressions.length);
    return add(
        new Clause.Matching(Stream.of(expressions).map(RegularExpression::compile).toList()));
  }

  /**
   * Says that the property has a value, or has none.
   *
   * @param wanted true when it has to have one
   * @return this
   */
  public ConditionBuilder present(boolean wanted) {
    return add(new Clause.Presence(wanted));
  }

  /**
   * Ends the building.
   *
   * @return the Condition
   * @throws SmartApiException of type InvalidParams if it has no operator, or is too deep or long
   */
  public Condition build() {
    if (clauses.isEmpty()) {
      throw invalid(
          "A Condition has no operator; allowed are "
              + Stream.of(Operator.values()).map(Operator::property).toList());
    }
    return new Condition(name, property, List.copyOf(clauses.values()));
  }

  private ConditionBuilder add(Clause clause) {
    if (clauses.putIfAbsent(clause.operator(), clause) != null) {
      throw invalid(
          "The operator %s is twice in a Condition; give it all operands at once"
              .formatted(clause.operator().property()));
    }
    return this;
  }

  static void checkCount(Operator operator, int count) {
    if (count < operator.fewest() || count > operator.most()) {
      throw invalid(
          "The operator %s has %d operands; %s"
              .formatted(
                  operator.property(),
                  count,
                  operator.most() == 1
                      ? "it works on one"
                      : "it works on " + operator.fewest() + " or more"));
    }
  }

  static SmartApiException invalid(String message) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, message + ".");
  }
}
