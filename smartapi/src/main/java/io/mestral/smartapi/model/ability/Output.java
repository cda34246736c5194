package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;

/** {@code smartapi:Output}: a result of a functional call. */
public final class Output extends Evaluation {
  private Output(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Output at(Graph graph, Resource node) {
    return new Output(graph, node);
  }

  /**
   * When it can be used.
   *
   * @return the values; empty when there are none
   */
  public List<Availability> availabilities() {
    return objects(SmartApi.HAS_AVAILABILITY, Availability::at);
  }

  /**
   * For which times or areas there is data.
   *
   * @return the values; empty when there are none
   */
  public List<Availability> dataAvailabilities() {
    return objects(SmartApi.HAS_DATA_AVAILABILITY, Availability::at);
  }

  /** Puts one together. */
  public static final class Builder extends Evaluation.Base<Output, Builder> {
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
      super(node, Types.OUTPUT, Output::at);
    }

    /**
     * When it can be used; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder availability(Availability one) {
      return property(SmartApi.HAS_AVAILABILITY, one);
    }

    /**
     * For which times or areas there is data; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder dataAvailability(Availability one) {
      return property(SmartApi.HAS_DATA_AVAILABILITY, one);
    }
  }
}
