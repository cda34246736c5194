package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/**
 * {@code sx:Restriction}: when, where or for whom access is refused; one that can't be evaluated
 * holds (Smart API, section 2.20).
 */
public final class Restriction extends Availability {
  private Restriction(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Restriction at(Graph graph, Resource node) {
    return new Restriction(graph, node);
  }

  /** Puts one together. */
  public static final class Builder extends Availability.Base<Restriction, Builder> {
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
      super(node, Types.RESTRICTION, Restriction::at);
    }
  }
}
