package io.mestral.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.mestral.storage.KeptContract.Price;
import io.mestral.storage.KeptContract.Validity;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is booked, whichever engine keeps it. */
public abstract class AccountsContract extends MetadataContract {
  private static final String ADA = "https://example.org/id/ada";
  private static final String GRACE = "https://example.org/id/grace";

  private AccountRegistry accounts() {
    return metadata().accounts();
  }

  private KeptAccount open(String holder, String credit, String deposit) {
    KeptAccount.Limits limits =
        new KeptAccount.Limits(new BigDecimal(credit), new BigDecimal(deposit));
    return await(accounts().open(holder, "EUR", limits, NOON));
  }

  private Optional<KeptAccount> book(KeptAccount account, String amount) {
    return await(accounts().book(account.id(), new BigDecimal(amount), NOON, "by hand"));
  }

  private static KeptContract contract(String nonce, String amount) {
    return new KeptContract(
        "https://example.org/contracts/" + nonce,
        nonce,
        ADA,
        GRACE,
        "https://example.org/id/room-5",
        new Price(new BigDecimal(amount), "EUR"),
        Optional.of("hash-of-" + nonce),
        Optional.of("urn:uuid:00000000-0000-4000-8000-000000000032"),
        new Validity(NOON, NOON.plus(Duration.ofDays(1)), Optional.empty()));
  }

  private Sale sell(KeptContract contract) {
    return await(accounts().sell(contract));
  }

  private BigDecimal balance(KeptAccount account) {
    return await(accounts().find(account.id())).orElseThrow().balance();
  }

  @Test
  void anAccountIsFoundAsItWasOpenedAndOneOfACurrencyIsEnough() throws Exception {
    KeptAccount ada = open(ADA, "5.00", "1");
    KeptAccount grace = open(GRACE, "0", "0");
    assertConflict(accounts().open(ADA, "EUR", KeptAccount.Limits.NONE, NOON), "holder");
    KeptAccount other = await(accounts().open(ADA, "CHF", KeptAccount.Limits.NONE, NOON));
    reopen();
    assertThat(await(accounts().find(ada.id()))).contains(ada);
    assertThat(ada.limits().credit()).isEqualTo(new BigDecimal("5.00"));
    assertThat(await(accounts().ofHolder(ADA))).containsExactlyInAnyOrder(other, ada);
    assertThat(await(accounts().page(0, 2))).containsExactly(ada, grace);
    assertThat(await(accounts().page(grace.id(), 9))).containsExactly(other);
    assertThat(await(accounts().find(99))).isEmpty();
  }

  @Test
  void sumsAreExactAndKeepTheirDigits() {
    KeptAccount ada = open(ADA, "0", "0");
    assertThat(book(ada, "0.10")).isPresent();
    assertThat(book(ada, "0.2")).isPresent();
    assertThat(book(ada, "123456789012345678901234567890.00")).isPresent();
    assertThat(balance(ada)).isEqualTo(new BigDecimal("123456789012345678901234567890.30"));
    assertThat(await(accounts().last(ada.id(), 2)))
        .containsExactly(
            transaction(3, "123456789012345678901234567890.00"), transaction(2, "0.2"));
  }

  private static KeptTransaction transaction(long sequence, String amount) {
    return new KeptTransaction(
        sequence,
        new BigDecimal(amount),
        NOON,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.of("by hand"));
  }

  @Test
  void nothingIsDrawnBelowDepositLessCredit() {
    KeptAccount ada = open(ADA, "5.00", "2.00");
    assertThat(book(ada, "-3.01")).isEmpty();
    assertThat(book(ada, "-3.00")).isPresent();
    assertThat(book(ada, "-0.01")).isEmpty();
    assertThat(balance(ada)).isEqualByComparingTo("-3.00");
    assertThat(await(accounts().last(ada.id(), 9))).hasSize(1);
  }

  @Test
  void aSaleIsBookedOnBothSidesAndKeptWithItsContract() throws Exception {
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "10.00");
    KeptContract bought = contract("q3Yl0mB7c2", "0.25");
    assertThat(sell(bought)).isEqualTo(new Sale.Booked(bought));
    reopen();
    KeptAccount grace = await(accounts().ofHolder(GRACE)).get(0);
    assertThat(balance(ada)).isEqualTo(new BigDecimal("9.75"));
    assertThat(grace.balance()).isEqualTo(new BigDecimal("0.25"));
    KeptTransaction debit = await(accounts().last(ada.id(), 1)).get(0);
    assertThat(debit.counterAccount()).hasValue(grace.id());
    assertThat(debit.contract()).contains(bought.iri());
    assertThat(await(accounts().contract(bought.iri()))).contains(bought);
    assertThat(await(accounts().contractOfNonce("q3Yl0mB7c2"))).contains(bought);
    assertThat(await(accounts().contractOfKey("hash-of-q3Yl0mB7c2"))).contains(bought);
    assertThat(await(accounts().contractOfKey("another"))).isEmpty();
  }

  @Test
  void anOfferIsAcceptedOnceHoweverManyTryAtOnce() {
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "10.00");
    List<Future<Sale>> tries =
        IntStream.range(0, 20).mapToObj(i -> accounts().sell(contract("once", "1"))).toList();
    await(Future.all(tries));
    assertThat(tries.stream().filter(one -> one.result() instanceof Sale.Booked)).hasSize(1);
    assertThat(tries.stream().filter(one -> one.result() instanceof Sale.Used)).hasSize(19);
    assertThat(balance(ada)).isEqualByComparingTo("9");
  }

  @Test
  void whatCannotBePaidChangesNothing() {
    assertThat(sell(contract("a", "1"))).isEqualTo(new Sale.NoAccount());
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "0.99");
    assertThat(sell(contract("a", "1"))).isInstanceOf(Sale.NoFunds.class);
    assertThat(await(accounts().ofHolder(GRACE))).isEmpty();
    assertThat(await(accounts().contractOfNonce("a"))).isEmpty();
    assertThat(balance(ada)).isEqualTo(new BigDecimal("0.99"));
  }

  @Test
  void whatCostsNothingNeedsNoAccount() {
    assertThat(sell(contract("free", "0.00"))).isInstanceOf(Sale.Booked.class);
    assertThat(await(accounts().page(0, 9))).isEmpty();
  }

  @Test
  void aSaleIsTakenBackOnce() {
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "1");
    KeptContract bought = contract("b", "0.40");
    sell(bought);
    Instant later = NOON.plusSeconds(1);
    assertThat(await(accounts().reverse(bought.iri(), later))).isTrue();
    assertThat(await(accounts().reverse(bought.iri(), later))).isFalse();
    assertThat(balance(ada)).isEqualByComparingTo("1");
    assertThat(await(accounts().ofHolder(GRACE)).get(0).balance()).isEqualByComparingTo("0");
    assertThat(await(accounts().contract(bought.iri())).orElseThrow().validity().holds(NOON))
        .isFalse();
    assertThat(sell(bought)).isInstanceOf(Sale.Used.class);
  }

  @Test
  void whatWasDeliveredIsNotTakenBack() {
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "1");
    KeptContract bought = contract("d", "0.40");
    sell(bought);
    await(accounts().fulfil(bought.iri(), NOON));
    assertThat(await(accounts().reverse(bought.iri(), NOON))).isFalse();
    assertThat(balance(ada)).isEqualByComparingTo("0.60");
    assertThat(await(accounts().revoke(bought.iri(), NOON))).isTrue();
  }

  @Test
  void whoPaysThemselvesBooksNothing() {
    KeptAccount ada = open(ADA, "0", "0");
    book(ada, "1");
    KeptContract own =
        new KeptContract(
            "https://example.org/contracts/own",
            "own",
            ADA,
            ADA,
            "https://example.org/id/room-5",
            new Price(BigDecimal.ONE, "EUR"),
            Optional.empty(),
            Optional.empty(),
            new Validity(NOON, NOON.plusSeconds(9), Optional.empty()));
    assertThat(sell(own)).isInstanceOf(Sale.Booked.class);
    assertThat(await(accounts().reverse(own.iri(), NOON))).isTrue();
    assertThat(balance(ada)).isEqualByComparingTo("1");
    assertThat(await(accounts().last(ada.id(), 9))).hasSize(1);
  }

  @Test
  void aContractIsRevokedOnce() {
    KeptContract free = contract("c", "0");
    sell(free);
    assertThat(await(accounts().revoke(free.iri(), NOON))).isTrue();
    assertThat(await(accounts().revoke(free.iri(), NOON))).isFalse();
    assertThat(await(accounts().revoke("https://example.org/contracts/none", NOON))).isFalse();
  }
}
