package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Route}: a way along Waypoints. */
public final class Route extends Obj {
  private Route(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Route at(Graph graph, Resource node) {
    return new Route(graph, node);
  }

  /**
   * The list of Waypoints, or of pairs of latitude and longitude.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> waypoints() {
    return term(SmartApi.LIST);
  }

  /**
   * Length.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> length() {
    return object(SmartApi.LENGTH, ValueObject::at);
  }

  /**
   * How long the way takes; a duration, or the ValueObject that the published SDK writes.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> duration() {
    return term(SmartApi.DURATION);
  }

  /**
   * Mean velocity.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> averageVelocity() {
    return object(SmartApi.AVERAGE_VELOCITY, ValueObject::at);
  }

  /**
   * Energy used.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> energyConsumption() {
    return object(SmartApi.ENERGY_CONSUMPTION, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Route, Builder> {
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
      super(node, Types.ROUTE, Route::at);
    }

    /**
     * The list of Waypoints, or of pairs of latitude and longitude.
     *
     * @param one a node of a list or map
     * @return this
     */
    public Builder waypoints(Term one) {
      return property(SmartApi.LIST, one);
    }

    /**
     * Length.
     *
     * @param one what it is
     * @return this
     */
    public Builder length(ValueObject one) {
      return property(SmartApi.LENGTH, one);
    }

    /**
     * How long the way takes; a duration, or the ValueObject that the published SDK writes.
     *
     * @param one the node or literal
     * @return this
     */
    public Builder duration(Term one) {
      return property(SmartApi.DURATION, one);
    }

    /**
     * Mean velocity.
     *
     * @param one what it is
     * @return this
     */
    public Builder averageVelocity(ValueObject one) {
      return property(SmartApi.AVERAGE_VELOCITY, one);
    }

    /**
     * Energy used.
     *
     * @param one what it is
     * @return this
     */
    public Builder energyConsumption(ValueObject one) {
      return property(SmartApi.ENERGY_CONSUMPTION, one);
    }
  }
}
