package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;

/**
 * {@code smartapi:SystemOfInterest}: names the system that an Evaluation, a capacity or an offered
 * item is about.
 */
public final class SystemOfInterest extends Entity {
  private SystemOfInterest(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static SystemOfInterest at(Graph graph, Resource node) {
    return new SystemOfInterest(graph, node);
  }

  /**
   * The Entity that realises the system.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> realizedBy() {
    return objects(SmartApi.REALIZED_BY, Entity::at);
  }

  /** Puts one together. */
  public static final class Builder extends Entity.Base<SystemOfInterest, Builder> {
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
      super(node, Types.SYSTEM_OF_INTEREST, SystemOfInterest::at);
    }

    /**
     * The Entity that realises the system; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder realizedBy(Entity one) {
      return property(SmartApi.REALIZED_BY, one);
    }
  }
}
