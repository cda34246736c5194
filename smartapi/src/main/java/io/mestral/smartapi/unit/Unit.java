package io.mestral.smartapi.unit;

import io.mestral.smartapi.rdf.Iri;
import java.util.Set;

/**
 * A unit.
 *
 * @param iri today's IRI, or the Smart API's own for units that it minted
 * @param label its name in English, for people
 * @param quantityKinds today's IRIs of the quantity kinds that are measured in it, as the library
 *     lists them; may be empty
 * @param scale how large it is
 */
public record Unit(Iri iri, String label, Set<Iri> quantityKinds, Scale scale) {

  /** Keeps a copy of the kinds. */
  public Unit {
    quantityKinds = Set.copyOf(quantityKinds);
  }

  /** Label and IRI, as error messages name the unit. */
  @Override
  public String toString() {
    return label + " " + iri;
  }
}
