package io.mestral.smartapi.model.trade;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Duration;
import java.util.Optional;

/** {@code gr:SomeItems}: what an Offering includes. */
public final class IncludedItems extends Obj {
  private IncludedItems(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static IncludedItems at(Graph graph, Resource node) {
    return new IncludedItems(graph, node);
  }

  /**
   * What is offered.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> systemOfInterest() {
    return object(SmartApi.SYSTEM_OF_INTEREST, Obj::at);
  }

  /**
   * For how long.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> duration() {
    return length(SmartApi.DURATION);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<IncludedItems, Builder> {
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
      super(node, Gr.SOME_ITEMS, IncludedItems::at);
    }

    /**
     * What is offered.
     *
     * @param one what it is
     * @return this
     */
    public Builder systemOfInterest(Obj one) {
      return property(SmartApi.SYSTEM_OF_INTEREST, one);
    }

    /**
     * For how long.
     *
     * @param one the length of time
     * @return this
     */
    public Builder duration(Duration one) {
      return property(SmartApi.DURATION, Literal.of(one));
    }
  }
}
