package io.mestral.smartapi.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.mestral.smartapi.error.ErrorType;
import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.contract.Account;
import io.mestral.smartapi.model.contract.AccountTransaction;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.syntax.Limits;
import io.mestral.smartapi.syntax.turtle.TurtleReader;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Account MINE = account("urn:mine", "EUR");

  @Test
  void theBalanceIsTheExactSumOfTheTransactions() throws IOException {
    Graph graph;
    try (InputStream in =
        BookingsTest.class.getResourceAsStream("/io/mestral/smartapi/examples/15-account.ttl")) {
      graph = new TurtleReader(Limits.DEFAULT).read(in.readAllBytes());
    }
    Account account = Account.at(graph, new Iri("https://bank.example/id/account-9"));
    List<AccountTransaction> all = Bookings.of(account);
    assertThat(all).extracting(one -> one.sequence().orElseThrow()).containsExactly(1L, 2L);
    assertThat(Bookings.balance(all)).isEqualTo(account.balance().orElseThrow());
    assertThat(Bookings.balance(List.of())).isEqualTo(BigDecimal.ZERO);
    assertThat(Bookings.of(MINE)).isEmpty();
  }

  @Test
  void scalesStayAsTheyAreWritten() {
    assertThat(Bookings.balance(List.of(booked("0.1"), booked("0.200"))).toPlainString())
        .isEqualTo("0.300");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0, 0, -10, true",
    "10, 0, 0, -10.01, false",
    "10, 5, 0, -15, true",
    "10, 5, 0, -15.01, false",
    "10, 5, 2, -13, true",
    "10, 5, 2, -13.01, false",
    "-100, 5, 2, 1, true"
  })
  void aDebitLeavesTheMinimumDepositWithoutTheCreditLimit(
      BigDecimal balance, BigDecimal credit, BigDecimal deposit, BigDecimal amount, boolean may) {
    Account account =
        new Account.Builder(new Iri("urn:mine"))
            .creditLimit(credit)
            .minimumDeposit(deposit)
            .build();
    if (may) {
      assertThatNoException().isThrownBy(() -> Bookings.check(account, balance, amount));
    } else {
      assertThatExceptionOfType(SmartApiException.class)
          .isThrownBy(() -> Bookings.check(account, balance, amount))
          .withMessageContaining("is the least it may have")
          .returns(ErrorType.CONFLICT_ERROR, SmartApiException::type);
    }
  }

  @Test
  void aTransferIsTwoTransactionsOfOppositeAmounts() {
    Account theirs = account("urn:theirs", "EUR");
    Bookings.Transfer transfer = Bookings.transfer(MINE, theirs, new BigDecimal("0.25"), NOW);
    assertThat(transfer.debit().amount()).contains(new BigDecimal("-0.25"));
    assertThat(transfer.credit().amount()).contains(new BigDecimal("0.25"));
    assertThat(transfer.debit().account()).map(Account::node).contains(MINE.node());
    assertThat(transfer.debit().counterAccount()).map(Account::node).contains(theirs.node());
    assertThat(transfer.credit().account()).map(Account::node).contains(theirs.node());
    assertThat(Bookings.balance(List.of(transfer.debit(), transfer.credit())))
        .isEqualByComparingTo(BigDecimal.ZERO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "urn:theirs | EUR | 0 | 0 can't be transferred: more than zero is wanted.",
        "urn:theirs | EUR | -1 | -1 can't be transferred: more than zero is wanted.",
        "urn:mine | EUR | 1 | The account <urn:mine> can't pay itself.",
        "urn:theirs | USD | 1 | A transfer is between accounts of one currency, not EUR and USD."
      })
  void aTransferThatMakesNoSenseIsRefused(
      String to, String currency, BigDecimal amount, String text) {
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Bookings.transfer(MINE, account(to, currency), amount, NOW))
        .withMessage(text)
        .returns(ErrorType.INVALID_PARAMS, SmartApiException::type);
  }

  @Test
  void whatHasNoAmountOrIsNoTransactionIsRefused() {
    AccountTransaction empty = new AccountTransaction.Builder(new Iri("urn:t")).build();
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Bookings.balance(List.of(empty)))
        .withMessage("The transaction <urn:t> has no sx:amount: a decimal number is wanted.");
    Account odd =
        new Account.Builder(new Iri("urn:mine")).list(SmartApi.LIST, List.of(1, 2)).build();
    assertThatExceptionOfType(SmartApiException.class)
        .isThrownBy(() -> Bookings.of(odd))
        .withMessageContaining("A transaction of <urn:mine> is the literal");
  }

  private static Account account(String iri, String currency) {
    return new Account.Builder(new Iri(iri)).currency(currency).build();
  }

  private static AccountTransaction booked(String amount) {
    return new AccountTransaction.Builder().amount(new BigDecimal(amount)).build();
  }
}
