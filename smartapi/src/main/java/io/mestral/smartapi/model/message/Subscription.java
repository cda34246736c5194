package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Gr;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code smartapi:Subscription}: a standing order for Notifications (Smart API, section 9, item
 * 10).
 */
public final class Subscription extends Obj {
  private Subscription(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Subscription at(Graph graph, Resource node) {
    return new Subscription(graph, node);
  }

  /**
   * When it ends by itself.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> validThrough() {
    return moment(Gr.VALID_THROUGH);
  }

  /**
   * Time between regular messages.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> interval() {
    return length(Sx.INTERVAL);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Subscription, Builder> {
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
      super(node, Types.SUBSCRIPTION, Subscription::at);
    }

    /**
     * When it ends by itself.
     *
     * @param one the moment
     * @return this
     */
    public Builder validThrough(Instant one) {
      return property(Gr.VALID_THROUGH, Literal.of(one));
    }

    /**
     * Time between regular messages.
     *
     * @param one the length of time
     * @return this
     */
    public Builder interval(Duration one) {
      return property(Sx.INTERVAL, Literal.of(one));
    }
  }
}
