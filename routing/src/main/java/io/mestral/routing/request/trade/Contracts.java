package io.mestral.routing.request.trade;

import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.contract.License;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.trade.PriceSpecification;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.storage.KeptAccount;
import io.mestral.storage.KeptContract;
import java.util.Optional;

/** Contracts and accounts in the Smart API's terms (sections 2.15 and 2.16). */
final class Contracts {
  private Contracts() {}

  /**
   * A contract for who just made it.
   *
   * @param key its licence key, which nobody is told again; a contract without one isn't a License
   */
  static Contract described(KeptContract kept, Optional<String> key) {
    Iri name = new Iri(kept.iri());
    return key.<Contract>map(
            secret -> filled(new License.Builder(name).licenseKey(secret), kept).build())
        .orElseGet(() -> filled(new Contract.Builder(name), kept).build());
  }

  private static <T extends Contract, B extends Contract.Base<T, B>> B filled(
      B contract, KeptContract kept) {
    PriceSpecification price =
        new PriceSpecification.Builder()
            .amount(kept.price().amount())
            .currency(kept.price().currency())
            .build();
    return contract
        .party(named(kept.provider()))
        .party(named(kept.client()))
        .covers(Obj.at(Graph.builder().build(), new Iri(kept.item())))
        .price(price)
        .validFrom(kept.validity().from())
        .validThrough(kept.validity().through());
  }

  private static Entity named(String iri) {
    return Entity.at(Graph.builder().build(), new Iri(iri));
  }

  /** What is wrong with an account that something can't be paid from. */
  static String lacks(KeptAccount account) {
    return "can't be paid: the account has %s %s, and %s is the least it may have"
        .formatted(
            account.balance().toPlainString(),
            account.currency(),
            account.limits().deposit().subtract(account.limits().credit()).toPlainString());
  }
}
