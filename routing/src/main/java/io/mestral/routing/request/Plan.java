package io.mestral.routing.request;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.matching.Failure;
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
import java.util.stream.Collectors;

/**
 * What a call is about, and who answers for it.
 *
 * @param here what this node answers for
 * @param others what gateways answer for
 * @param dues what has to be paid for first
 * @param failure why nothing comes of it
 */
record Plan(
    Call call,
    Candidates candidates,
    List<Possible> here,
    Parts others,
    Dues dues,
    Optional<SmartApiException> failure) {

  /**
   * What isn't answered because of money.
   *
   * @param priced Entities that have to be paid for, without values
   * @param failures what couldn't be paid
   */
  record Dues(List<Entity> priced, List<Failure> failures) {
    private static final Dues NONE = new Dues(List.of(), List.of());
  }

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
    return new Plan(
        call, new Candidates(List.of(), asker), List.of(), parts, Dues.NONE, Optional.empty());
  }

  /** Of an Activity that only those can read whom it is passed on to. */
  static Plan sealed(Call call, Candidates candidates, Set<String> gateways) {
    Parts parts = new Parts(Set.of(call.activity().node()), gateways);
    return new Plan(call, candidates, List.of(), parts, Dues.NONE, Optional.empty());
  }

  static Plan failed(Call call, Asker asker, SmartApiException cause) {
    return nobody(call, asker, Optional.of(cause));
  }

  private static Plan nobody(Call call, Asker asker, Optional<SmartApiException> failure) {
    return new Plan(
        call, new Candidates(List.of(), asker), List.of(), Parts.NONE, Dues.NONE, failure);
  }

  static Plan of(
      Call call, Candidates candidates, List<Possible> possible, Bought bought, Others others) {
    Dues dues = dues(call, candidates, possible, bought);
    List<Possible> here = new ArrayList<>();
    Set<Resource> elsewhere = new HashSet<>();
    Set<String> gateways = new LinkedHashSet<>();
    dues.priced().forEach(one -> elsewhere.add(one.node()));
    for (Possible one : possible) {
      if (elsewhere.contains(one.entity().node())) continue;
      Optional<String> gateway = others.askedAbout(one);
      boolean allowed = candidates.allows(one.entity(), call.method());
      if (gateway.isPresent() && allowed && !isAnsweredHere(call.method())) {
        elsewhere.add(one.entity().node());
        gateways.add(gateway.get());
      } else {
        here.add(one);
      }
    }
    return new Plan(call, candidates, here, new Parts(elsewhere, gateways), dues, Optional.empty());
  }

  private static Dues dues(
      Call call, Candidates candidates, List<Possible> possible, Bought bought) {
    List<Entity> priced = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (Possible possibly : possible) {
      Entity one = possibly.entity();
      if (!candidates.isClosed(one) || !candidates.allows(one, call.method())) continue;
      priced.add(one);
      bought.refusal(one).ifPresent(cause -> failures.add(new Failure(one.iri(), cause)));
    }
    return priced.isEmpty() ? Dues.NONE : new Dues(priced, failures);
  }

  /** What is offered, as nobody tried to buy it yet. */
  List<Entity> offered() {
    Set<Optional<Iri>> refused =
        dues.failures().stream().map(Failure::target).collect(Collectors.toSet());
    return dues.priced().stream().filter(one -> !refused.contains(one.iri())).toList();
  }

  /** What can't be subscribed to without having been bought. */
  List<Failure> unpaid() {
    List<Failure> all = new ArrayList<>();
    for (Entity one : dues.priced())
      all.add(
          new Failure(
              one.iri(),
              new SmartApiException(
                  ErrorType.PAYMENT_REQUIRED_ERROR,
                  "Values of "
                      + one.node()
                      + " have a price: read it, accept the Offering, and subscribe with its"
                      + " contract at sx:contract.",
                  one.node())));
    return all;
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
