package io.mestral.smartapi.model.ability;

import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;

/** {@code smartapi:Input}: an argument of a functional call. */
public final class Input extends Evaluation {
  private Input(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Input at(Graph graph, Resource node) {
    return new Input(graph, node);
  }

  /**
   * Values that the caller wants to get back.
   *
   * @return the values; empty when there are none
   */
  public List<ValueObject> outputValues() {
    return objects(SmartApi.OUTPUT_VALUES, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends Evaluation.Base<Input, Builder> {
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
      super(node, Types.INPUT, Input::at);
    }

    /**
     * Values that the caller wants to get back; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder outputValue(ValueObject one) {
      return property(SmartApi.OUTPUT_VALUES, one);
    }
  }
}
