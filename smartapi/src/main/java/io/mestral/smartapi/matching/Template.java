package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An Entity under an Activity, taken apart (Smart API, section 3.3).
 *
 * @param entity the Entity as it was sent
 * @param identity the one Entity that is meant, when it is named
 * @param types the types that a candidate must have or be kinds of
 * @param selectors what else a candidate must be or have; not looked at when it is named
 * @param selected the properties that selectors stand at, which are answered as well
 * @param wanted what is asked for
 * @param assignments what is to be written
 */
record Template(
    Entity entity,
    Optional<Iri> identity,
    Set<Iri> types,
    List<Selector> selectors,
    Set<PropertyKey> selected,
    List<Wanted> wanted,
    List<Assignment> assignments) {

  /** Whether it means whatever there is (rule M15). */
  boolean isEmpty() {
    return identity.isEmpty() && selectors.isEmpty();
  }

  /** Whether a candidate is meant (rules M1 and M2). */
  boolean matches(Entity candidate) {
    Graph graph = candidate.graph();
    Resource node = candidate.node();
    if (identity.isPresent()) {
      return true;
    }
    for (Selector one : selectors) {
      if (!one.holds(graph, node)) {
        return false;
      }
    }
    return true;
  }
}
