package io.mestral.smartapi.condition;

import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.value.Quantity;
import io.mestral.smartapi.value.UnitConversion;
import java.util.Collection;
import java.util.Optional;

/** What a Condition is evaluated on: the properties of its subject. */
public interface ConditionScope {
  /**
   * The values of a property of the subject.
   *
   * @param property any property
   * @return literals, IRIs and nodes; empty when there is none
   */
  Collection<Term> values(Iri property);

  /**
   * Value and unit of a ValueObject that is one of the values.
   *
   * @param node a node of {@link #values}
   * @return its value, or nothing when it is no ValueObject or has no value
   */
  Optional<Quantity> quantity(Resource node);

  /**
   * Converts units when ValueObjects are compared.
   *
   * @return the conversion
   */
  UnitConversion units();
}
