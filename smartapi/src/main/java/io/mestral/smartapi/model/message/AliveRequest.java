package io.mestral.smartapi.model.message;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/**
 * {@code smartapi:AliveRequest}: asks the receiver to prove that the connection works (Smart API,
 * section 2.17).
 */
public final class AliveRequest extends Request {
  private AliveRequest(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static AliveRequest at(Graph graph, Resource node) {
    return new AliveRequest(graph, node);
  }

  /** Puts one together. */
  public static final class Builder extends Request.Base<AliveRequest, Builder> {
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
      super(node, Types.ALIVE_REQUEST, AliveRequest::at);
    }
  }
}
