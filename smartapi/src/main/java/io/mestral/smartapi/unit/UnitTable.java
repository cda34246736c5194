package io.mestral.smartapi.unit;

import io.github.qudtlib.Qudt;
import io.mestral.smartapi.rdf.Iri;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All units: the library's, with what {@code unit-definitions.tsv} says better, and the Smart
 * API's.
 */
final class UnitTable {
  /** Examples of other units that an error message gives. */
  private static final int EXAMPLES = 5;

  private final Map<Iri, Unit> units = new HashMap<>();
  private final Map<String, List<Iri>> symbols = new HashMap<>();
  private final Map<Dimension, List<Unit>> examples = new HashMap<>();

  UnitTable(Aliases aliases) {
    for (var unit : Qudt.allUnits()) {
      Set<Iri> kinds = new HashSet<>();
      unit.getQuantityKinds().forEach(kind -> kinds.add(new Iri(kind.getIri())));
      Iri iri = new Iri(unit.getIri());
      String label = Labels.of(unit.getLabels(), unit.getIri());
      units.put(iri, new Unit(iri, label, kinds, libraryScale(unit)));
      unit.getSymbol()
          .ifPresent(
              symbol -> symbols.computeIfAbsent(symbol, first -> new ArrayList<>(1)).add(iri));
    }
    for (String[] row : Table.read("unit-definitions.tsv", 7)) {
      define(row);
    }
    List<Unit> inOrder = new ArrayList<>(units.values());
    inOrder.sort(
        Comparator.comparing((Unit unit) -> !aliases.hasLegacy(unit.iri()))
            .thenComparing(unit -> unit.iri().value().length())
            .thenComparing(unit -> unit.iri().value()));
    for (Unit unit : inOrder) {
      if (unit.scale() instanceof Scale.Linear linear) {
        List<Unit> known = examples.computeIfAbsent(linear.dimension(), any -> new ArrayList<>());
        if (known.size() < EXAMPLES) {
          known.add(unit);
        }
      }
    }
  }

  Unit get(Iri today) {
    return units.get(today);
  }

  /** The only unit of a symbol, or null. */
  Unit ofSymbol(String symbol) {
    List<Iri> found = symbols.getOrDefault(symbol, List.of());
    return found.size() == 1 ? units.get(found.get(0)) : null;
  }

  Collection<Unit> all() {
    return units.values();
  }

  /** A few units into which values of the dimension can be converted, the best known first. */
  List<Unit> examples(Dimension dimension) {
    return examples.getOrDefault(dimension, List.of());
  }

  private static Scale libraryScale(io.github.qudtlib.model.Unit unit) {
    if (unit.getCurrencyCode().isPresent()) {
      return new Scale.None("a currency");
    }
    String vector = unit.getDimensionVectorIri().orElse("");
    int ratio = vector.lastIndexOf('D');
    int start = vector.lastIndexOf('/') + 1;
    if (!vector.startsWith("http") || ratio < start || unit.getConversionMultiplier().isEmpty()) {
      return new Scale.None("how large it is isn't published");
    }
    return new Scale.Linear(
        new Dimension(vector.substring(start, ratio)),
        unit.getConversionMultiplier().get(),
        BigDecimal.ONE,
        unit.getConversionOffset().orElse(BigDecimal.ZERO));
  }

  /** A row: IRI, label, numerator, denominator, offset, dimension, reason. */
  private void define(String[] row) {
    Iri iri = new Iri(row[0]);
    Unit known = units.get(iri);
    String label = row[1].isEmpty() ? known.label() : row[1];
    Set<Iri> kinds = known == null ? Set.of() : known.quantityKinds();
    if (row[2].isEmpty()) {
      units.put(iri, new Unit(iri, label, kinds, new Scale.None(row[6])));
      return;
    }
    Dimension dimension =
        row[5].isEmpty() ? ((Scale.Linear) known.scale()).dimension() : new Dimension(row[5]);
    Scale scale =
        new Scale.Linear(
            dimension, new BigDecimal(row[2]), new BigDecimal(row[3]), new BigDecimal(row[4]));
    units.put(iri, new Unit(iri, label, kinds, scale));
  }
}
