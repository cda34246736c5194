package io.mestral.smartapi.condition;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * A Boolean formula over the properties of a subject (Smart API, section 5.3): operators that all
 * have to hold, on the property named here, by an enclosing Condition or by the place where the
 * Condition stands. Immutable; at most 32 Conditions deep and with 1,000 operands in all.
 */
public final class Condition implements Operand {
  /** How deep Conditions may stand in one another. */
  public static final int MOST_DEPTH = 32;

  /** How many Conditions and operands there may be in all. */
  public static final int MOST_NODES = 1_000;

  private final Optional<Iri> name;
  private final Optional<Iri> property;
  private final List<Clause> clauses;
  private final int depth;
  private final int nodes;

  Condition(Optional<Iri> name, Optional<Iri> property, List<Clause> clauses) {
    this.name = name;
    this.property = property;
    this.clauses = List.copyOf(clauses);
    int deepest = 0;
    long count = 1;
    for (Clause clause : clauses) {
      for (Operand operand : operands(clause)) {
        deepest = Math.max(deepest, operand instanceof Condition inner ? inner.depth : 0);
        count += operand instanceof Condition inner ? inner.nodes : 1;
      }
      count += clause instanceof Clause.Matching matching ? matching.patterns().size() : 0;
    }
    checkSize(deepest + 1, count);
    this.depth = deepest + 1;
    this.nodes = (int) count;
  }

  private static List<Operand> operands(Clause clause) {
    if (clause instanceof Clause.Junction junction) {
      return junction.operands();
    }
    return clause instanceof Clause.Comparison comparison ? comparison.operands() : List.of();
  }

  static void checkSize(int depth, long nodes) {
    if (depth > MOST_DEPTH || nodes > MOST_NODES) {
      throw new SmartApiException(
          ErrorType.INVALID_PARAMS,
          "A Condition is %s; allowed are a depth of %d and %d Conditions and operands in all."
              .formatted(
                  depth > MOST_DEPTH ? "nested deeper than " + MOST_DEPTH : "too long",
                  MOST_DEPTH,
                  MOST_NODES));
    }
  }

  /**
   * Reads a Condition.
   *
   * @param graph where it is described
   * @param node the Condition
   * @return the Condition
   * @throws SmartApiException of type InvalidParams if it is malformed, too deep or too long, or
   *     contains itself
   */
  public static Condition read(Graph graph, Resource node) {
    return new ConditionReader(graph).read(node);
  }

  /**
   * Says whether a node is a Condition, by its type or by an operator that it has.
   *
   * @param graph where it is described
   * @param node any node
   * @return whether it is one
   */
  public static boolean isCondition(Graph graph, Resource node) {
    return ConditionReader.isCondition(graph, node);
  }

  /**
   * Begins a Condition.
   *
   * @return a builder without operators
   */
  public static ConditionBuilder builder() {
    return new ConditionBuilder();
  }

  /**
   * The property that it tests, {@code sx:onProperty}.
   *
   * @return the property, or nothing when an enclosing Condition or the place tells it
   */
  public Optional<Iri> property() {
    return property;
  }

  /**
   * The operators with their operands.
   *
   * @return at least one
   */
  public List<Clause> clauses() {
    return clauses;
  }

  /**
   * Evaluates the Condition.
   *
   * @param scope the subject's properties
   * @param place the property at which the Condition stands; nothing when it stands at none, as the
   *     Condition of a price
   * @return unknown when values are missing or can't be compared; that counts as false, and as true
   *     for a Restriction
   * @throws SmartApiException of type InvalidParams if nothing tells which property is tested
   */
  public Truth evaluate(ConditionScope scope, Optional<Iri> place) {
    Optional<Iri> tested = property.isPresent() ? property : place;
    Truth result = Truth.TRUE;
    for (Clause clause : clauses) {
      result = result.and(clause.evaluate(scope, tested));
    }
    return result;
  }

  /**
   * Says whether the Condition holds, unknown counting as false.
   *
   * @param scope the subject's properties
   * @param place the property at which the Condition stands, or nothing
   * @return whether it holds
   * @throws SmartApiException of type InvalidParams if nothing tells which property is tested
   */
  public boolean holds(ConditionScope scope, Optional<Iri> place) {
    return evaluate(scope, place) == Truth.TRUE;
  }

  /**
   * Writes the Condition.
   *
   * @param graph where to
   * @return its node: the one it was read from when that has a name, else a new blank one
   */
  public Resource write(Graph.Builder graph) {
    Resource node = name.isPresent() ? name.get() : new Blank();
    graph.add(node, Rdf.TYPE, Types.CONDITION);
    property.ifPresent(tested -> graph.add(node, Sx.ON_PROPERTY, tested));
    clauses.forEach(clause -> clause.write(graph, node));
    return node;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Condition that && graphOf().equals(that.graphOf());
  }

  @Override
  public int hashCode() {
    return graphOf().hashCode();
  }

  private List<Object> graphOf() {
    return List.of(name, property, clauses);
  }

  /** The operators, for people who debug. */
  @Override
  public String toString() {
    return property.map(Term::toString).orElse("") + clauses;
  }
}
