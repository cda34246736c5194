package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code smartapi:Evaluation}: carries or describes processing rather than a thing; it has every
 * property of a ValueObject, as in the published SDK.
 */
public class Evaluation extends ValueObject {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Evaluation(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Evaluation at(Graph graph, Resource node) {
    return new Evaluation(graph, node);
  }

  /**
   * Values that are told apart by their quantity kind.
   *
   * @return the values; empty when there are none
   */
  public List<ValueObject> valueObjects() {
    return objects(SmartApi.VALUE_OBJECT, ValueObject::at);
  }

  /**
   * Series of values.
   *
   * @return the values; empty when there are none
   */
  public List<TimeSeries> timeSeries() {
    return objects(SmartApi.TIME_SERIES, TimeSeries::at);
  }

  /**
   * A list.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> items() {
    return term(SmartApi.LIST);
  }

  /**
   * A {@code smartapi:Map}.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> dictionary() {
    return term(SmartApi.MAP);
  }

  /**
   * Class of the Evaluation.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> category() {
    return iri(SmartApi.CATEGORY);
  }

  /**
   * What it is about.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> systemOfInterest() {
    return object(SmartApi.SYSTEM_OF_INTEREST, Obj::at);
  }

  /**
   * Conditions under which it holds.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> conditions() {
    return objects(SmartApi.HAS_CONDITION, Obj::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Evaluation, B extends Base<T, B>>
      extends ValueObject.Base<T, B> {
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
     * Values that are told apart by their quantity kind; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B valueObject(ValueObject one) {
      return property(SmartApi.VALUE_OBJECT, one);
    }

    /**
     * Series of values; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B timeSeries(TimeSeries one) {
      return property(SmartApi.TIME_SERIES, one);
    }

    /**
     * A list.
     *
     * @param one a node of a list or map
     * @return this
     */
    public B items(Term one) {
      return property(SmartApi.LIST, one);
    }

    /**
     * A {@code smartapi:Map}.
     *
     * @param one a node of a list or map
     * @return this
     */
    public B dictionary(Term one) {
      return property(SmartApi.MAP, one);
    }

    /**
     * Class of the Evaluation.
     *
     * @param one its IRI
     * @return this
     */
    public B category(Iri one) {
      return property(SmartApi.CATEGORY, one);
    }

    /**
     * What it is about.
     *
     * @param one what it is
     * @return this
     */
    public B systemOfInterest(Obj one) {
      return property(SmartApi.SYSTEM_OF_INTEREST, one);
    }

    /**
     * Conditions under which it holds; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B condition(Obj one) {
      return property(SmartApi.HAS_CONDITION, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Evaluation, Builder> {
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
      super(node, Types.EVALUATION, Evaluation::at);
    }
  }
}
