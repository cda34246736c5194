package io.mestral.smartapi.model.trade;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Xsd;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code gr:UnitPriceSpecification}: what something costs, for each unit (Smart API, section 5.4).
 */
public final class PriceSpecification extends Obj {
  private PriceSpecification(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static PriceSpecification at(Graph graph, Resource node) {
    return new PriceSpecification(graph, node);
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
   * The amount for each unit; its text is taken as a decimal number.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> amount() {
    return decimal(Gr.HAS_CURRENCY_VALUE);
  }

  /**
   * Prices of different types add up; of one type the first that applies counts.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> priceType() {
    return text(Gr.PRICE_TYPE);
  }

  /**
   * Place in the order in which prices of a type are tried; last when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> index() {
    return integer(SmartApi.INDEX);
  }

  /**
   * The unit that the amount is for; once for each Entity when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> unit() {
    return iri(Qudt.UNIT);
  }

  /**
   * The quantity that is paid for.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> quantityKind() {
    return iri(Qudt.QUANTITY_KIND);
  }

  /**
   * Whether the tax is in the amount; it is only if this is true.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Boolean> valueAddedTaxIncluded() {
    return truth(Gr.VALUE_ADDED_TAX_INCLUDED);
  }

  /**
   * Rate of value added tax, per cent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<BigDecimal> vatPercentage() {
    return decimal(SmartApi.VAT_PERCENTAGE);
  }

  /**
   * From when on, included.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> validFrom() {
    return moment(Gr.VALID_FROM);
  }

  /**
   * Until when, not included.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> validThrough() {
    return moment(Gr.VALID_THROUGH);
  }

  /**
   * Conditions under which the price applies.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> conditions() {
    return objects(SmartApi.HAS_CONDITION, Obj::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<PriceSpecification, Builder> {
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
      super(node, Gr.UNIT_PRICE_SPECIFICATION, PriceSpecification::at);
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
     * The amount for each unit; its text is taken as a decimal number.
     *
     * @param one the amount
     * @return this
     */
    public Builder amount(BigDecimal one) {
      return property(Gr.HAS_CURRENCY_VALUE, Literal.of(one.toPlainString(), Xsd.FLOAT));
    }

    /**
     * Prices of different types add up; of one type the first that applies counts.
     *
     * @param one any text
     * @return this
     */
    public Builder priceType(String one) {
      return property(Gr.PRICE_TYPE, Literal.of(one));
    }

    /**
     * Place in the order in which prices of a type are tried; last when absent.
     *
     * @param one the number
     * @return this
     */
    public Builder index(long one) {
      return property(SmartApi.INDEX, Literal.of(one));
    }

    /**
     * The unit that the amount is for; once for each Entity when absent.
     *
     * @param one its IRI
     * @return this
     */
    public Builder unit(Iri one) {
      return property(Qudt.UNIT, one);
    }

    /**
     * The quantity that is paid for.
     *
     * @param one its IRI
     * @return this
     */
    public Builder quantityKind(Iri one) {
      return property(Qudt.QUANTITY_KIND, one);
    }

    /**
     * Whether the tax is in the amount; it is only if this is true.
     *
     * @param one true or false
     * @return this
     */
    public Builder valueAddedTaxIncluded(boolean one) {
      return property(Gr.VALUE_ADDED_TAX_INCLUDED, Literal.of(one));
    }

    /**
     * Rate of value added tax, per cent.
     *
     * @param one the number
     * @return this
     */
    public Builder vatPercentage(BigDecimal one) {
      return property(SmartApi.VAT_PERCENTAGE, Literal.of(one));
    }

    /**
     * From when on, included.
     *
     * @param one the moment
     * @return this
     */
    public Builder validFrom(Instant one) {
      return property(Gr.VALID_FROM, Literal.of(one));
    }

    /**
     * Until when, not included.
     *
     * @param one the moment
     * @return this
     */
    public Builder validThrough(Instant one) {
      return property(Gr.VALID_THROUGH, Literal.of(one));
    }

    /**
     * Conditions under which the price applies; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder condition(Obj one) {
      return property(SmartApi.HAS_CONDITION, one);
    }
  }
}
