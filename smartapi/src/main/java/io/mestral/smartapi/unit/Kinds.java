package io.mestral.smartapi.unit;

import io.github.qudtlib.Qudt;
import io.mestral.smartapi.rdf.Iri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Quantity kinds, which are equal and which are sorts of others (Smart API, section 6). The
 * library's relations, and those of {@code kinds.tsv} beside them.
 */
final class Kinds {
  private final Map<Iri, String> labels = new HashMap<>();
  private final Map<Iri, Iri> representatives = new HashMap<>();
  private final Map<Iri, Set<Iri>> parents = new HashMap<>();
  private final Map<Iri, QuantityKind> kinds = new HashMap<>();

  Kinds() {
    for (var kind : Qudt.allQuantityKinds()) {
      Iri iri = new Iri(kind.getIri());
      labels.put(iri, Labels.of(kind.getLabels(), kind.getIri()));
      for (var broader : kind.getBroaderQuantityKinds()) {
        parents.computeIfAbsent(iri, any -> new HashSet<>()).add(new Iri(broader.getIri()));
      }
    }
    for (String[] row : Table.read("kinds.tsv", 4)) {
      relate(row);
    }
    Map<Iri, Set<Iri>> merged = new HashMap<>();
    parents.forEach(
        (kind, above) -> {
          Set<Iri> to = merged.computeIfAbsent(representative(kind), any -> new HashSet<>());
          above.forEach(each -> to.add(representative(each)));
        });
    labels.forEach(
        (iri, label) -> kinds.put(iri, new QuantityKind(iri, label, above(iri, merged))));
  }

  private void relate(String[] row) {
    Iri kind = new Iri(row[0]);
    if (!row[1].isEmpty()) {
      labels.put(kind, row[1]);
    }
    switch (row[2]) {
      case "equal" -> representatives.put(kind, new Iri(row[3]));
      case "narrower" -> parents.computeIfAbsent(kind, any -> new HashSet<>()).add(new Iri(row[3]));
      case "known" -> {}
      default -> throw new IllegalStateException("kinds.tsv: unknown relation " + row[2]);
    }
  }

  QuantityKind get(Iri today) {
    return kinds.get(today);
  }

  /** Whether values of one kind are values of the other, too. */
  boolean compatible(Iri one, Iri other) {
    return one.equals(other)
        || representative(one).equals(representative(other))
        || isBelow(one, other)
        || isBelow(other, one);
  }

  /**
   * Whether values are differences or rates of temperatures, which have no zero to start from. Such
   * kinds are known by their names.
   */
  boolean isDifference(Iri kind) {
    String name = representative(kind).value();
    return name.contains("TemperatureDifference")
        || name.contains("TemperatureChange")
        || name.contains("TemperaturePerTime")
        || name.contains("TemperatureRate")
        || name.contains("TemperatureGradient");
  }

  private boolean isBelow(Iri narrow, Iri broad) {
    QuantityKind kind = kinds.get(narrow);
    return kind != null && kind.broader().contains(representative(broad));
  }

  private Iri representative(Iri kind) {
    Iri next = kind;
    while (representatives.containsKey(next)) {
      next = representatives.get(next);
    }
    return next;
  }

  private Set<Iri> above(Iri kind, Map<Iri, Set<Iri>> merged) {
    Set<Iri> found = new HashSet<>();
    Deque<Iri> open = new ArrayDeque<>(Set.of(representative(kind)));
    while (!open.isEmpty()) {
      for (Iri next : merged.getOrDefault(open.pop(), Set.of())) {
        if (found.add(next)) {
          open.push(next);
        }
      }
    }
    found.remove(representative(kind));
    return found;
  }
}
