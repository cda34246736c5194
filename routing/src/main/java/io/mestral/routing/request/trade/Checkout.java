package io.mestral.routing.request.trade;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.price.Price;
import io.mestral.smartapi.price.PriceList;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.unit.Units;
import io.mestral.storage.KeptContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks what is accepted, in the order that the Smart API has for it (section 2.12, rule 4); the
 * first that is wrong counts. Nonce and funds are looked at where it is booked.
 */
record Checkout(Supplier<Iri> self, ProofVerifier proofs) {
  /** Before the point. */
  private static final int MOST_DIGITS = 18;

  /**
   * What is to be bought.
   *
   * @param original the Request as it was sent, so that its proofs hold
   * @param sender who pays
   * @param item as it is known here
   */
  record Order(
      Acceptance acceptance, Graph original, Iri sender, Optional<Iri> request, Entity item) {}

  /**
   * What an order comes to.
   *
   * @throws SmartApiException of type SecurityError without the sender's proof on the Entity,
   *     PaymentRequiredError if the offer isn't one of this node's, or is over
   */
  KeptContract contract(Order order, Iri provider, Optional<String> keyHash, Instant now) {
    Iri item = order.acceptance().item();
    proofs.verifyFor(order.original(), item, order.sender());
    Offering offering = offering(order);
    String nonce = offering.nonce().orElseThrow(() -> refused(item, "has no sx:nonce of one text"));
    Instant end = offering.validThrough().orElseThrow(() -> refused(item, "has no end"));
    if (!now.isBefore(end)) throw refused(item, "ended at " + end + ", it is " + now + " now");
    PriceScope known = new PriceScope(order.item(), order.acceptance().activity());
    Price price =
        new PriceList(offering, Units.shared())
            .price(known.quantities(), known, now)
            .orElseThrow(() -> refused(item, "has no price that applies now"));
    BigDecimal sum = price.withTax();
    if (sum.signum() < 0 || sum.precision() - sum.scale() > MOST_DIGITS)
      throw refused(
          item, "comes to a sum that isn't booked: 0 to %d digits are".formatted(MOST_DIGITS));
    return new KeptContract(
        self.get().value() + "/contracts/" + nonce,
        nonce,
        order.sender().value(),
        provider.value(),
        item.value(),
        new KeptContract.Price(sum, price.currency()),
        keyHash,
        order.request().map(Iri::value),
        new KeptContract.Validity(now, end, Optional.empty()));
  }

  /** The one offer that is accepted, as this node made it for this Entity. */
  private Offering offering(Order order) {
    Iri item = order.acceptance().item();
    if (order.acceptance().offerings().size() > 1)
      throw refused(item, "isn't the only one: leave the one that is accepted");
    Offering offering = order.acceptance().offerings().get(0);
    try {
      proofs.verifyFor(order.original(), offering.node(), self.get());
    } catch (SmartApiException cause) {
      throw refused(item, "isn't one that this node made, or was changed: " + cause.getMessage());
    }
    if (offering.includes().stream()
        .flatMap(one -> one.systemOfInterest().stream())
        .noneMatch(one -> one.node().equals(item))) throw refused(item, "is for something else");
    return offering;
  }

  static SmartApiException refused(Iri item, String why) {
    return new SmartApiException(
        ErrorType.PAYMENT_REQUIRED_ERROR,
        "The Offering accepted for " + item + " " + why + ". Read it to get a new one.",
        item);
  }
}
