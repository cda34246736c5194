package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/**
 * {@code smartapi:Gateway}: a Device that manages other Entities and forwards messages to and from
 * them.
 */
public final class Gateway extends Device {
  private Gateway(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Gateway at(Graph graph, Resource node) {
    return new Gateway(graph, node);
  }

  /** Puts one together. */
  public static final class Builder extends Device.Base<Gateway, Builder> {
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
      super(node, Types.GATEWAY, Gateway::at);
    }
  }
}
