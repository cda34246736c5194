package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/**
 * {@code smartapi:Status}: accepted but not finished, and how far it is (Smart API, section 2.9).
 */
public final class Status extends Obj {
  private Status(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Status at(Graph graph, Resource node) {
    return new Status(graph, node);
  }

  /**
   * Share done, 0 to 100.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> percentage() {
    return real(SmartApi.PERCENTAGE);
  }

  /**
   * Work items in all.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> total() {
    return integer(SmartApi.TOTAL);
  }

  /**
   * Work items done.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> completed() {
    return integer(SmartApi.COMPLETED);
  }

  /**
   * When it is expected to end.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<TemporalContext> temporalContext() {
    return object(SmartApi.TEMPORAL_CONTEXT, TemporalContext::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Status, Builder> {
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
      super(node, Types.STATUS, Status::at);
    }

    /**
     * Share done, 0 to 100.
     *
     * @param one the number
     * @return this
     */
    public Builder percentage(double one) {
      return property(SmartApi.PERCENTAGE, Literal.of(one));
    }

    /**
     * Work items in all.
     *
     * @param one the number
     * @return this
     */
    public Builder total(long one) {
      return property(SmartApi.TOTAL, Literal.of(one));
    }

    /**
     * Work items done.
     *
     * @param one the number
     * @return this
     */
    public Builder completed(long one) {
      return property(SmartApi.COMPLETED, Literal.of(one));
    }

    /**
     * When it is expected to end.
     *
     * @param one what it is
     * @return this
     */
    public Builder temporalContext(TemporalContext one) {
      return property(SmartApi.TEMPORAL_CONTEXT, one);
    }
  }
}
