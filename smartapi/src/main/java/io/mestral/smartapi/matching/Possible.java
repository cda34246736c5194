package io.mestral.smartapi.matching;

import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Resource;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An Entity that an Activity may be about.
 *
 * @param entity what is known of it
 * @param isWhole whether all of it is asked for
 * @param values the ValueObjects and series of it that are asked for or selected by
 */
public record Possible(Entity entity, boolean isWhole, Set<Resource> values) {

  /** Copies the set, so that the value stays as it is. */
  public Possible {
    values = Set.copyOf(values);
  }

  static Possible of(Entity entity, Template template, Selectors selectors) {
    Set<Resource> values = new LinkedHashSet<>();
    for (Wanted one : template.wanted()) {
      one.property().values(entity.graph(), entity.node()).stream()
          .filter(term -> selectors.isOfKind(entity.graph(), term, one.property(), one.as()))
          .filter(Resource.class::isInstance)
          .forEach(term -> values.add((Resource) term));
    }
    for (PropertyKey property : template.selected()) {
      property.values(entity.graph(), entity.node()).stream()
          .filter(Resource.class::isInstance)
          .forEach(term -> values.add((Resource) term));
    }
    return new Possible(entity, template.wanted().isEmpty(), values);
  }

  Possible and(Possible other) {
    Set<Resource> both = new HashSet<>(values);
    both.addAll(other.values);
    return new Possible(entity, isWhole || other.isWhole, both);
  }
}
