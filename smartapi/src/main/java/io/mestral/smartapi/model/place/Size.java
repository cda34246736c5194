package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.ValueObject;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Size}: width, height and depth. */
public final class Size extends Obj {
  private Size(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Size at(Graph graph, Resource node) {
    return new Size(graph, node);
  }

  /**
   * Width.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> width() {
    return object(SmartApi.WIDTH, ValueObject::at);
  }

  /**
   * Height.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> height() {
    return object(SmartApi.HEIGHT, ValueObject::at);
  }

  /**
   * Depth.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> depth() {
    return object(SmartApi.DEPTH, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Size, Builder> {
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
      super(node, Types.SIZE, Size::at);
    }

    /**
     * Width.
     *
     * @param one what it is
     * @return this
     */
    public Builder width(ValueObject one) {
      return property(SmartApi.WIDTH, one);
    }

    /**
     * Height.
     *
     * @param one what it is
     * @return this
     */
    public Builder height(ValueObject one) {
      return property(SmartApi.HEIGHT, one);
    }

    /**
     * Depth.
     *
     * @param one what it is
     * @return this
     */
    public Builder depth(ValueObject one) {
      return property(SmartApi.DEPTH, one);
    }
  }
}
