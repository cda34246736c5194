package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/**
 * {@code smartapi:AbstractEntity}: an Entity without physical nature, such as a network service.
 */
public class AbstractEntity extends Entity {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected AbstractEntity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static AbstractEntity at(Graph graph, Resource node) {
    return new AbstractEntity(graph, node);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends AbstractEntity, B extends Base<T, B>>
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
  }

  /** Puts one together. */
  public static final class Builder extends Base<AbstractEntity, Builder> {
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
      super(node, Types.ABSTRACT_ENTITY, AbstractEntity::at);
    }
  }
}
