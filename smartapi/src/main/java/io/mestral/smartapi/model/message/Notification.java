package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Notification}: tells something, and expects no answer. */
public class Notification extends Message {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Notification(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Notification at(Graph graph, Resource node) {
    return new Notification(graph, node);
  }

  /**
   * Number within one process, growing by one.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> sequence() {
    return integer(Sx.SEQUENCE);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Notification, B extends Base<T, B>>
      extends Message.Base<T, B> {
    /**
     * For subclasses.
     *
     * @param node the node that is described
     * @param type its class
     * @param kind how it is seen when built
     */
    protected Base(Resource node, Iri type, Kind<T> kind) {
      super(node, type, kind);
    }

    /**
     * Number within one process, growing by one.
     *
     * @param one the number
     * @return this
     */
    public B sequence(long one) {
      return property(Sx.SEQUENCE, Literal.of(one));
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Notification, Builder> {
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
      super(node, Types.NOTIFICATION, Notification::at);
    }
  }
}
