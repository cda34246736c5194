package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code sx:GeospatialContext}: the area to which something is limited: all its rings and polygons
 * together.
 */
public final class GeospatialContext extends Obj {
  private GeospatialContext(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static GeospatialContext at(Graph graph, Resource node) {
    return new GeospatialContext(graph, node);
  }

  /**
   * Rings and discs.
   *
   * @return the values; empty when there are none
   */
  public List<Ring> rings() {
    return objects(SmartApi.RING, Ring::at);
  }

  /**
   * Polygons.
   *
   * @return the values; empty when there are none
   */
  public List<Polygon> polygons() {
    return objects(SmartApi.POLYGON, Polygon::at);
  }

  /**
   * Lowest and highest altitude, as minimum and maximum.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> altitudeRange() {
    return object(Sx.ALTITUDE_RANGE, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<GeospatialContext, Builder> {
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
      super(node, Types.GEOSPATIAL_CONTEXT, GeospatialContext::at);
    }

    /**
     * Rings and discs; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder ring(Ring one) {
      return property(SmartApi.RING, one);
    }

    /**
     * Polygons; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder polygon(Polygon one) {
      return property(SmartApi.POLYGON, one);
    }

    /**
     * Lowest and highest altitude, as minimum and maximum.
     *
     * @param one what it is
     * @return this
     */
    public Builder altitudeRange(ValueObject one) {
      return property(Sx.ALTITUDE_RANGE, one);
    }
  }
}
