package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.Optional;

/** {@code smartapi:Waypoint}: a place on a Route, with the moment of passing. */
public final class Waypoint extends Obj {
  private Waypoint(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Waypoint at(Graph graph, Resource node) {
    return new Waypoint(graph, node);
  }

  /**
   * Where it is.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Coordinates> location() {
    return object(Geo.LOCATION, Coordinates::at);
  }

  /**
   * When it is passed.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> instant() {
    return moment(SmartApi.INSTANT);
  }

  /**
   * The Route it is part of.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Route> route() {
    return object(SmartApi.ROUTE, Route::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Waypoint, Builder> {
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
      super(node, Types.WAYPOINT, Waypoint::at);
    }

    /**
     * Where it is.
     *
     * @param one what it is
     * @return this
     */
    public Builder location(Coordinates one) {
      return property(Geo.LOCATION, one);
    }

    /**
     * When it is passed.
     *
     * @param one the moment
     * @return this
     */
    public Builder instant(Instant one) {
      return property(SmartApi.INSTANT, Literal.of(one));
    }

    /**
     * The Route it is part of.
     *
     * @param one what it is
     * @return this
     */
    public Builder route(Route one) {
      return property(SmartApi.ROUTE, one);
    }
  }
}
