package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code smartapi:Zone}: a group of Entities, by area, administration or confinement (Smart API,
 * section 2.13).
 */
public final class Zone extends Obj {
  private Zone(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Zone at(Graph graph, Resource node) {
    return new Zone(graph, node);
  }

  /**
   * Number.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> zoneNumber() {
    return integer(SmartApi.ZONE_NUMBER);
  }

  /**
   * The Zone that contains this one.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Zone> parentZone() {
    return object(Sx.PARENT_ZONE, Zone::at);
  }

  /**
   * Rings and discs of its area.
   *
   * @return the values; empty when there are none
   */
  public List<Ring> rings() {
    return objects(SmartApi.RING, Ring::at);
  }

  /**
   * Polygons of its area.
   *
   * @return the values; empty when there are none
   */
  public List<Polygon> polygons() {
    return objects(SmartApi.POLYGON, Polygon::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Zone, Builder> {
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
      super(node, Types.ZONE, Zone::at);
    }

    /**
     * Number.
     *
     * @param one the number
     * @return this
     */
    public Builder zoneNumber(long one) {
      return property(SmartApi.ZONE_NUMBER, Literal.of(one));
    }

    /**
     * The Zone that contains this one.
     *
     * @param one what it is
     * @return this
     */
    public Builder parentZone(Zone one) {
      return property(Sx.PARENT_ZONE, one);
    }

    /**
     * Rings and discs of its area; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder ring(Ring one) {
      return property(SmartApi.RING, one);
    }

    /**
     * Polygons of its area; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder polygon(Polygon one) {
      return property(SmartApi.POLYGON, one);
    }
  }
}
