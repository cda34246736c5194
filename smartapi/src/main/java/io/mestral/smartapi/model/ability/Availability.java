package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.place.GeospatialContext;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/**
 * {@code smartapi:Availability}: when, where or for whom something can be reached (Smart API,
 * section 2.20).
 */
public class Availability extends Ability {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Availability(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Availability at(Graph graph, Resource node) {
    return new Availability(graph, node);
  }

  /**
   * The area in which it is available.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<GeospatialContext> geospatialContext() {
    return object(Sx.GEOSPATIAL_CONTEXT, GeospatialContext::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Availability, B extends Base<T, B>>
      extends Ability.Base<T, B> {
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
     * The area in which it is available.
     *
     * @param one what it is
     * @return this
     */
    public B geospatialContext(GeospatialContext one) {
      return property(Sx.GEOSPATIAL_CONTEXT, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Availability, Builder> {
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
      super(node, Types.AVAILABILITY, Availability::at);
    }
  }
}
