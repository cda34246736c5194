package io.mestral.smartapi.price;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.list.RdfList;
import io.mestral.smartapi.model.contract.Account;
import io.mestral.smartapi.model.contract.AccountTransaction;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Sums and rules of Accounts (Smart API, section 2.16). */
public final class Bookings {
  private Bookings() {}

  /**
   * Both sides of a transfer, to be booked in one step or not at all.
   *
   * @param debit what leaves an Account, negative
   * @param credit what another one gets, positive
   */
  public record Transfer(AccountTransaction debit, AccountTransaction credit) {}

  /**
   * The transactions that an Account lists.
   *
   * @param account the Account
   * @return them in their order; empty when it lists none
   * @throws SmartApiException of type InvalidParams if an item of the list is no object
   */
  public static List<AccountTransaction> of(Account account) {
    Optional<RdfList> list = account.list(SmartApi.LIST);
    List<AccountTransaction> all = new ArrayList<>();
    for (Optional<Term> item : list.map(RdfList::terms).orElse(List.of())) {
      if (item.isPresent()) {
        if (!(item.get() instanceof Resource node)) {
          throw new SmartApiException(
              ErrorType.INVALID_PARAMS,
              "A transaction of %s is the literal %s, an object is wanted."
                  .formatted(account.node(), item.get()),
              account.node());
        }
        all.add(AccountTransaction.at(account.graph(), node));
      }
    }
    return all;
  }

  /**
   * The balance: the exact sum of the amounts.
   *
   * @param transactions all transactions of one Account
   * @return the sum, as many digits as the amounts have; zero of none
   * @throws SmartApiException of type InvalidParams if one has no amount
   */
  public static BigDecimal balance(Collection<AccountTransaction> transactions) {
    return transactions.stream().map(Bookings::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * Refuses what an Account can't bear.
   *
   * @param account the Account with its limits; those that are absent are zero
   * @param balance what it has
   * @param amount what is to be booked; a credit is never refused
   * @throws SmartApiException of type ConflictError if a debit leaves less than the minimum deposit
   *     without the credit limit
   */
  public static void check(Account account, BigDecimal balance, BigDecimal amount) {
    BigDecimal least =
        account
            .minimumDeposit()
            .orElse(BigDecimal.ZERO)
            .subtract(account.creditLimit().orElse(BigDecimal.ZERO));
    if (amount.signum() < 0 && balance.add(amount).compareTo(least) < 0) {
      throw new SmartApiException(
          ErrorType.CONFLICT_ERROR,
          "The account %s has %s; after a debit of %s it would have %s, and %s is the least it may have."
              .formatted(
                  account.node(),
                  balance.toPlainString(),
                  amount.negate().toPlainString(),
                  balance.add(amount).toPlainString(),
                  least.toPlainString()),
          account.node());
    }
  }

  /**
   * Makes the two transactions of a transfer.
   *
   * @param from the Account that pays
   * @param to the Account that is paid, of the same currency
   * @param amount how much, more than zero
   * @param at when it is booked
   * @return both sides; limits aren't looked at, see {@link #check}
   * @throws SmartApiException of type InvalidParams if the amount isn't more than zero, the
   *     Accounts are one, or their currencies differ or are missing
   */
  public static Transfer transfer(Account from, Account to, BigDecimal amount, Instant at) {
    if (amount.signum() <= 0) {
      throw invalid(from, "%s can't be transferred: more than zero is wanted.".formatted(amount));
    }
    if (from.node().equals(to.node())) {
      throw invalid(from, "The account %s can't pay itself.".formatted(from.node()));
    }
    if (from.currency().isEmpty() || !from.currency().equals(to.currency())) {
      throw invalid(
          from,
          "A transfer is between accounts of one currency, not %s and %s."
              .formatted(from.currency().orElse("none"), to.currency().orElse("none")));
    }
    return new Transfer(side(from, to, amount.negate(), at), side(to, from, amount, at));
  }

  private static AccountTransaction side(
      Account account, Account other, BigDecimal amount, Instant at) {
    return new AccountTransaction.Builder()
        .account(account)
        .counterAccount(other)
        .amount(amount)
        .bookedAt(at)
        .build();
  }

  private static BigDecimal amount(AccountTransaction one) {
    return one.amount()
        .orElseThrow(
            () ->
                new SmartApiException(
                    ErrorType.INVALID_PARAMS,
                    "The transaction %s has no sx:amount: a decimal number is wanted."
                        .formatted(one.node()),
                    one.node()));
  }

  private static SmartApiException invalid(Account at, String text) {
    return new SmartApiException(ErrorType.INVALID_PARAMS, text, at.node());
  }
}
