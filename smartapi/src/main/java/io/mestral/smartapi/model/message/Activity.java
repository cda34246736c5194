package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.ability.Availability;
import io.mestral.smartapi.model.ability.Input;
import io.mestral.smartapi.model.ability.Output;
import io.mestral.smartapi.model.ability.Restriction;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.data.TimeSeries;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.place.GeospatialContext;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/** {@code smartapi:Activity}: a unit of processing that can be called (Smart API, section 2.1). */
public final class Activity extends Obj {
  private Activity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Activity at(Graph graph, Resource node) {
    return new Activity(graph, node);
  }

  /**
   * What is to be done with the Entities; absent in a functional call.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> method() {
    return iri(SmartApi.METHOD);
  }

  /**
   * Entities or templates to process, or Entities returned.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> entities() {
    return objects(SmartApi.ENTITY, Entity::at);
  }

  /**
   * Arguments given by value.
   *
   * @return the values; empty when there are none
   */
  public List<Input> inputs() {
    return objects(SmartApi.HAS_INPUT, Input::at);
  }

  /**
   * Arguments that name where their data is.
   *
   * @return the values; empty when there are none
   */
  public List<Input> referencedInputs() {
    return objects(SmartApi.HAS_REF_INPUT, Input::at);
  }

  /**
   * Results of a functional call.
   *
   * @return the values; empty when there are none
   */
  public List<Output> outputs() {
    return objects(SmartApi.HAS_OUTPUT, Output::at);
  }

  /**
   * Time or span that is looked at.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<TemporalContext> temporalContext() {
    return object(SmartApi.TEMPORAL_CONTEXT, TemporalContext::at);
  }

  /**
   * Area that is looked at.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<GeospatialContext> geospatialContext() {
    return object(Sx.GEOSPATIAL_CONTEXT, GeospatialContext::at);
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
   * Where it is served.
   *
   * @return the values; empty when there are none
   */
  public List<InterfaceAddress> interfaces() {
    return objects(SmartApi.INTERFACE, InterfaceAddress::at);
  }

  /**
   * When it can be used; one must hold.
   *
   * @return the values; empty when there are none
   */
  public List<Availability> availabilities() {
    return objects(SmartApi.HAS_AVAILABILITY, Availability::at);
  }

  /**
   * When it can't be used; none may hold.
   *
   * @return the values; empty when there are none
   */
  public List<Restriction> restrictions() {
    return objects(SmartApi.RESTRICTION, Restriction::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Activity, Builder> {
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
      super(node, Types.ACTIVITY, Activity::at);
    }

    /**
     * What is to be done with the Entities; absent in a functional call.
     *
     * @param one its IRI
     * @return this
     */
    public Builder method(Iri one) {
      return property(SmartApi.METHOD, one);
    }

    /**
     * Entities or templates to process, or Entities returned; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder entity(Entity one) {
      return property(SmartApi.ENTITY, one);
    }

    /**
     * Arguments given by value; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder input(Input one) {
      return property(SmartApi.HAS_INPUT, one);
    }

    /**
     * Arguments that name where their data is; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder referencedInput(Input one) {
      return property(SmartApi.HAS_REF_INPUT, one);
    }

    /**
     * Results of a functional call; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder output(Output one) {
      return property(SmartApi.HAS_OUTPUT, one);
    }

    /**
     * Time or span that is looked at.
     *
     * @param one what it is
     * @return this
     */
    public Builder temporalContext(TemporalContext one) {
      return property(SmartApi.TEMPORAL_CONTEXT, one);
    }

    /**
     * Area that is looked at.
     *
     * @param one what it is
     * @return this
     */
    public Builder geospatialContext(GeospatialContext one) {
      return property(Sx.GEOSPATIAL_CONTEXT, one);
    }

    /**
     * Series of values; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder timeSeries(TimeSeries one) {
      return property(SmartApi.TIME_SERIES, one);
    }

    /**
     * Where it is served; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder servedAt(InterfaceAddress one) {
      return property(SmartApi.INTERFACE, one);
    }

    /**
     * When it can be used; one must hold; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder availability(Availability one) {
      return property(SmartApi.HAS_AVAILABILITY, one);
    }

    /**
     * When it can't be used; none may hold; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder restriction(Restriction one) {
      return property(SmartApi.RESTRICTION, one);
    }
  }
}
