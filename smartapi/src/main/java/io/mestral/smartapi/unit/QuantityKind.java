package io.mestral.smartapi.unit;

import io.mestral.smartapi.rdf.Iri;
import java.util.Set;

/**
 * A sort of quantity, such as velocity or air temperature.
 *
 * @param iri today's IRI, or the Smart API's own
 * @param label its name in English, for people
 * @param broader the kinds of which this one is a sort, near and far; of kinds that are taken as
 *     equal one stands for all. May be empty
 */
public record QuantityKind(Iri iri, String label, Set<Iri> broader) {

  /** Keeps a copy of the broader kinds. */
  public QuantityKind {
    broader = Set.copyOf(broader);
  }

  /** Label and IRI, as error messages name the kind. */
  @Override
  public String toString() {
    return label + " " + iri;
  }
}
