package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Transaction}: evidence that a message was sent (Smart API, section 7.6). */
public class Transaction extends Obj {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Transaction(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Transaction at(Graph graph, Resource node) {
    return new Transaction(graph, node);
  }

  /**
   * Who signed.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Entity> signer() {
    return object(SmartApi.SIGNER, Entity::at);
  }

  /**
   * The message, or a stub of it.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> message() {
    return object(SmartApi.MESSAGE, Obj::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Transaction, B extends Base<T, B>>
      extends ObjBuilder<T, B> {
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
     * Who signed.
     *
     * @param one what it is
     * @return this
     */
    public B signer(Entity one) {
      return property(SmartApi.SIGNER, one);
    }

    /**
     * The message, or a stub of it.
     *
     * @param one what it is
     * @return this
     */
    public B message(Obj one) {
      return property(SmartApi.MESSAGE, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Transaction, Builder> {
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
      super(node, Types.TRANSACTION, Transaction::at);
    }
  }
}
