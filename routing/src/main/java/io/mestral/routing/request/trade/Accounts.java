package io.mestral.routing.request.trade;

import io.mestral.model.reading.TimeRange;
import io.mestral.routing.request.Asker;
import io.mestral.routing.request.EntitySource;
import io.mestral.smartapi.list.ListKind;
import io.mestral.smartapi.list.ListWriter;
import io.mestral.smartapi.model.contract.Account;
import io.mestral.smartapi.model.contract.AccountTransaction;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.ontology.Ontology;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Individuals;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import io.mestral.storage.AccountRegistry;
import io.mestral.storage.KeptAccount;
import io.mestral.storage.KeptContract;
import io.mestral.storage.KeptTransaction;
import io.mestral.storage.Sale;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The accounts of this node (Smart API, section 2.16). Each is an Entity, {@code
 * {node}/accounts/{number}}, that its holder and administrators read, with its balance and last
 * transactions.
 */
public final class Accounts implements EntitySource {
  /** The most transactions that are shown of an account. */
  public static final int MOST_SHOWN = 1_000;

  private static final int PAGE = 1_000;

  private final AccountRegistry registry;
  private final Supplier<Iri> self;
  private final Clock clock;
  private final Map<Long, KeptAccount> known = new ConcurrentSkipListMap<>();

  /**
   * @param self the node's IRI, once it is known
   */
  public Accounts(AccountRegistry registry, Supplier<Iri> self, Clock clock) {
    this.registry = registry;
    this.self = self;
    this.clock = clock;
  }

  /** Learns of those that are kept. */
  public Future<Void> load() {
    long[] last = {0};
    return Steps.until(
        () ->
            registry
                .page(last[0], PAGE)
                .map(
                    page -> {
                      for (KeptAccount one : page) {
                        known.put(one.id(), one);
                        last[0] = one.id();
                      }
                      return page.isEmpty();
                    }));
  }

  /** Opens one. Fails with a Conflict when the holder has one in that currency. */
  public Future<KeptAccount> open(String holder, String currency, KeptAccount.Limits limits) {
    return registry
        .open(holder, currency, limits, now())
        .onSuccess(made -> known.put(made.id(), made));
  }

  /** What came from outside, or with a minus went there; see {@link AccountRegistry#book}. */
  public Future<Optional<KeptAccount>> book(long id, BigDecimal amount, String remark) {
    return registry.book(id, amount, now(), remark);
  }

  /** Books a sale; see {@link AccountRegistry#sell}. */
  Future<Sale> sell(KeptContract contract) {
    return registry
        .sell(contract)
        .compose(
            sale ->
                registry
                    .ofHolder(contract.provider())
                    .onSuccess(all -> all.forEach(one -> known.put(one.id(), one)))
                    .map(sale)
                    .otherwise(sale));
  }

  /** Where they are kept. */
  public AccountRegistry registry() {
    return registry;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Iri name(long id) {
    return new Iri(self.get().value() + "/accounts/" + id);
  }

  @Override
  public Optional<Entity> find(Iri iri) {
    return kept(iri).map(this::outline);
  }

  private Optional<KeptAccount> kept(Resource node) {
    String begin = self.get().value() + "/accounts/";
    if (!(node instanceof Iri iri) || !iri.value().startsWith(begin)) return Optional.empty();
    String number = iri.value().substring(begin.length());
    return number.matches("[1-9][0-9]{0,17}")
        ? Optional.ofNullable(known.get(Long.parseLong(number)))
        : Optional.empty();
  }

  @Override
  public Stream<Entity> all(Set<Iri> types) {
    boolean isAnyWanted =
        types.isEmpty() || types.stream().anyMatch(one -> Ontology.core().isA(Types.ACCOUNT, one));
    return isAnyWanted ? known.values().stream().map(this::outline) : Stream.empty();
  }

  private Entity outline(KeptAccount one) {
    return described(one).build();
  }

  private Account.Builder described(KeptAccount one) {
    return new Account.Builder(name(one.id()))
        .holder(Entity.at(Graph.builder().build(), new Iri(one.holder())))
        .currency(one.currency())
        .creditLimit(one.limits().credit())
        .minimumDeposit(one.limits().deposit());
  }

  @Override
  public boolean allows(Asker asker, Entity outline, Iri method) {
    return method.equals(Individuals.READ)
        && kept(outline.node())
            .filter(one -> asker.isAdmin() || asker.is(new Iri(one.holder())))
            .isPresent();
  }

  @Override
  public Future<List<Entity>> complete(
      List<Entity> outlines, Set<Iri> wanted, Optional<TimeRange> span) {
    List<Entity> all = new ArrayList<>();
    return Steps.forEach(
            outlines,
            one -> {
              long id = kept(one.node()).orElseThrow().id();
              return registry
                  .find(id)
                  .compose(
                      now ->
                          registry
                              .last(id, MOST_SHOWN)
                              .onSuccess(last -> all.add(whole(now.orElseThrow(), last))));
            })
        .map(done -> all);
  }

  private Entity whole(KeptAccount account, List<KeptTransaction> last) {
    List<KeptTransaction> inOrder = new ArrayList<>(last);
    Collections.reverse(inOrder);
    Account.Builder whole = described(account).balance(account.balance());
    List<Optional<Term>> items = new ArrayList<>();
    for (KeptTransaction one : inOrder) {
      AccountTransaction said = transaction(one);
      whole.describe(said);
      items.add(Optional.of(said.node()));
    }
    Graph.Builder list = Graph.builder();
    whole.property(SmartApi.LIST, new ListWriter().as(ListKind.ORDERED).write(list, items));
    return whole.describe(list.build()).build();
  }

  private AccountTransaction transaction(KeptTransaction one) {
    AccountTransaction.Builder said =
        new AccountTransaction.Builder()
            .sequence(one.sequence())
            .amount(one.amount())
            .bookedAt(one.bookedAt());
    one.counterAccount()
        .ifPresent(id -> said.counterAccount(Account.at(Graph.builder().build(), name(id))));
    one.contract()
        .ifPresent(iri -> said.contract(Contract.at(Graph.builder().build(), new Iri(iri))));
    one.remark().ifPresent(said::comment);
    return said.build();
  }
}
