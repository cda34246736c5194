package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.rdf.Term;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Waypoints}: a container of Waypoints. */
public final class Waypoints extends Obj {
  private Waypoints(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Waypoints at(Graph graph, Resource node) {
    return new Waypoints(graph, node);
  }

  /**
   * The list of Waypoints.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> items() {
    return term(SmartApi.LIST);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Waypoints, Builder> {
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
      super(node, Types.WAYPOINTS, Waypoints::at);
    }

    /**
     * The list of Waypoints.
     *
     * @param one a node of a list or map
     * @return this
     */
    public Builder items(Term one) {
      return property(SmartApi.LIST, one);
    }
  }
}
