package io.mestral.smartapi.unit;

import io.mestral.smartapi.rdf.Iri;
import java.util.HashMap;
import java.util.Map;

/** What QUDT as of 2010 called the units and quantity kinds of today. */
final class Aliases {
  private final Map<Iri, Iri> modern = new HashMap<>();
  private final Map<Iri, Iri> legacy = new HashMap<>();

  Aliases() {
    for (String[] row : Table.read("qudt-aliases.tsv", 2)) {
      Iri former = new Iri(row[0]);
      Iri today = new Iri(row[1]);
      modern.put(former, today);
      legacy.merge(today, former, (one, other) -> preferred(one, other, today));
    }
  }

  /** Today's IRI, or the given one if it isn't a former one. */
  Iri modern(Iri any) {
    return modern.getOrDefault(any, any);
  }

  /** Whether today's IRI has a former one. */
  boolean hasLegacy(Iri today) {
    return legacy.containsKey(today);
  }

  Iri inFamily(Iri any, QudtFamily family) {
    Iri today = modern(any);
    return family == QudtFamily.MODERN ? today : legacy.getOrDefault(today, today);
  }

  /** Of several former names the one that is still in use, else the first by code points. */
  private static Iri preferred(Iri one, Iri other, Iri today) {
    String name = today.value().substring(today.value().lastIndexOf('/') + 1);
    if (one.value().endsWith("#" + name)) {
      return one;
    }
    return other.value().endsWith("#" + name) || other.value().compareTo(one.value()) < 0
        ? other
        : one;
  }
}
