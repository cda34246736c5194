package io.mestral.routing.request;

import io.mestral.smartapi.rdf.Iri;
import java.util.Optional;

/**
 * The way to an Entity that has an interface of its own, where else a gateway's name would stand
 * (Smart API, section 2.14, rule 1).
 *
 * @param entity the Entity
 * @param property the one property of it that is reached by an interface of its own
 */
public record OwnWay(Iri entity, Optional<Iri> property) {
  private static final String BEGIN = "at ";

  /** How it is called; no gateway is called so, for it has spaces. */
  public String name() {
    return BEGIN + entity.value() + property.map(one -> " " + one.value()).orElse("");
  }

  /** The way of this name; empty when it is the name of a gateway. */
  public static Optional<OwnWay> of(String name) {
    if (!name.startsWith(BEGIN)) return Optional.empty();
    String[] parts = name.substring(BEGIN.length()).split(" ", 2);
    return Optional.of(
        new OwnWay(
            new Iri(parts[0]),
            parts.length > 1 ? Optional.of(new Iri(parts[1])) : Optional.empty()));
  }

  /** Whether a name is that of a way to an Entity. */
  public static boolean leadsTo(Iri entity, String name) {
    return of(name).filter(one -> one.entity().equals(entity)).isPresent();
  }
}
