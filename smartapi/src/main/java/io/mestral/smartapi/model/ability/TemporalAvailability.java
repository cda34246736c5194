package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Types;

/** {@code smartapi:TemporalAvailability}: an Availability limited by time. */
public final class TemporalAvailability extends Availability {
  private TemporalAvailability(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static TemporalAvailability at(Graph graph, Resource node) {
    return new TemporalAvailability(graph, node);
  }

  /** Puts one together. */
  public static final class Builder extends Availability.Base<TemporalAvailability, Builder> {
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
      super(node, Types.TEMPORAL_AVAILABILITY, TemporalAvailability::at);
    }
  }
}
