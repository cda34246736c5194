package io.mestral.smartapi.model.data;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.Qudt;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** {@code smartapi:TimeSeries}: values over time of one quantity in one unit. */
public final class TimeSeries extends Obj {
  private TimeSeries(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static TimeSeries at(Graph graph, Resource node) {
    return new TimeSeries(graph, node);
  }

  /**
   * Which quantity the values are of.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> quantityKind() {
    return iri(Qudt.QUANTITY_KIND);
  }

  /**
   * In which unit the values are.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> unit() {
    return iri(Qudt.UNIT);
  }

  /**
   * Distance between neighbouring values, where it is constant.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> timeStep() {
    return length(SmartApi.TIME_STEP);
  }

  /**
   * The span that the series covers.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<TemporalContext> temporalContext() {
    return object(SmartApi.TEMPORAL_CONTEXT, TemporalContext::at);
  }

  /**
   * What the series is about.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> systemOfInterest() {
    return object(SmartApi.SYSTEM_OF_INTEREST, Obj::at);
  }

  /**
   * The list of values.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> items() {
    return term(SmartApi.LIST);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<TimeSeries, Builder> {
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
      super(node, Types.TIME_SERIES, TimeSeries::at);
    }

    /**
     * Which quantity the values are of.
     *
     * @param one its IRI
     * @return this
     */
    public Builder quantityKind(Iri one) {
      return property(Qudt.QUANTITY_KIND, one);
    }

    /**
     * In which unit the values are.
     *
     * @param one its IRI
     * @return this
     */
    public Builder unit(Iri one) {
      return property(Qudt.UNIT, one);
    }

    /**
     * Distance between neighbouring values, where it is constant.
     *
     * @param one the length of time
     * @return this
     */
    public Builder timeStep(Duration one) {
      return property(SmartApi.TIME_STEP, Literal.of(one));
    }

    /**
     * The span that the series covers.
     *
     * @param one what it is
     * @return this
     */
    public Builder temporalContext(TemporalContext one) {
      return property(SmartApi.TEMPORAL_CONTEXT, one);
    }

    /**
     * What the series is about.
     *
     * @param one what it is
     * @return this
     */
    public Builder systemOfInterest(Obj one) {
      return property(SmartApi.SYSTEM_OF_INTEREST, one);
    }

    /**
     * The list of values, in the kind that fits it.
     *
     * @param values as for {@link #list(Iri, Collection)}
     * @return this
     */
    public Builder items(Collection<?> values) {
      return list(SmartApi.LIST, values);
    }

    /**
     * The list of values.
     *
     * @param one a node of a list or map
     * @return this
     */
    public Builder items(Term one) {
      return property(SmartApi.LIST, one);
    }
  }
}
