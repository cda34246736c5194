package io.mestral.smartapi.model.data;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code smartapi:TemporalContext}: a moment, a span or a recurring period (Smart API, section
 * 3.2).
 */
public final class TemporalContext extends Obj {
  private TemporalContext(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static TemporalContext at(Graph graph, Resource node) {
    return new TemporalContext(graph, node);
  }

  /**
   * Begin of the span, included.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> start() {
    return moment(SmartApi.START);
  }

  /**
   * End of the span, not included, unless it is the start as well.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> end() {
    return moment(SmartApi.END);
  }

  /**
   * Length of the span, where one of its ends is missing.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> duration() {
    return length(SmartApi.DURATION);
  }

  /**
   * A recurring period, such as a weekday or a month.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> during() {
    return iri(SmartApi.DURING);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<TemporalContext, Builder> {
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
      super(node, Types.TEMPORAL_CONTEXT, TemporalContext::at);
    }

    /**
     * Begin of the span, included.
     *
     * @param one the moment
     * @return this
     */
    public Builder start(Instant one) {
      return property(SmartApi.START, Literal.of(one));
    }

    /**
     * End of the span, not included, unless it is the start as well.
     *
     * @param one the moment
     * @return this
     */
    public Builder end(Instant one) {
      return property(SmartApi.END, Literal.of(one));
    }

    /**
     * Length of the span, where one of its ends is missing.
     *
     * @param one the length of time
     * @return this
     */
    public Builder duration(Duration one) {
      return property(SmartApi.DURATION, Literal.of(one));
    }

    /**
     * A recurring period, such as a weekday or a month.
     *
     * @param one its IRI
     * @return this
     */
    public Builder during(Iri one) {
      return property(SmartApi.DURING, one);
    }
  }
}
