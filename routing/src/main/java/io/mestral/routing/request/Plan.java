package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Possible;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Individuals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a call is about, and who answers for it.
 *
 * @param here what this node answers for
 * @param others what gateways answer for
 * @param failure why nothing comes of it
 */
record Plan(
    Call call,
    Candidates candidates,
    List<Possible> here,
    Parts others,
    Optional<SmartApiException> failure) {

  /** What gateways answer for, and who they are. */
  record Parts(Set<Resource> elsewhere, Set<String> gateways) {
    private static final Parts NONE = new Parts(Set.of(), Set.of());
  }

  static Plan function(Call call, Asker asker) {
    return nobody(call, asker, Optional.empty());
  }

  /** Of an Activity that an Entity offers. */
  static Plan called(Call call, Asker asker, Entity offering, Others others) {
    Optional<String> gateway = others.askedAbout(offering);
    if (gateway.isEmpty())
      return failed(
          call,
          asker,
          new SmartApiException(
              ErrorType.UNREACHABLE_ERROR,
              "No gateway manages "
                  + offering.node()
                  + ", which offers "
                  + call.activity().node()
                  + "; smartapi:isManagedBy is to lead to one.",
              offering.node()));
    Parts parts = new Parts(Set.of(call.activity().node()), Set.of(gateway.get()));
    return new Plan(call, new Candidates(List.of(), asker), List.of(), parts, Optional.empty());
  }

  /** Of an Activity that only those can read whom it is passed on to. */
  static Plan sealed(Call call, Candidates candidates, Set<String> gateways) {
    Parts parts = new Parts(Set.of(call.activity().node()), gateways);
    return new Plan(call, candidates, List.of(), parts, Optional.empty());
  }

  static Plan failed(Call call, Asker asker, SmartApiException cause) {
    return nobody(call, asker, Optional.of(cause));
  }

  private static Plan nobody(Call call, Asker asker, Optional<SmartApiException> failure) {
    return new Plan(call, new Candidates(List.of(), asker), List.of(), Parts.NONE, failure);
  }

  static Plan of(Call call, Candidates candidates, List<Possible> possible, Others others) {
    List<Possible> here = new ArrayList<>();
    Set<Resource> elsewhere = new HashSet<>();
    Set<String> gateways = new LinkedHashSet<>();
    for (Possible one : possible) {
      Optional<String> gateway = others.askedAbout(one.entity());
      boolean allowed = candidates.allows(one.entity(), call.method());
      if (gateway.isPresent() && allowed && !isAnsweredHere(call.method())) {
        elsewhere.add(one.entity().node());
        gateways.add(gateway.get());
      } else {
        here.add(one);
      }
    }
    return new Plan(call, candidates, here, new Parts(elsewhere, gateways), Optional.empty());
  }

  private static boolean isAnsweredHere(Iri method) {
    return method.equals(Individuals.CREATE) || method.equals(Individuals.SUBSCRIBE);
  }

  Set<Resource> elsewhere() {
    return others.elsewhere();
  }

  Set<String> gateways() {
    return others.gateways();
  }

  /** Whether it is an Activity that a gateway carries out, and not this node. */
  boolean isCalledElsewhere() {
    return elsewhere().contains(call.activity().node());
  }

  /** Whether it changes nothing, here or elsewhere. */
  boolean isSafe() {
    if (call.isFunctional() || call.isSealed()) return gateways().isEmpty();
    return failure.isPresent() || call.method().equals(Individuals.READ);
  }
}
