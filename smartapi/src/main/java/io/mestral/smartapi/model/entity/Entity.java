package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.ability.Availability;
import io.mestral.smartapi.model.ability.Evaluation;
import io.mestral.smartapi.model.ability.Restriction;
import io.mestral.smartapi.model.data.Capacity;
import io.mestral.smartapi.model.data.InterfaceAddress;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.model.place.Coordinates;
import io.mestral.smartapi.model.place.Zone;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code smartapi:Entity}: something recognisable that is operated on. Its properties hold the
 * data.
 */
public class Entity extends Obj {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Entity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Entity at(Graph graph, Resource node) {
    return new Entity(graph, node);
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
   * Where it is.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Coordinates> location() {
    return object(Geo.LOCATION, Coordinates::at);
  }

  /**
   * Through whom it is reached and controlled.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> managedBy() {
    return objects(SmartApi.IS_MANAGED_BY, Entity::at);
  }

  /**
   * What is reached and controlled through it.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> manages() {
    return objects(SmartApi.MANAGES, Entity::at);
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
   * Who owns it.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> owners() {
    return objects(SmartApi.OWNER, Entity::at);
  }

  /**
   * The Zones it belongs to.
   *
   * @return the values; empty when there are none
   */
  public List<Zone> zones() {
    return objects(SmartApi.ZONE, Zone::at);
  }

  /**
   * How much it can hold or do.
   *
   * @return the values; empty when there are none
   */
  public List<Capacity> capacities() {
    return objects(SmartApi.CAPACITY, Capacity::at);
  }

  /**
   * Controllabilities and other Evaluations.
   *
   * @return the values; empty when there are none
   */
  public List<Evaluation> evaluations() {
    return objects(SmartApi.HAS_EVALUATION, Evaluation::at);
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
   * For which times or areas there is data.
   *
   * @return the values; empty when there are none
   */
  public List<Availability> dataAvailabilities() {
    return objects(SmartApi.HAS_DATA_AVAILABILITY, Availability::at);
  }

  /**
   * When it can't be used; none may hold.
   *
   * @return the values; empty when there are none
   */
  public List<Restriction> restrictions() {
    return objects(SmartApi.RESTRICTION, Restriction::at);
  }

  /**
   * In a search: greatest age of the registration.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> freshness() {
    return length(SmartApi.FRESHNESS);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Entity, B extends Base<T, B>>
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
     * Values that are told apart by their quantity kind; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B valueObject(ValueObject one) {
      return property(SmartApi.VALUE_OBJECT, one);
    }

    /**
     * Where it is.
     *
     * @param one what it is
     * @return this
     */
    public B location(Coordinates one) {
      return property(Geo.LOCATION, one);
    }

    /**
     * Through whom it is reached and controlled; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B managedBy(Entity one) {
      return property(SmartApi.IS_MANAGED_BY, one);
    }

    /**
     * What is reached and controlled through it; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B manages(Entity one) {
      return property(SmartApi.MANAGES, one);
    }

    /**
     * Where it is served; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B servedAt(InterfaceAddress one) {
      return property(SmartApi.INTERFACE, one);
    }

    /**
     * Who owns it; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B owner(Entity one) {
      return property(SmartApi.OWNER, one);
    }

    /**
     * The Zones it belongs to; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B zone(Zone one) {
      return property(SmartApi.ZONE, one);
    }

    /**
     * How much it can hold or do; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B capacity(Capacity one) {
      return property(SmartApi.CAPACITY, one);
    }

    /**
     * Controllabilities and other Evaluations; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B evaluation(Evaluation one) {
      return property(SmartApi.HAS_EVALUATION, one);
    }

    /**
     * When it can be used; one must hold; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B availability(Availability one) {
      return property(SmartApi.HAS_AVAILABILITY, one);
    }

    /**
     * For which times or areas there is data; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B dataAvailability(Availability one) {
      return property(SmartApi.HAS_DATA_AVAILABILITY, one);
    }

    /**
     * When it can't be used; none may hold; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B restriction(Restriction one) {
      return property(SmartApi.RESTRICTION, one);
    }

    /**
     * In a search: greatest age of the registration.
     *
     * @param one the length of time
     * @return this
     */
    public B freshness(Duration one) {
      return property(SmartApi.FRESHNESS, Literal.of(one));
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Entity, Builder> {
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
      super(node, Types.ENTITY, Entity::at);
    }
  }
}
