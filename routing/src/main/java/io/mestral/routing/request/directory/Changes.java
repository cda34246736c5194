package io.mestral.routing.request.directory;

import io.mestral.routing.request.Asker;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Triple;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.Sx;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What of an Entity was changed, and whether the one who did it may. */
final class Changes {
  private Changes() {}

  /** What somebody made of what is shown to them of an Entity, with the rest of it as it was. */
  static Entity whole(Listed before, Entity shown, Entity made) {
    Set<Triple> seen = shown.graph().triples().collect(Collectors.toSet());
    Graph.Builder whole = Graph.builder().addAll(made.graph());
    before.entity().graph().triples().filter(one -> !seen.contains(one)).forEach(whole::add);
    return Entity.at(whole.build(), made.node());
  }

  /**
   * Ends a Write that touches what its sender has no Authorization for.
   *
   * @throws SmartApiException of type NotAuthorizedError
   */
  static void check(Listed before, Entity after, Asker asker, AccessRules rules) {
    if (!rules.owns(asker, before) && !grants(before.entity()).equals(grants(after)))
      throw new SmartApiException(
          ErrorType.NOT_AUTHORIZED_ERROR,
          "Authorizations on " + before.iri() + " are for its owner to give and to take.",
          before.iri());
    boolean whole = rules.allowsAll(asker, before, Individuals.WRITE);
    Set<Resource> guarded = rules.guardedValues(before.entity());
    for (Resource touched : touched(before.entity(), after)) {
      boolean allowed =
          rules.owns(asker, before)
              || (guarded.contains(touched)
                  ? rules.allowsValue(asker, before.entity(), touched, Individuals.WRITE)
                  : whole);
      if (!allowed)
        throw new SmartApiException(
            ErrorType.NOT_AUTHORIZED_ERROR,
            "The sender may not write " + touched + ": an Authorization is needed.",
            touched);
    }
  }

  private static Set<Triple> grants(Entity entity) {
    return entity
        .graph()
        .triples()
        .filter(triple -> triple.predicate().equals(Sx.AUTHORIZATION))
        .collect(Collectors.toSet());
  }

  private static Set<Resource> touched(Entity before, Entity after) {
    Set<Triple> there = before.graph().triples().collect(Collectors.toCollection(HashSet::new));
    Set<Resource> touched = new HashSet<>();
    after
        .graph()
        .triples()
        .filter(triple -> !there.remove(triple))
        .forEach(triple -> touched.add(triple.subject()));
    there.forEach(gone -> touched.add(gone.subject()));
    return touched;
  }
}
