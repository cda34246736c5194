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

/** {@code smartapi:Orientation}: pitch, yaw and roll. */
public final class Orientation extends Obj {
  private Orientation(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Orientation at(Graph graph, Resource node) {
    return new Orientation(graph, node);
  }

  /**
   * Rotation about the side axis.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> pitch() {
    return object(SmartApi.PITCH, ValueObject::at);
  }

  /**
   * Rotation about the vertical axis.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> yaw() {
    return object(SmartApi.YAW, ValueObject::at);
  }

  /**
   * Rotation about the front axis.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> roll() {
    return object(SmartApi.ROLL, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Orientation, Builder> {
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
      super(node, Types.ORIENTATION, Orientation::at);
    }

    /**
     * Rotation about the side axis.
     *
     * @param one what it is
     * @return this
     */
    public Builder pitch(ValueObject one) {
      return property(SmartApi.PITCH, one);
    }

    /**
     * Rotation about the vertical axis.
     *
     * @param one what it is
     * @return this
     */
    public Builder yaw(ValueObject one) {
      return property(SmartApi.YAW, one);
    }

    /**
     * Rotation about the front axis.
     *
     * @param one what it is
     * @return this
     */
    public Builder roll(ValueObject one) {
      return property(SmartApi.ROLL, one);
    }
  }
}
