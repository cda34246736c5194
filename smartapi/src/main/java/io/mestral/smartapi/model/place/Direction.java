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

/** {@code smartapi:Direction}: bearing, heading, course and tracking angle. */
public final class Direction extends Obj {
  private Direction(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Direction at(Graph graph, Resource node) {
    return new Direction(graph, node);
  }

  /**
   * Angle to a target.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> bearing() {
    return object(SmartApi.BEARING, ValueObject::at);
  }

  /**
   * Angle in which the front points.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> heading() {
    return object(SmartApi.HEADING, ValueObject::at);
  }

  /**
   * Intended angle of travel.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> course() {
    return object(SmartApi.COURSE, ValueObject::at);
  }

  /**
   * Actual angle of travel.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<ValueObject> tracking() {
    return object(SmartApi.TRACKING, ValueObject::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Direction, Builder> {
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
      super(node, Types.DIRECTION, Direction::at);
    }

    /**
     * Angle to a target.
     *
     * @param one what it is
     * @return this
     */
    public Builder bearing(ValueObject one) {
      return property(SmartApi.BEARING, one);
    }

    /**
     * Angle in which the front points.
     *
     * @param one what it is
     * @return this
     */
    public Builder heading(ValueObject one) {
      return property(SmartApi.HEADING, one);
    }

    /**
     * Intended angle of travel.
     *
     * @param one what it is
     * @return this
     */
    public Builder course(ValueObject one) {
      return property(SmartApi.COURSE, one);
    }

    /**
     * Actual angle of travel.
     *
     * @param one what it is
     * @return this
     */
    public Builder tracking(ValueObject one) {
      return property(SmartApi.TRACKING, one);
    }
  }
}
