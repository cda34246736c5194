package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/**
 * {@code smartapi:Ring}: the area between two distances from a point; a disc when there is no inner
 * one (Smart API, section 3.2, areas).
 */
public final class Ring extends Obj {
  private Ring(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Ring at(Graph graph, Resource node) {
    return new Ring(graph, node);
  }

  /**
   * The middle.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Coordinates> location() {
    return object(Geo.LOCATION, Coordinates::at);
  }

  /**
   * Inner radius, included.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> minRadius() {
    return object(SmartApi.MIN_RADIUS, ValueObject::at);
  }

  /**
   * Outer radius, included.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> maxRadius() {
    return object(SmartApi.MAX_RADIUS, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Ring, Builder> {
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
      super(node, Types.RING, Ring::at);
    }

    /**
     * The middle.
     *
     * @param one what it is
     * @return this
     */
    public Builder location(Coordinates one) {
      return property(Geo.LOCATION, one);
    }

    /**
     * Inner radius, included.
     *
     * @param one what it is
     * @return this
     */
    public Builder minRadius(ValueObject one) {
      return property(SmartApi.MIN_RADIUS, one);
    }

    /**
     * Outer radius, included.
     *
     * @param one what it is
     * @return this
     */
    public Builder maxRadius(ValueObject one) {
      return property(SmartApi.MAX_RADIUS, one);
    }
  }
}
