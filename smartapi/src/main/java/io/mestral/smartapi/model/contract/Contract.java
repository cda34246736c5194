package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.entity.AbstractEntity;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.trade.Offering;
import io.mestral.smartapi.model.trade.PriceSpecification;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code sx:Contract}: an agreement made earlier (Smart API, section 2.15). */
public class Contract extends AbstractEntity {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Contract(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Contract at(Graph graph, Resource node) {
    return new Contract(graph, node);
  }

  /**
   * Who agreed.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> parties() {
    return objects(Sx.PARTY, Entity::at);
  }

  /**
   * What it governs.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> covered() {
    return objects(Sx.ITEM, Obj::at);
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

  /**
   * The agreed prices.
   *
   * @return the values; empty when there are none
   */
  public List<PriceSpecification> prices() {
    return objects(Gr.HAS_PRICE_SPECIFICATION, PriceSpecification::at);
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
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Contract, B extends Base<T, B>>
      extends AbstractEntity.Base<T, B> {
    /**
     * For subclasses.
     *
     * @param node the node that is described
     * @param type its class
     * @param kind how it is seen when built
     */
    protected Base(Resource node, Iri type, Kind<T> kind) {
      super(node, type, kind);
    }

    /**
     * Who agreed; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B party(Entity one) {
      return property(Sx.PARTY, one);
    }

    /**
     * What it governs; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B covers(Obj one) {
      return property(Sx.ITEM, one);
    }

    /**
     * The Offering that led to it.
     *
     * @param one what it is
     * @return this
     */
    public B offering(Offering one) {
      return property(Sx.OFFERING, one);
    }

    /**
     * The agreed prices; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B price(PriceSpecification one) {
      return property(Gr.HAS_PRICE_SPECIFICATION, one);
    }

    /**
     * From when on, included.
     *
     * @param one the moment
     * @return this
     */
    public B validFrom(Instant one) {
      return property(Gr.VALID_FROM, Literal.of(one));
    }

    /**
     * Until when, not included.
     *
     * @param one the moment
     * @return this
     */
    public B validThrough(Instant one) {
      return property(Gr.VALID_THROUGH, Literal.of(one));
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Contract, Builder> {
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
      super(node, Types.CONTRACT, Contract::at);
    }
  }
}
