package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.place.Direction;
import io.mestral.smartapi.model.place.Orientation;
import io.mestral.smartapi.model.place.Route;
import io.mestral.smartapi.model.place.Size;
import io.mestral.smartapi.model.place.Velocity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/** {@code smartapi:PhysicalEntity}: an Entity of a physical nature. */
public class PhysicalEntity extends Entity {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected PhysicalEntity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static PhysicalEntity at(Graph graph, Resource node) {
    return new PhysicalEntity(graph, node);
  }

  /**
   * Width, height and depth.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Size> size() {
    return object(SmartApi.SIZE, Size::at);
  }

  /**
   * Weight.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> weight() {
    return object(SmartApi.WEIGHT, ValueObject::at);
  }

  /**
   * Velocity.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Velocity> velocity() {
    return object(SmartApi.VELOCITY, Velocity::at);
  }

  /**
   * Orientation.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Orientation> orientation() {
    return object(SmartApi.ORIENTATION, Orientation::at);
  }

  /**
   * Direction.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Direction> direction() {
    return object(SmartApi.DIRECTION, Direction::at);
  }

  /**
   * Routes.
   *
   * @return the values; empty when there are none
   */
  public List<Route> routes() {
    return objects(SmartApi.ROUTE, Route::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends PhysicalEntity, B extends Base<T, B>>
      extends Entity.Base<T, B> {
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
     * Width, height and depth.
     *
     * @param one what it is
     * @return this
     */
    public B size(Size one) {
      return property(SmartApi.SIZE, one);
    }

    /**
     * Weight.
     *
     * @param one what it is
     * @return this
     */
    public B weight(ValueObject one) {
      return property(SmartApi.WEIGHT, one);
    }

    /**
     * Velocity.
     *
     * @param one what it is
     * @return this
     */
    public B velocity(Velocity one) {
      return property(SmartApi.VELOCITY, one);
    }

    /**
     * Orientation.
     *
     * @param one what it is
     * @return this
     */
    public B orientation(Orientation one) {
      return property(SmartApi.ORIENTATION, one);
    }

    /**
     * Direction.
     *
     * @param one what it is
     * @return this
     */
    public B direction(Direction one) {
      return property(SmartApi.DIRECTION, one);
    }

    /**
     * Routes; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B route(Route one) {
      return property(SmartApi.ROUTE, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<PhysicalEntity, Builder> {
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
      super(node, Types.PHYSICAL_ENTITY, PhysicalEntity::at);
    }
  }
}
