package io.mestral.routing.request.directory;

import io.mestral.routing.request.call.Offering;
import io.mestral.smartapi.model.place.Zone;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The directory's Entities in memory, found by name, type, Zone and what they offer. One thread
 * changes it; any may look, and may see a change by halves only between two Entities.
 */
final class Shelf {
  private final Map<Iri, Listed> entities = new ConcurrentHashMap<>();
  private final Map<Iri, Set<Iri>> byType = new ConcurrentHashMap<>();
  private final Map<Iri, Set<Iri>> offering = new ConcurrentHashMap<>();
  private final Map<Iri, Set<Iri>> members = new ConcurrentHashMap<>();
  private volatile List<Zone> areas = List.of();

  int size() {
    return entities.size();
  }

  Optional<Listed> find(Iri iri) {
    return Optional.ofNullable(entities.get(iri));
  }

  Collection<Listed> all() {
    return entities.values();
  }

  /** Those with one of the types, or a kind of it; all when there are none. */
  Stream<Listed> all(Set<Iri> types) {
    if (types.isEmpty()) return entities.values().stream();
    List<Set<Iri>> sets =
        byType.entrySet().stream()
            .filter(one -> types.stream().anyMatch(type -> isA(one.getKey(), type)))
            .map(Map.Entry::getValue)
            .toList();
    Stream<Iri> names =
        sets.size() == 1 ? sets.get(0).stream() : sets.stream().flatMap(Set::stream).distinct();
    return names.flatMap(iri -> find(iri).stream());
  }

  private static boolean isA(Iri type, Iri wider) {
    return type.equals(wider) || Ontology.core().isA(type, wider);
  }

  /** Those that offer an Activity, by name. */
  List<Listed> offering(Iri activity) {
    return offering.getOrDefault(activity, Set.of()).stream()
        .sorted(Comparator.comparing(Iri::value))
        .flatMap(iri -> find(iri).stream())
        .toList();
  }

  /** All Activities that somebody offers. */
  Stream<Iri> activities() {
    return offering.keySet().stream();
  }

  /**
   * Zones that have an area and no members by name, whose area counts therefore (section 9, 21).
   */
  List<Zone> areas() {
    return areas;
  }

  void put(Listed listed) {
    Listed before = entities.put(listed.iri(), listed);
    if (before != null) index(before, false);
    index(listed, true);
    if (isZone(listed) || before != null && isZone(before)) drawAreas();
  }

  void remove(Iri iri) {
    Listed before = entities.remove(iri);
    if (before == null) return;
    index(before, false);
    if (isZone(before)) drawAreas();
  }

  private void index(Listed listed, boolean isThere) {
    Iri name = listed.iri();
    listed.entity().types().forEach(type -> mark(byType, type, name, isThere));
    Offering.of(listed.entity()).forEach(one -> mark(offering, one, name, isThere));
    for (Term zone : listed.entity().graph().objects(listed.entity().node(), SmartApi.ZONE))
      if (zone instanceof Iri iri) {
        boolean first = mark(members, iri, name, isThere);
        if (first) drawAreas();
      }
  }

  /** Whether a set came into being or went by this. */
  private static boolean mark(Map<Iri, Set<Iri>> index, Iri key, Iri name, boolean isThere) {
    boolean there = index.containsKey(key);
    index.compute(
        key,
        (same, names) -> {
          Set<Iri> set = names == null ? ConcurrentHashMap.newKeySet() : names;
          if (isThere) set.add(name);
          else set.remove(name);
          return set.isEmpty() ? null : set;
        });
    return there != index.containsKey(key);
  }

  private static boolean isZone(Listed listed) {
    return listed.entity().types().contains(Types.ZONE);
  }

  private void drawAreas() {
    areas =
        byType.getOrDefault(Types.ZONE, Set.of()).stream()
            .filter(zone -> !members.containsKey(zone))
            .flatMap(zone -> find(zone).stream())
            .map(listed -> listed.entity().as(Zone::at))
            .filter(zone -> !zone.rings().isEmpty() || !zone.polygons().isEmpty())
            .toList();
  }
}
