package io.mestral.routing.request;

import io.mestral.smartapi.matching.Stock;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What exists already, and whether an asker may add to it, for Entities that are to be made. Names
 * that are made up follow from the Request's, so that one that is carried out again after the node
 * was killed makes the same Entities.
 */
final class Creating implements Stock {
  private final Candidates candidates;
  private final EntitySource home;
  private final String seed;
  private final Set<Iri> made = new HashSet<>();

  Creating(Candidates candidates, EntitySource home, Call call) {
    this.candidates = candidates;
    this.home = home;
    this.seed = call.request() + "#" + call.name().map(Iri::value).orElse("");
  }

  /** A new name. */
  Iri mint() {
    String text = seed + "#" + made.size();
    Iri name = new Iri("urn:uuid:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
    made.add(name);
    return name;
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    return made.contains(iri) ? Optional.empty() : candidates.find(iri);
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    return Stream.empty();
  }

  @Override
  public boolean allows(Entity entity, Iri method) {
    return home.allows(candidates.asker(), entity, method);
  }
}
