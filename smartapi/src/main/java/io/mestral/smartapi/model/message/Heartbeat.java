package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Duration;
import java.util.Optional;

/** {@code sx:Heartbeat}: says at regular intervals that the sender is alive. */
public final class Heartbeat extends Notification {
  private Heartbeat(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Heartbeat at(Graph graph, Resource node) {
    return new Heartbeat(graph, node);
  }

  /**
   * Time to the next one; zero in a will, which means lost.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Duration> interval() {
    return length(Sx.INTERVAL);
  }

  /** Puts one together. */
  public static final class Builder extends Notification.Base<Heartbeat, Builder> {
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
      super(node, Types.HEARTBEAT, Heartbeat::at);
    }

    /**
     * Time to the next one; zero in a will, which means lost.
     *
     * @param one the length of time
     * @return this
     */
    public Builder interval(Duration one) {
      return property(Sx.INTERVAL, Literal.of(one));
    }
  }
}
