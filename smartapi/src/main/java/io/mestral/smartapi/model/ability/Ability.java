package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;

/** {@code smartapi:Ability}: what an Entity can do by itself, and under which condition. */
public class Ability extends Evaluation {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Ability(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Ability at(Graph graph, Resource node) {
    return new Ability(graph, node);
  }

  /**
   * Who controls it.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> controlledBy() {
    return objects(SmartApi.IS_CONTROLLED_BY, Obj::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Ability, B extends Base<T, B>>
      extends Evaluation.Base<T, B> {
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
     * Who controls it; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B controlledBy(Obj one) {
      return property(SmartApi.IS_CONTROLLED_BY, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Ability, Builder> {
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
      super(node, Types.ABILITY, Ability::at);
    }
  }
}
