package io.mestral.smartapi.message;

import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.unit.QudtFamily;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Namespaces;
import java.util.Optional;

/** In which of QUDT's vocabularies a graph names units and quantity kinds. */
final class UnitNames {
  private UnitNames() {}

  /** Whoever knows today's names can be answered with them; nothing when no unit is named. */
  static Optional<QudtFamily> family(Graph graph) {
    boolean legacy = false;
    for (Triple triple : (Iterable<Triple>) graph.triples()::iterator) {
      if (triple.object() instanceof Iri name) {
        if (isModern(name)) {
          return Optional.of(QudtFamily.MODERN);
        }
        legacy |= isLegacy(name);
      }
    }
    return legacy ? Optional.of(QudtFamily.LEGACY) : Optional.empty();
  }

  static Term in(QudtFamily family, Term term, Units units) {
    return term instanceof Iri name && (isModern(name) || isLegacy(name))
        ? units.inFamily(name, family)
        : term;
  }

  private static boolean isModern(Iri name) {
    return name.value().startsWith(Namespaces.UNIT)
        || name.value().startsWith(Namespaces.QUANTITY_KIND);
  }

  private static boolean isLegacy(Iri name) {
    return name.value().startsWith(Namespaces.LEGACY_UNIT)
        || name.value().startsWith(Namespaces.LEGACY_QUANTITY);
  }
}
