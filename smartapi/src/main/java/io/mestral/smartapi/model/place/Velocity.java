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

/** {@code smartapi:Velocity}: speed over ground, linear and angular velocity along the axes. */
public final class Velocity extends Obj {
  private Velocity(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Velocity at(Graph graph, Resource node) {
    return new Velocity(graph, node);
  }

  /**
   * Speed over ground.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> groundSpeed() {
    return object(SmartApi.GROUND_SPEED, ValueObject::at);
  }

  /**
   * Linear velocity along axis X.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> linearVelocityX() {
    return object(SmartApi.LINEAR_VELOCITY_X, ValueObject::at);
  }

  /**
   * Linear velocity along axis Y.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> linearVelocityY() {
    return object(SmartApi.LINEAR_VELOCITY_Y, ValueObject::at);
  }

  /**
   * Linear velocity along axis Z.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> linearVelocityZ() {
    return object(SmartApi.LINEAR_VELOCITY_Z, ValueObject::at);
  }

  /**
   * Angular velocity about axis X.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> angularVelocityX() {
    return object(SmartApi.ANGULAR_VELOCITY_X, ValueObject::at);
  }

  /**
   * Angular velocity about axis Y.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> angularVelocityY() {
    return object(SmartApi.ANGULAR_VELOCITY_Y, ValueObject::at);
  }

  /**
   * Angular velocity about axis Z.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> angularVelocityZ() {
    return object(SmartApi.ANGULAR_VELOCITY_Z, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Velocity, Builder> {
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
      super(node, Types.VELOCITY, Velocity::at);
    }

    /**
     * Speed over ground.
     *
     * @param one what it is
     * @return this
     */
    public Builder groundSpeed(ValueObject one) {
      return property(SmartApi.GROUND_SPEED, one);
    }

    /**
     * Linear velocity along axis X.
     *
     * @param one what it is
     * @return this
     */
    public Builder linearVelocityX(ValueObject one) {
      return property(SmartApi.LINEAR_VELOCITY_X, one);
    }

    /**
     * Linear velocity along axis Y.
     *
     * @param one what it is
     * @return this
     */
    public Builder linearVelocityY(ValueObject one) {
      return property(SmartApi.LINEAR_VELOCITY_Y, one);
    }

    /**
     * Linear velocity along axis Z.
     *
     * @param one what it is
     * @return this
     */
    public Builder linearVelocityZ(ValueObject one) {
      return property(SmartApi.LINEAR_VELOCITY_Z, one);
    }

    /**
     * Angular velocity about axis X.
     *
     * @param one what it is
     * @return this
     */
    public Builder angularVelocityX(ValueObject one) {
      return property(SmartApi.ANGULAR_VELOCITY_X, one);
    }

    /**
     * Angular velocity about axis Y.
     *
     * @param one what it is
     * @return this
     */
    public Builder angularVelocityY(ValueObject one) {
      return property(SmartApi.ANGULAR_VELOCITY_Y, one);
    }

    /**
     * Angular velocity about axis Z.
     *
     * @param one what it is
     * @return this
     */
    public Builder angularVelocityZ(ValueObject one) {
      return property(SmartApi.ANGULAR_VELOCITY_Z, one);
    }
  }
}
