package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who gets an Activity that can't be read here: the gateways of the Request's targets (Smart API,
 * sections 2.1 and 2.18). As it may hold a Read or a Write its sender has to be allowed both.
 */
record Sealed(List<EntitySource> sources, Others others) {

  /**
   * The plan for such a call.
   *
   * @throws SmartApiException of type InvalidRequest if the Request has no target, NotFoundError if
   *     one isn't known, NotAuthorizedError if its sender may not read and write it, SecurityError
   *     if it is answered for here
   */
  Plan plan(Call call, Asker asker) {
    if (call.targets().isEmpty())
      throw new SmartApiException(
          ErrorType.INVALID_REQUEST,
          "The Activity "
              + call.activity().node()
              + " is encrypted to somebody else, and the Request has no smartapi:target to be"
              + " passed on to.",
          call.activity().node());
    Candidates candidates = new Candidates(sources, asker);
    Set<String> gateways = new LinkedHashSet<>();
    for (Resource target : call.targets()) gateways.add(gateway(target, candidates));
    return Plan.sealed(call, candidates, gateways);
  }

  private String gateway(Resource target, Candidates candidates) {
    if (!(target instanceof Iri name))
      throw wrong(ErrorType.INVALID_REQUEST, target, "is no IRI; a target needs one");
    Entity entity =
        candidates
            .find(name)
            .orElseThrow(() -> wrong(ErrorType.NOT_FOUND_ERROR, target, "isn't known here"));
    for (Iri method : List.of(Individuals.READ, Individuals.WRITE))
      if (!candidates.allows(entity, method))
        throw wrong(
            ErrorType.NOT_AUTHORIZED_ERROR,
            target,
            "takes an Authorization for smartapi:Read and smartapi:Write, as what is encrypted may"
                + " be either");
    return others
        .askedAbout(entity)
        .orElseThrow(
            () ->
                wrong(
                    ErrorType.SECURITY_ERROR,
                    target,
                    "is answered for here, and the Activity isn't encrypted to a key of this"
                        + " node"));
  }

  private static SmartApiException wrong(ErrorType type, Resource target, String what) {
    return new SmartApiException(type, "The target " + target + " " + what + ".", target);
  }
}
