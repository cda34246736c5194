package io.mestral.routing.request.trade;

import io.mestral.routing.request.Asker;
import io.mestral.routing.request.Bought;
import io.mestral.routing.request.Incoming;
import io.mestral.routing.request.Trade;
import io.mestral.routing.request.trust.Keyring;
import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.message.Activity;
import io.mestral.smartapi.model.message.Message;
import io.mestral.smartapi.model.message.Request;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.security.key.Multihash;
import io.mestral.smartapi.security.proof.ProofVerifier;
import io.mestral.smartapi.security.proof.Proofs;
import io.mestral.smartapi.security.proof.Signer;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.storage.KeptContract;
import io.mestral.storage.Sale;
import io.mestral.storage.Steps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells access to values: offers it at its owner's price, takes what is accepted from the client's
 * account to the owner's, and knows who bought what.
 */
public final class TradeDesk implements Trade {
  private static final Logger LOG = LoggerFactory.getLogger(TradeDesk.class);
  private static final int MOST_OFFERS = 1_000;
  private static final int MOST_ACCEPTED = 100;
  private static final Duration COMES_AGAIN = Duration.ofSeconds(300);

  private final Ground ground;
  private final Offers offers = new Offers();
  private final Checkout checkout;

  /**
   * What it stands on.
   *
   * @param self the node's IRI, once it is known
   * @param owner whose an Entity is; empty when it isn't sold here
   */
  public record Ground(
      Supplier<Iri> self,
      Function<Iri, Optional<Iri>> owner,
      Accounts accounts,
      Keyring keys,
      Vertx vertx,
      Clock clock) {}

  /** Sells what the owners of Entities have put a price on. */
  public TradeDesk(Ground ground) {
    this.ground = ground;
    this.checkout =
        new Checkout(
            ground.self(),
            new ProofVerifier(new Proofs(), ground.keys().believed(), ground.clock()));
  }

  @Override
  public boolean isPriced(Entity entity, Asker asker) {
    return PriceTag.isOn(entity) && !asker.isAdmin() && !asker.isManager() && !owns(entity, asker);
  }

  private boolean owns(Entity entity, Asker asker) {
    return entity.iri().flatMap(ground.owner()).filter(asker::is).isPresent();
  }

  @Override
  public Entity withoutValues(Entity priced) {
    return PriceTag.withoutValues(priced);
  }

  @Override
  public Future<List<Entity>> offers(List<Entity> priced, Activity asked) {
    if (priced.isEmpty()) return Future.succeededFuture(List.of());
    if (priced.size() > MOST_OFFERS)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.TOO_LARGE_ERROR,
              "%d Entities that match have a price; %d are the most that are offered at once. Select fewer."
                  .formatted(priced.size(), MOST_OFFERS)));
    Optional<Signer> signer = ground.keys().signer();
    if (signer.isEmpty())
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.SERVER_ERROR,
              "This node has no key to seal an Offering with: its administrator makes one."));
    Instant now = ground.clock().instant();
    return ground
        .vertx()
        .executeBlocking(
            () -> priced.stream().map(one -> offers.offer(one, asked, signer.get(), now)).toList(),
            false);
  }

  @Override
  public Future<Bought> buy(
      Incoming incoming, Asker asker, Function<Iri, Optional<Entity>> readable) {
    Request request = (Request) incoming.message();
    if (!mayHavePaid(request, asker)) return Future.succeededFuture(Bought.NOTHING);
    List<Acceptance> accepted = Acceptance.of(request);
    Optional<Contract> named = request.contract();
    if (!accepted.isEmpty() && request.iri().isEmpty())
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.INVALID_REQUEST,
              "A Request that accepts an Offering needs an IRI, urn:uuid: and a random UUID.",
              request.node()));
    if (accepted.size() > MOST_ACCEPTED)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.TOO_LARGE_ERROR,
              "The Request accepts %d Offerings; %d are the most that are taken at once."
                  .formatted(accepted.size(), MOST_ACCEPTED),
              request.node()));
    Counter counter = new Counter(incoming, asker);
    return named(named, asker, request, incoming.isConfidential())
        .recover(
            cause -> {
              if (!isUnpaid(cause)) return Future.failedFuture(cause);
              counter.fault = Optional.of((SmartApiException) cause);
              return Future.succeededFuture(Optional.empty());
            })
        .compose(
            contract -> {
              contract.ifPresent(one -> counter.items.add(new Iri(one.item())));
              return Steps.forEach(accepted, one -> buy(one, counter, readable));
            })
        .map(done -> counter.bought());
  }

  private static boolean isUnpaid(Throwable cause) {
    return cause instanceof SmartApiException known
        && known.type() == ErrorType.PAYMENT_REQUIRED_ERROR;
  }

  /** The node above was paid itself, for what it passes on; its contracts aren't known here. */
  private static boolean mayHavePaid(Request request, Asker asker) {
    return !asker.isManager()
        && (request.graph().uses(Sx.CONTRACT) || request.graph().uses(Sx.NONCE));
  }

  /** What one Request buys. */
  private static final class Counter {
    private final Incoming incoming;
    private final Asker asker;
    private final Set<Iri> items = new HashSet<>();
    private final Map<Iri, SmartApiException> refusals = new HashMap<>();
    private Optional<SmartApiException> fault = Optional.empty();
    private final List<Contract> formed = new ArrayList<>();

    Counter(Incoming incoming, Asker asker) {
      this.incoming = incoming;
      this.asker = asker;
    }

    Request request() {
      return (Request) incoming.message();
    }

    void failed(Iri item, SmartApiException cause) {
      refusals.put(item, cause);
    }

    Bought bought() {
      return new Bought(Set.copyOf(items), Map.copyOf(refusals), fault, List.copyOf(formed));
    }
  }

  /** What is free to the asker, or not for them at all, is nothing to be bought. */
  private Future<Void> buy(
      Acceptance one, Counter counter, Function<Iri, Optional<Entity>> readable) {
    Iri item = one.item();
    Optional<Entity> known = readable.apply(item).filter(entity -> isPriced(entity, counter.asker));
    Optional<Iri> provider = ground.owner().apply(item);
    if (known.isEmpty() || provider.isEmpty() || counter.items.contains(item))
      return Future.succeededFuture();
    Request request = counter.request();
    Checkout.Order order =
        new Checkout.Order(
            one,
            counter.incoming.received().original(),
            request.generatedBy().orElseThrow(),
            request.iri(),
            known.get());
    Optional<String> key =
        counter.incoming.isConfidential() ? Optional.of("LK-" + offers.nonce()) : Optional.empty();
    Instant now = ground.clock().instant();
    return ground
        .vertx()
        .executeBlocking(
            () -> checkout.contract(order, provider.get(), key.map(TradeDesk::hash), now), false)
        .compose(contract -> ground.accounts().sell(contract))
        .onSuccess(sale -> sold(sale, item, key, counter))
        .<Void>mapEmpty()
        .recover(
            cause -> {
              if (!(cause instanceof SmartApiException refusal)) return Future.failedFuture(cause);
              counter.failed(item, refusal);
              return Future.succeededFuture();
            });
  }

  private void sold(Sale sale, Iri item, Optional<String> key, Counter counter) {
    if (sale instanceof Sale.Booked booked) {
      counter.items.add(item);
      counter.formed.add(Contracts.described(booked.contract(), key));
    } else if (sale instanceof Sale.Used used) {
      if (isOf(used.by(), counter.request())) {
        counter.items.add(item);
        counter.formed.add(Contracts.described(used.by(), Optional.empty()));
      } else counter.failed(item, Checkout.refused(item, "was accepted before"));
    } else if (sale instanceof Sale.NoFunds poor) {
      counter.failed(item, Checkout.refused(item, Contracts.lacks(poor.account())));
    } else {
      counter.failed(
          item,
          Checkout.refused(item, "can't be paid: its sender has no account here in that currency"));
    }
  }

  /** Whether a contract was bought just now by a Request that is carried out once more. */
  private boolean isOf(KeptContract contract, Request request) {
    Instant now = ground.clock().instant();
    return contract.request().equals(request.iri().map(Iri::value))
        && contract.client().equals(request.generatedBy().orElseThrow().value())
        && contract.validity().holds(now)
        && contract.validity().from().plus(COMES_AGAIN).isAfter(now);
  }

  /** The contract that a Request is made under, if it names one. */
  private Future<Optional<KeptContract>> named(
      Optional<Contract> named, Asker asker, Request request, boolean isConfidential) {
    if (named.isEmpty()) return Future.succeededFuture(Optional.empty());
    List<String> keys =
        named.get().graph().objects(named.get().node(), Sx.LICENSE_KEY).stream()
            .filter(Literal.class::isInstance)
            .map(one -> ((Literal) one).lexical())
            .toList();
    if (!keys.isEmpty() && !isConfidential)
      return Future.failedFuture(
          new SmartApiException(
              ErrorType.SECURITY_ERROR,
              "A licence key came over a link that others may read, and is refused: send it over"
                  + " TLS.",
              request.node()));
    Future<Optional<KeptContract>> found =
        keys.isEmpty()
            ? named
                .get()
                .iri()
                .map(iri -> ground.accounts().registry().contract(iri.value()))
                .orElse(Future.succeededFuture(Optional.empty()))
            : ground.accounts().registry().contractOfKey(hash(keys.get(0)));
    Instant now = ground.clock().instant();
    return found.map(
        contract -> {
          if (contract.filter(one -> isGood(one, keys.isEmpty(), asker, now)).isEmpty())
            throw new SmartApiException(
                ErrorType.PAYMENT_REQUIRED_ERROR,
                "The contract or licence at sx:contract isn't known here, doesn't hold any more,"
                    + " or isn't the sender's.",
                request.node());
          return contract;
        });
  }

  /** Whoever has no key has to be known for who they are. */
  private static boolean isGood(
      KeptContract contract, boolean isNamedAlone, Asker asker, Instant now) {
    return contract.validity().holds(now)
        && List.of(contract.client(), contract.provider()).contains(asker.identity().value())
        && !(isNamedAlone && asker.isVisitor());
  }

  @Override
  public Future<Bought> held(Request request, Asker asker) {
    if (!mayHavePaid(request, asker)) return Future.succeededFuture(Bought.NOTHING);
    List<Acceptance> accepted = Acceptance.of(request);
    Optional<Contract> named = request.contract();
    Set<Iri> items = new HashSet<>();
    return named(named, asker, request, true)
        .otherwise(gone -> Optional.empty())
        .compose(
            contract -> {
              contract.ifPresent(one -> items.add(new Iri(one.item())));
              return Steps.forEach(
                  accepted,
                  one ->
                      contract(one, request)
                          .onSuccess(
                              found ->
                                  found
                                      .filter(kept -> kept.validity().revokedAt().isEmpty())
                                      .ifPresent(kept -> items.add(one.item()))));
            })
        .map(done -> Bought.of(Set.copyOf(items)));
  }

  /** What a Request bought by an offer. */
  private Future<Optional<KeptContract>> contract(Acceptance one, Request request) {
    return one.offerings().size() != 1 || one.offerings().get(0).nonce().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : ground
            .accounts()
            .registry()
            .contractOfNonce(one.offerings().get(0).nonce().get())
            .map(
                found ->
                    found
                        .filter(kept -> kept.request().equals(request.iri().map(Iri::value)))
                        .filter(kept -> kept.item().equals(one.item().value())));
  }

  @Override
  public void ended(Request request, Message answer) {
    for (Acceptance one : Acceptance.of(request))
      contract(one, request)
          .compose(
              found ->
                  found.isEmpty()
                      ? Future.succeededFuture()
                      : settled(found.get(), one.isIn(answer)))
          .onFailure(
              lost ->
                  LOG.error(
                      "it can't be kept whether a sale of {} was fulfilled: {}",
                      one.item(),
                      lost.toString()));
  }

  /** What was delivered once stays sold, whatever becomes of the same Request later. */
  private Future<Void> settled(KeptContract contract, boolean isDelivered) {
    Instant now = ground.clock().instant();
    if (isDelivered) return ground.accounts().registry().fulfil(contract.iri(), now);
    return ground
        .accounts()
        .registry()
        .reverse(contract.iri(), now)
        .onSuccess(
            isBack -> {
              if (isBack) LOG.info("a sale of {} is taken back: no values came", contract.item());
            })
        .mapEmpty();
  }

  private static String hash(String key) {
    return Multihash.of(key.getBytes(StandardCharsets.UTF_8));
  }
}
