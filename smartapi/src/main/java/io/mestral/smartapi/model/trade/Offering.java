package io.mestral.smartapi.model.trade;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code gr:Offering}: an offer of data or a service, at a price (Smart API, section 2.12). */
public final class Offering extends Obj {
  private Offering(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Offering at(Graph graph, Resource node) {
    return new Offering(graph, node);
  }

  /**
   * Name.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> name() {
    return text(Gr.NAME);
  }

  /**
   * Description.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> description() {
    return text(Gr.DESCRIPTION);
  }

  /**
   * What would be done: sold, leased out, provided as a service.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> businessFunction() {
    return iri(Gr.HAS_BUSINESS_FUNCTION);
  }

  /**
   * What is offered.
   *
   * @return the values; empty when there are none
   */
  public List<IncludedItems> includes() {
    return objects(Gr.INCLUDES, IncludedItems::at);
  }

  /**
   * The price list.
   *
   * @return the values; empty when there are none
   */
  public List<PriceSpecification> prices() {
    return objects(Gr.HAS_PRICE_SPECIFICATION, PriceSpecification::at);
  }

  /**
   * Random text that makes the offer one of a kind.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> nonce() {
    return text(Sx.NONCE);
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

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Offering, Builder> {
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
      super(node, Gr.OFFERING, Offering::at);
    }

    /**
     * Name.
     *
     * @param one any text
     * @return this
     */
    public Builder name(String one) {
      return property(Gr.NAME, Literal.of(one));
    }

    /**
     * Description.
     *
     * @param one any text
     * @return this
     */
    public Builder description(String one) {
      return property(Gr.DESCRIPTION, Literal.of(one));
    }

    /**
     * What would be done: sold, leased out, provided as a service.
     *
     * @param one its IRI
     * @return this
     */
    public Builder businessFunction(Iri one) {
      return property(Gr.HAS_BUSINESS_FUNCTION, one);
    }

    /**
     * What is offered; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder includes(IncludedItems one) {
      return property(Gr.INCLUDES, one);
    }

    /**
     * The price list; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder price(PriceSpecification one) {
      return property(Gr.HAS_PRICE_SPECIFICATION, one);
    }

    /**
     * Random text that makes the offer one of a kind.
     *
     * @param one any text
     * @return this
     */
    public Builder nonce(String one) {
      return property(Sx.NONCE, Literal.of(one));
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
  }
}
