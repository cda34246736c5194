package io.mestral.routing.request.directory;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Offers;
import io.mestral.routing.request.OwnWay;
import io.mestral.routing.request.call.Offering;
import io.mestral.routing.request.call.Signature;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.unit.Units;
import io.mestral.smartapi.vocabulary.Individuals;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Activities that Entities of the directory offer. All who offer one have the same owner: what
 * belongs to somebody else already can't be offered.
 */
record OfferedActivities(Shelf shelf, AccessRules rules) implements Offers {
  private static final int MOST_LOOKED_AT = 1_000;

  @Override
  public Entity called(Iri name, Activity call, Asker asker) {
    List<Listed> offering = shelf.offering(name);
    if (offering.isEmpty())
      throw new SmartApiException(
          ErrorType.NOT_FOUND_ERROR, "No Activity " + name + " is known here.", name);
    Listed called =
        offering.stream()
            .filter(one -> allows(asker, one, name, call))
            .findFirst()
            .orElseThrow(() -> notAllowed(name, offering.get(0)));
    new Signature(Activity.at(called.entity().graph(), name), Units.shared()).check(call);
    return called.entity();
  }

  private boolean allows(Asker asker, Listed listed, Iri name, Activity call) {
    return rules.allowsCall(asker, listed, name)
        || call.method()
            .filter(method -> rules.allowsValue(asker, listed.entity(), name, method))
            .isPresent();
  }

  @Override
  public boolean isOffered(Iri activity) {
    return !shelf.offering(activity).isEmpty();
  }

  private static SmartApiException notAllowed(Iri name, Listed offering) {
    return new SmartApiException(
        ErrorType.NOT_AUTHORIZED_ERROR,
        "The sender may not call "
            + name
            + ": an Authorization is needed, on it or on "
            + offering.iri()
            + ", which offers it.",
        name);
  }

  @Override
  public List<Iri> some(Asker asker, int most) {
    return shelf
        .activities()
        .limit(MOST_LOOKED_AT)
        .filter(name -> shelf.offering(name).stream().anyMatch(one -> shows(one, name, asker)))
        .limit(most)
        .toList();
  }

  private boolean shows(Listed listed, Iri activity, Asker asker) {
    return rules.allows(asker, listed, Individuals.READ)
        && Offering.of(rules.shownTo(asker, listed)).contains(activity);
  }

  @Override
  public boolean isOthers(String gateway, Iri activity) {
    List<Listed> offering = shelf.offering(activity);
    Chain chain = new Chain(shelf);
    return !offering.isEmpty()
        && offering.stream()
            .noneMatch(
                one ->
                    OwnWay.leadsTo(one.iri(), gateway)
                        || chain.from(one.entity()).contains(gateway));
  }

  /** Of what an Entity of this owner offers that which somebody else's offers already. */
  Set<Iri> taken(Entity entity, Iri owner) {
    return Offering.of(entity).stream()
        .filter(
            activity ->
                shelf.offering(activity).stream()
                    .anyMatch(
                        one -> !one.iri().equals(entity.node()) && !one.owner().equals(owner)))
        .collect(Collectors.toSet());
  }

  /**
   * Ends a change by which somebody would offer what is somebody else's.
   *
   * @throws SmartApiException of type ConflictError
   */
  void check(Collection<Listed> puts) {
    for (Listed one : puts)
      for (Iri activity : taken(one.entity(), one.owner()))
        throw new SmartApiException(
            ErrorType.CONFLICT_ERROR,
            "The Activity "
                + activity
                + " can't be offered by "
                + one.iri()
                + ": an Entity of another owner offers it already.",
            one.iri());
  }
}
