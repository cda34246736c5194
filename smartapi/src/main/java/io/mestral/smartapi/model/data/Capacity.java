package io.mestral.smartapi.model.data;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Capacity}: how much a system can hold or do, and how much of it is in use. */
public final class Capacity extends ValueObject {
  private Capacity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Capacity at(Graph graph, Resource node) {
    return new Capacity(graph, node);
  }

  /**
   * Share in use, 0 to 100.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> percentage() {
    return real(SmartApi.PERCENTAGE);
  }

  /**
   * What the capacity is about.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> systemOfInterest() {
    return object(SmartApi.SYSTEM_OF_INTEREST, Obj::at);
  }

  /** Puts one together. */
  public static final class Builder extends ValueObject.Base<Capacity, Builder> {
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
      super(node, Types.CAPACITY, Capacity::at);
    }

    /**
     * Share in use, 0 to 100.
     *
     * @param one the number
     * @return this
     */
    public Builder percentage(double one) {
      return property(SmartApi.PERCENTAGE, Literal.of(one));
    }

    /**
     * What the capacity is about.
     *
     * @param one what it is
     * @return this
     */
    public Builder systemOfInterest(Obj one) {
      return property(SmartApi.SYSTEM_OF_INTEREST, one);
    }
  }
}
