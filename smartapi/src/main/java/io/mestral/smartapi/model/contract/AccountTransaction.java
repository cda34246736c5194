package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** {@code sx:AccountTransaction}: one change of an account's balance. */
public final class AccountTransaction extends Obj {
  private AccountTransaction(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static AccountTransaction at(Graph graph, Resource node) {
    return new AccountTransaction(graph, node);
  }

  /**
   * The account that changes.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Account> account() {
    return object(Sx.ACCOUNT, Account::at);
  }

  /**
   * The other account.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Account> counterAccount() {
    return object(Sx.COUNTER_ACCOUNT, Account::at);
  }

  /**
   * The change: a credit when positive, a debit when negative.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> amount() {
    return decimal(Sx.AMOUNT);
  }

  /**
   * When it was booked.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> bookedAt() {
    return moment(Sx.BOOKED_AT);
  }

  /**
   * Its number in the account, growing by one.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> sequence() {
    return integer(Sx.SEQUENCE);
  }

  /**
   * The Contract under which it happens.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Contract> contract() {
    return object(Sx.CONTRACT, Contract::at);
  }

  /**
   * The Offering that led to it.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Offering> offering() {
    return object(Sx.OFFERING, Offering::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<AccountTransaction, Builder> {
    /** Begins one without a name. */
    public Builder() {
      this(new Blank());
    }

    /**
     * Begins one with a name, or one more statement about a node.
     *
     * @param node its IRI or node
     */
    public Builder(Resource node) {
      super(node, Types.ACCOUNT_TRANSACTION, AccountTransaction::at);
    }

    /**
     * The account that changes.
     *
     * @param one what it is
     * @return this
     */
    public Builder account(Account one) {
      return property(Sx.ACCOUNT, one);
    }

    /**
     * The other account.
     *
     * @param one what it is
     * @return this
     */
    public Builder counterAccount(Account one) {
      return property(Sx.COUNTER_ACCOUNT, one);
    }

    /**
     * The change: a credit when positive, a debit when negative.
     *
     * @param one the number
     * @return this
     */
    public Builder amount(BigDecimal one) {
      return property(Sx.AMOUNT, Literal.of(one));
    }

    /**
     * When it was booked.
     *
     * @param one the moment
     * @return this
     */
    public Builder bookedAt(Instant one) {
      return property(Sx.BOOKED_AT, Literal.of(one));
    }

    /**
     * Its number in the account, growing by one.
     *
     * @param one the number
     * @return this
     */
    public Builder sequence(long one) {
      return property(Sx.SEQUENCE, Literal.of(one));
    }

    /**
     * The Contract under which it happens.
     *
     * @param one what it is
     * @return this
     */
    public Builder contract(Contract one) {
      return property(Sx.CONTRACT, one);
    }

    /**
     * The Offering that led to it.
     *
     * @param one what it is
     * @return this
     */
    public Builder offering(Offering one) {
      return property(Sx.OFFERING, one);
    }
  }
}
