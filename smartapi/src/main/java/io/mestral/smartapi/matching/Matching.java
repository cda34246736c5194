package io.mestral.smartapi.matching;

import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.unit.Units;

/** What everything in here works with: who is known, what is a kind of what, and the units. */
record Matching(Stock stock, Ontology ontology, Units units) {

  Selectors selectors() {
    return new Selectors(ontology, stock, new Conversions(units));
  }

  ValueWriter values() {
    return new ValueWriter(units);
  }
}
