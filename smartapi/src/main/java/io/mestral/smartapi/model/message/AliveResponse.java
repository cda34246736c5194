package io.mestral.smartapi.model.message;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/** {@code smartapi:AliveResponse}: the answer to an AliveRequest. */
public final class AliveResponse extends Response {
  private AliveResponse(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static AliveResponse at(Graph graph, Resource node) {
    return new AliveResponse(graph, node);
  }

  /** Puts one together. */
  public static final class Builder extends Response.Base<AliveResponse, Builder> {
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
      super(node, Types.ALIVE_RESPONSE, AliveResponse::at);
    }
  }
}
