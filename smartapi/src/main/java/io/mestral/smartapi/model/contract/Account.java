package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.entity.AbstractEntity;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * {@code sx:Account}: an account of one currency; its balance is the sum of its transactions (Smart
 * API, section 2.16).
 */
public final class Account extends AbstractEntity {
  private Account(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Account at(Graph graph, Resource node) {
    return new Account(graph, node);
  }

  /**
   * Whose account it is.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Entity> holder() {
    return object(Sx.ACCOUNT_HOLDER, Entity::at);
  }

  /**
   * ISO 4217 code.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> currency() {
    return text(Gr.HAS_CURRENCY);
  }

  /**
   * How far the balance may fall below zero; zero when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> creditLimit() {
    return decimal(Sx.CREDIT_LIMIT);
  }

  /**
   * Balance to be kept; zero when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> minimumDeposit() {
    return decimal(Sx.MINIMUM_DEPOSIT);
  }

  /**
   * The sum of the transactions as the sender knows it.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> balance() {
    return decimal(Sx.BALANCE);
  }

  /**
   * The list of transactions.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> transactions() {
    return term(SmartApi.LIST);
  }

  /** Puts one together. */
  public static final class Builder extends AbstractEntity.Base<Account, Builder> {
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
      super(node, Types.ACCOUNT, Account::at);
    }

    /**
     * Whose account it is.
     *
     * @param one what it is
     * @return this
     */
    public Builder holder(Entity one) {
      return property(Sx.ACCOUNT_HOLDER, one);
    }

    /**
     * ISO 4217 code.
     *
     * @param one any text
     * @return this
     */
    public Builder currency(String one) {
      return property(Gr.HAS_CURRENCY, Literal.of(one));
    }

    /**
     * How far the balance may fall below zero; zero when absent.
     *
     * @param one the number
     * @return this
     */
    public Builder creditLimit(BigDecimal one) {
      return property(Sx.CREDIT_LIMIT, Literal.of(one));
    }

    /**
     * Balance to be kept; zero when absent.
     *
     * @param one the number
     * @return this
     */
    public Builder minimumDeposit(BigDecimal one) {
      return property(Sx.MINIMUM_DEPOSIT, Literal.of(one));
    }

    /**
     * The sum of the transactions as the sender knows it.
     *
     * @param one the number
     * @return this
     */
    public Builder balance(BigDecimal one) {
      return property(Sx.BALANCE, Literal.of(one));
    }

    /**
     * The list of transactions.
     *
     * @param one a node of a list or map
     * @return this
     */
    public Builder transactions(Term one) {
      return property(SmartApi.LIST, one);
    }
  }
}
