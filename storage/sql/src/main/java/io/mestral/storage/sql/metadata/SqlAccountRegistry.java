package io.mestral.storage.sql.metadata;

import io.mestral.storage.AccountRegistry;
import io.mestral.storage.KeptAccount;
import io.mestral.storage.KeptContract;
import io.mestral.storage.KeptTransaction;
import io.mestral.storage.Sale;
import io.mestral.storage.sql.Engine;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.mestral.storage.sql.Work;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sums are kept as texts: what stands there is what was booked, to the last digit. */
final class SqlAccountRegistry implements AccountRegistry {
  /** Bookings of two accounts at a time are one queue, here and at other nodes. */
  private static final String LOCK = "accounts";

  private static final long QUEUE = LOCK.hashCode();

  private static final String ACCOUNT =
      "id, holder, currency, credit_limit, minimum_deposit, balance, opened_at";
  private static final String ACCOUNTS = "SELECT " + ACCOUNT + " FROM accounts ";
  private static final String OPEN =
      "INSERT INTO accounts (holder, currency, credit_limit, minimum_deposit, balance,"
          + " last_sequence, opened_at) VALUES ($1, $2, $3, $4, $5, 0, $6) RETURNING "
          + ACCOUNT;
  private static final String FIND = ACCOUNTS + "WHERE id = $1";
  private static final String PAGE = ACCOUNTS + "WHERE id > $1 ORDER BY id LIMIT $2";
  private static final String OF_HOLDER = ACCOUNTS + "WHERE holder = $1 ORDER BY holder, currency";
  private static final String IN_CURRENCY = ACCOUNTS + "WHERE holder = $1 AND currency = $2";
  private static final String CHANGE =
      "UPDATE accounts SET balance = $2, last_sequence = last_sequence + 1 WHERE id = $1"
          + " RETURNING last_sequence AS n";
  private static final String BOOK =
      "INSERT INTO account_transactions (account_id, sequence, amount, booked_at,"
          + " counter_account_id, contract, remark) VALUES ($1, $2, $3, $4, $5, $6, $7)";
  private static final String LAST =
      "SELECT sequence, amount, booked_at, counter_account_id, contract, remark FROM"
          + " account_transactions WHERE account_id = $1 ORDER BY account_id, sequence DESC LIMIT $2";
  private static final String CONTRACT =
      "iri, nonce, client, provider, item, price, currency, key_hash, request, valid_from,"
          + " valid_through, revoked_at";
  private static final String CONTRACTS = "SELECT " + CONTRACT + " FROM contracts ";
  private static final String KEEP =
      "INSERT INTO contracts ("
          + CONTRACT
          + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
  private static final String NAMED = CONTRACTS + "WHERE iri = $1";
  private static final String OF_NONCE = CONTRACTS + "WHERE nonce = $1";
  private static final String OF_KEY = CONTRACTS + "WHERE key_hash = $1";
  private static final String FULFIL =
      "UPDATE contracts SET fulfilled_at = $2 WHERE iri = $1 AND fulfilled_at IS NULL";
  private static final String TAKE_BACK =
      "UPDATE contracts SET revoked_at = $2 WHERE iri = $1 AND revoked_at IS NULL AND fulfilled_at"
          + " IS NULL";
  private static final String REVOKE =
      "UPDATE contracts SET revoked_at = $2 WHERE iri = $1 AND revoked_at IS NULL";

  private final Engine engine;

  SqlAccountRegistry(Engine engine) {
    this.engine = engine;
  }

  @Override
  public Future<KeptAccount> open(
      String holder, String currency, KeptAccount.Limits limits, Instant now) {
    return alone(session -> open(session, holder, currency, limits, now));
  }

  private static Future<KeptAccount> open(
      Session session, String holder, String currency, KeptAccount.Limits limits, Instant now) {
    return session
        .first(
            OPEN,
            SqlAccountRegistry::account,
            holder,
            currency,
            text(limits.credit()),
            text(limits.deposit()),
            text(BigDecimal.ZERO),
            now)
        .map(Optional::orElseThrow);
  }

  @Override
  public Future<Optional<KeptAccount>> find(long id) {
    return engine.read(session -> session.first(FIND, SqlAccountRegistry::account, id));
  }

  @Override
  public Future<List<KeptAccount>> page(long after, int limit) {
    return engine.read(
        session -> session.list(PAGE, SqlAccountRegistry::account, after, (long) limit));
  }

  @Override
  public Future<List<KeptAccount>> ofHolder(String holder) {
    return engine.read(session -> session.list(OF_HOLDER, SqlAccountRegistry::account, holder));
  }

  @Override
  public Future<List<KeptTransaction>> last(long id, int limit) {
    return engine.read(
        session -> session.list(LAST, SqlAccountRegistry::transaction, id, (long) limit));
  }

  @Override
  public Future<Optional<KeptAccount>> book(
      long id, BigDecimal amount, Instant now, String remark) {
    KeptTransaction booked =
        new KeptTransaction(
            0, amount, now, OptionalLong.empty(), Optional.empty(), Optional.of(remark));
    return alone(
        session ->
            session
                .first(FIND, SqlAccountRegistry::account, id)
                .compose(
                    found ->
                        found.filter(one -> bears(one, amount)).isEmpty()
                            ? Future.succeededFuture(Optional.empty())
                            : book(session, found.get(), booked)
                                .compose(
                                    done -> session.first(FIND, SqlAccountRegistry::account, id))));
  }

  private <T> Future<T> alone(Work<T> work) {
    return engine.write(
        QUEUE, session -> engine.dialect().lock(session, LOCK).compose(locked -> work.in(session)));
  }

  /** What comes is never refused. */
  private static boolean bears(KeptAccount account, BigDecimal amount) {
    BigDecimal least = account.limits().deposit().subtract(account.limits().credit());
    return amount.signum() >= 0 || account.balance().add(amount).compareTo(least) >= 0;
  }

  private static Future<Void> book(Session session, KeptAccount account, KeptTransaction what) {
    return session
        .number(CHANGE, account.id(), text(account.balance().add(what.amount())))
        .compose(
            sequence ->
                session.change(
                    BOOK,
                    account.id(),
                    sequence,
                    text(what.amount()),
                    what.bookedAt(),
                    what.counterAccount().isPresent()
                        ? Optional.of(what.counterAccount().getAsLong())
                        : Optional.empty(),
                    what.contract(),
                    what.remark()))
        .mapEmpty();
  }

  @Override
  public Future<Sale> sell(KeptContract contract) {
    return alone(
        session ->
            session
                .first(OF_NONCE, SqlAccountRegistry::contract, contract.nonce())
                .compose(
                    used ->
                        used.isPresent()
                            ? Future.succeededFuture(new Sale.Used(used.get()))
                            : pay(session, contract)));
  }

  private Future<Sale> pay(Session session, KeptContract contract) {
    KeptContract.Price price = contract.price();
    if (price.amount().signum() == 0) return keep(session, contract);
    return session
        .first(IN_CURRENCY, SqlAccountRegistry::account, contract.client(), price.currency())
        .compose(
            payer -> {
              if (payer.isEmpty()) return Future.succeededFuture(new Sale.NoAccount());
              if (!bears(payer.get(), price.amount().negate()))
                return Future.succeededFuture(new Sale.NoFunds(payer.get()));
              return payee(session, contract)
                  .compose(
                      payee ->
                          transfer(
                              session,
                              payer.get(),
                              payee,
                              payment(contract, contract.validity().from(), Optional.empty())))
                  .compose(done -> keep(session, contract));
            });
  }

  private static Future<KeptAccount> payee(Session session, KeptContract contract) {
    String currency = contract.price().currency();
    return session
        .first(IN_CURRENCY, SqlAccountRegistry::account, contract.provider(), currency)
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found.get())
                    : open(
                        session,
                        contract.provider(),
                        currency,
                        KeptAccount.Limits.NONE,
                        contract.validity().from()));
  }

  /** From one account to another, which may be the same: nothing is booked then. */
  private static Future<Void> transfer(
      Session session, KeptAccount from, KeptAccount to, KeptTransaction paid) {
    if (from.id() == to.id()) return Future.succeededFuture();
    return book(session, from, side(paid, paid.amount().negate(), to))
        .compose(done -> book(session, to, side(paid, paid.amount(), from)));
  }

  private static KeptTransaction side(KeptTransaction paid, BigDecimal amount, KeptAccount other) {
    return new KeptTransaction(
        0, amount, paid.bookedAt(), OptionalLong.of(other.id()), paid.contract(), paid.remark());
  }

  /** What a contract costs, to be booked on both sides. */
  private static KeptTransaction payment(
      KeptContract contract, Instant now, Optional<String> remark) {
    return new KeptTransaction(
        0,
        contract.price().amount(),
        now,
        OptionalLong.empty(),
        Optional.of(contract.iri()),
        remark);
  }

  private static Future<Sale> keep(Session session, KeptContract one) {
    return session
        .change(
            KEEP,
            one.iri(),
            one.nonce(),
            one.client(),
            one.provider(),
            one.item(),
            text(one.price().amount()),
            one.price().currency(),
            one.keyHash(),
            one.request(),
            one.validity().from(),
            one.validity().through(),
            one.validity().revokedAt())
        .map(new Sale.Booked(one));
  }

  @Override
  public Future<Void> fulfil(String contract, Instant now) {
    return engine.writeAlone(QUEUE, session -> session.change(FULFIL, contract, now)).mapEmpty();
  }

  @Override
  public Future<Boolean> reverse(String iri, Instant now) {
    return alone(
        session ->
            session
                .first(NAMED, SqlAccountRegistry::contract, iri)
                .compose(
                    found ->
                        found.isEmpty()
                            ? Future.succeededFuture(false)
                            : session
                                .change(TAKE_BACK, iri, now)
                                .compose(
                                    revoked ->
                                        revoked == 0
                                            ? Future.succeededFuture(false)
                                            : giveBack(session, found.get(), now).map(true))));
  }

  private static Future<Void> giveBack(Session session, KeptContract contract, Instant now) {
    if (contract.price().amount().signum() == 0) return Future.succeededFuture();
    String currency = contract.price().currency();
    return session
        .first(IN_CURRENCY, SqlAccountRegistry::account, contract.provider(), currency)
        .compose(
            provider ->
                session
                    .first(IN_CURRENCY, SqlAccountRegistry::account, contract.client(), currency)
                    .compose(
                        client ->
                            transfer(
                                session,
                                provider.orElseThrow(),
                                client.orElseThrow(),
                                payment(contract, now, Optional.of("reversed")))));
  }

  @Override
  public Future<Optional<KeptContract>> contract(String iri) {
    return contract(NAMED, iri);
  }

  @Override
  public Future<Optional<KeptContract>> contractOfNonce(String nonce) {
    return contract(OF_NONCE, nonce);
  }

  @Override
  public Future<Optional<KeptContract>> contractOfKey(String keyHash) {
    return contract(OF_KEY, keyHash);
  }

  private Future<Optional<KeptContract>> contract(String sql, String argument) {
    return engine.read(session -> session.first(sql, SqlAccountRegistry::contract, argument));
  }

  @Override
  public Future<Boolean> revoke(String contract, Instant now) {
    return engine
        .writeAlone(QUEUE, session -> session.change(REVOKE, contract, now))
        .map(count -> count > 0);
  }

  private static String text(BigDecimal sum) {
    return sum.toPlainString();
  }

  private static KeptAccount account(Row row) {
    return new KeptAccount(
        row.number("id"),
        row.text("holder"),
        row.text("currency"),
        new KeptAccount.Limits(
            new BigDecimal(row.text("credit_limit")), new BigDecimal(row.text("minimum_deposit"))),
        new BigDecimal(row.text("balance")),
        row.time("opened_at"));
  }

  private static KeptTransaction transaction(Row row) {
    return new KeptTransaction(
        row.number("sequence"),
        new BigDecimal(row.text("amount")),
        row.time("booked_at"),
        row.lacks("counter_account_id")
            ? OptionalLong.empty()
            : OptionalLong.of(row.number("counter_account_id")),
        row.optionalText("contract"),
        row.optionalText("remark"));
  }

  private static KeptContract contract(Row row) {
    return new KeptContract(
        row.text("iri"),
        row.text("nonce"),
        row.text("client"),
        row.text("provider"),
        row.text("item"),
        new KeptContract.Price(new BigDecimal(row.text("price")), row.text("currency")),
        row.optionalText("key_hash"),
        row.optionalText("request"),
        new KeptContract.Validity(
            row.time("valid_from"), row.time("valid_through"), row.optionalTime("revoked_at")));
  }
}
