package io.mestral.verticles.http.ops;

import io.mestral.model.platform.Gateway;
import io.mestral.routing.request.trade.Accounts;
import io.mestral.storage.KeptAccount;
import io.mestral.storage.KeptTransaction;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code /ops/v1/accounts}: the accounts that Offerings of the Smart API are paid from. */
public final class OpsAccounts {
  private static final int MOST = 1_000;
  private static final Pattern SUM = Pattern.compile("-?\\d{1,18}(\\.\\d{1,9})?");

  private final Accounts accounts;
  private final Clock clock;

  /** Of this node. */
  public OpsAccounts(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** A thousand at most, by number, or those of one holder. */
  public Future<Answer> list(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    long after = params.text("after").flatMap(OpsAccounts::number).orElse(0L);
    return params
        .text("holder")
        .map(accounts.registry()::ofHolder)
        .orElseGet(() -> accounts.registry().page(after, MOST))
        .map(
            found ->
                Answer.ok(
                    json ->
                        json.array(
                            () -> found.forEach(one -> json.object(() -> write(json, one))))));
  }

  /** Opens one. */
  public Future<Answer> create(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    FieldErrors errors = new FieldErrors();
    String holder = params.text("holder").orElse("");
    if (holder.length() > Gateway.MAX_IRI || !Gateway.IRI.matcher(holder).matches())
      errors.add("holder", "must be an absolute IRI of at most " + Gateway.MAX_IRI + " characters");
    String currency = params.text("currency").orElse("");
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(one -> one.getCurrencyCode().equals(currency)))
      errors.add("currency", "must be a code of ISO 4217, such as EUR");
    Optional<BigDecimal> credit = limit(params, "credit_limit", errors);
    Optional<BigDecimal> deposit = limit(params, "minimum_deposit", errors);
    errors.throwIfAny();
    KeptAccount.Limits limits = new KeptAccount.Limits(credit.orElseThrow(), deposit.orElseThrow());
    return accounts
        .open(holder, currency, limits)
        .map(
            made -> {
              exchange.deed().about("account " + made.id());
              return Answer.json(201, json -> json.object(() -> write(json, made)));
            });
  }

  private static Optional<BigDecimal> limit(Params params, String name, FieldErrors errors) {
    Optional<BigDecimal> sum = sum(params.text(name).orElse("0"));
    if (sum.filter(one -> one.signum() >= 0).isEmpty())
      errors.add(name, "must be a sum of zero or more, with at most nine digits behind the point");
    return sum;
  }

  private static Optional<BigDecimal> sum(String text) {
    return SUM.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** One with its last transactions, the newest first. */
  public Future<Answer> show(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    return found(id)
        .compose(
            account ->
                accounts
                    .registry()
                    .last(account.id(), MOST)
                    .map(last -> Answer.ok(json -> write(json, account, last))));
  }

  private Future<KeptAccount> found(String id) {
    return number(id)
        .map(accounts.registry()::find)
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Account", "id", id)));
  }

  private static Optional<Long> number(String text) {
    return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  /** Books what came from outside the platform, or with a minus went there. */
  public Future<Answer> book(Exchange exchange) {
    Administrators.only(exchange.viewer());
    Params params = exchange.params();
    FieldErrors errors = new FieldErrors();
    Optional<BigDecimal> amount = sum(params.text("amount").orElse(""));
    if (amount.filter(one -> one.signum() != 0).isEmpty())
      errors.add("amount", "must be a sum other than zero, such as 10.00 or -2.50");
    Optional<String> remark = params.text("remark");
    errors.checkLength("remark", remark, FieldErrors.LONGEST_NAME);
    errors.throwIfAny();
    return found(exchange.path("id"))
        .compose(
            account ->
                accounts
                    .book(account.id(), amount.orElseThrow(), remark.orElse(""))
                    .map(done -> done.orElseThrow(() -> tooLittle(account))))
        .map(
            booked -> {
              exchange.deed().about("account " + booked.id());
              return Answer.json(201, json -> json.object(() -> write(json, booked)));
            });
  }

  private static Problem tooLittle(KeptAccount account) {
    FieldErrors errors = new FieldErrors();
    errors.add(
        "amount",
        "leaves less than %s in an account that has %s"
            .formatted(
                account.limits().deposit().subtract(account.limits().credit()).toPlainString(),
                account.balance().toPlainString()));
    return Problem.unprocessable(errors);
  }

  /** Ends a contract; nothing is paid back. */
  public Future<Answer> revoke(Exchange exchange) {
    Administrators.only(exchange.viewer());
    String id = exchange.path("id");
    return accounts
        .registry()
        .revoke(id, clock.instant())
        .map(
            ended -> {
              if (!ended) throw Problem.recordNotFound("Contract", "id", id);
              exchange.deed().about("contract " + id);
              return Answer.done();
            });
  }

  private static void write(JsonWriter json, KeptAccount one, List<KeptTransaction> last) {
    json.object(
        () -> {
          write(json, one);
          json.array("transactions", () -> last.forEach(each -> write(json, each)));
        });
  }

  private static void write(JsonWriter json, KeptAccount one) {
    json.field("id", one.id())
        .field("holder", one.holder())
        .field("currency", one.currency())
        .field("credit_limit", one.limits().credit().toPlainString())
        .field("minimum_deposit", one.limits().deposit().toPlainString())
        .field("balance", one.balance().toPlainString())
        .field("opened_at", one.openedAt());
  }

  private static void write(JsonWriter json, KeptTransaction one) {
    json.object(
        () -> {
          json.field("sequence", one.sequence())
              .field("amount", one.amount().toPlainString())
              .field("booked_at", one.bookedAt());
          if (one.counterAccount().isPresent())
            json.field("counter_account", one.counterAccount().getAsLong());
          one.contract().ifPresent(contract -> json.field("contract", contract));
          one.remark().ifPresent(remark -> json.field("remark", remark));
        });
  }
}
