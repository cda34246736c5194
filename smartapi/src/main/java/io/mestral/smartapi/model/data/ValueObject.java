package io.mestral.smartapi.model.data;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Rdf;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.value.Variant;
import io.mestral.smartapi.vocabulary.Dct;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code smartapi:ValueObject}: one measured, set or wanted value, with what is needed to
 * understand it (Smart API, sections 1.7 and 3.2).
 */
public class ValueObject extends Obj {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected ValueObject(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static ValueObject at(Graph graph, Resource node) {
    return new ValueObject(graph, node);
  }

  /**
   * Which quantity the value is of.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> quantityKind() {
    return iri(Qudt.QUANTITY_KIND);
  }

  /**
   * In which unit the value is.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> unit() {
    return iri(Qudt.UNIT);
  }

  /**
   * The value; absent in what is asked for.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Variant> value() {
    return value(Rdf.VALUE);
  }

  /**
   * Datatype that the value has or shall have.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> dataType() {
    return iri(SmartApi.DATA_TYPE);
  }

  /**
   * Lowest value allowed or accepted, in the unit.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Variant> minimum() {
    return value(SmartApi.MINIMUM);
  }

  /**
   * Highest value allowed or accepted, in the unit.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Variant> maximum() {
    return value(SmartApi.MAXIMUM);
  }

  /**
   * When the value was or shall be valid.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> instant() {
    return moment(SmartApi.INSTANT);
  }

  /**
   * Media type of a value of bytes.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> format() {
    return text(Dct.FORMAT);
  }

  /**
   * Time or span for which the value holds.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<TemporalContext> temporalContext() {
    return object(SmartApi.TEMPORAL_CONTEXT, TemporalContext::at);
  }

  /**
   * Interfaces that serve exactly this property.
   *
   * @return the values; empty when there are none
   */
  public List<InterfaceAddress> interfaces() {
    return objects(SmartApi.INTERFACE, InterfaceAddress::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends ValueObject, B extends Base<T, B>>
      extends ObjBuilder<T, B> {
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
     * Which quantity the value is of.
     *
     * @param one its IRI
     * @return this
     */
    public B quantityKind(Iri one) {
      return property(Qudt.QUANTITY_KIND, one);
    }

    /**
     * In which unit the value is.
     *
     * @param one its IRI
     * @return this
     */
    public B unit(Iri one) {
      return property(Qudt.UNIT, one);
    }

    /**
     * The value; absent in what is asked for.
     *
     * @param one the value
     * @return this
     */
    public B value(Variant one) {
      return property(Rdf.VALUE, one);
    }

    /**
     * Datatype that the value has or shall have.
     *
     * @param one its IRI
     * @return this
     */
    public B dataType(Iri one) {
      return property(SmartApi.DATA_TYPE, one);
    }

    /**
     * Lowest value allowed or accepted, in the unit.
     *
     * @param one the value
     * @return this
     */
    public B minimum(Variant one) {
      return property(SmartApi.MINIMUM, one);
    }

    /**
     * Highest value allowed or accepted, in the unit.
     *
     * @param one the value
     * @return this
     */
    public B maximum(Variant one) {
      return property(SmartApi.MAXIMUM, one);
    }

    /**
     * When the value was or shall be valid.
     *
     * @param one the moment
     * @return this
     */
    public B instant(Instant one) {
      return property(SmartApi.INSTANT, Literal.of(one));
    }

    /**
     * Media type of a value of bytes.
     *
     * @param one any text
     * @return this
     */
    public B format(String one) {
      return property(Dct.FORMAT, Literal.of(one));
    }

    /**
     * Time or span for which the value holds.
     *
     * @param one what it is
     * @return this
     */
    public B temporalContext(TemporalContext one) {
      return property(SmartApi.TEMPORAL_CONTEXT, one);
    }

    /**
     * Interfaces that serve exactly this property; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B servedAt(InterfaceAddress one) {
      return property(SmartApi.INTERFACE, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<ValueObject, Builder> {
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
      super(node, Types.VALUE_OBJECT, ValueObject::at);
    }
  }
}
