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

/** {@code smartapi:Polygon}: the area inside a closed line of points. */
public final class Polygon extends Obj {
  private Polygon(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Polygon at(Graph graph, Resource node) {
    return new Polygon(graph, node);
  }

  /**
   * The list of {@code geo:Point}s, or of pairs of latitude and longitude.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Term> points() {
    return term(SmartApi.LIST);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Polygon, Builder> {
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
      super(node, Types.POLYGON, Polygon::at);
    }

    /**
     * The list of {@code geo:Point}s, or of pairs of latitude and longitude.
     *
     * @param one a node of a list or map
     * @return this
     */
    public Builder points(Term one) {
      return property(SmartApi.LIST, one);
    }
  }
}
