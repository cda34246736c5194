package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Kind;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ability.Evaluation;
import io.mestral.smartapi.model.contract.Contract;
import io.mestral.smartapi.model.contract.Transaction;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code smartapi:Message}: the envelope of all messages (Smart API, section 2.1). */
public class Message extends Evaluation {
  /**
   * For subclasses.
   *
   * @param graph where it is described
   * @param node its node
   */
  protected Message(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Message at(Graph graph, Resource node) {
    return new Message(graph, node);
  }

  /**
   * The sender's number of the message; a Response repeats its Request's.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> sequenceId() {
    return integer(SmartApi.ID);
  }

  /**
   * What is called, or what is answered.
   *
   * @return the values; empty when there are none
   */
  public List<Activity> activities() {
    return objects(SmartApi.ACTIVITY, Activity::at);
  }

  /**
   * Entities without an Activity: registration, search, announcement.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> entities() {
    return objects(SmartApi.ENTITY, Entity::at);
  }

  /**
   * The method where there is no Activity.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> method() {
    return iri(SmartApi.METHOD);
  }

  /**
   * What was not done, and why.
   *
   * @return the values; empty when there are none
   */
  public List<ErrorReport> errors() {
    return objects(SmartApi.ERROR, ErrorReport::at);
  }

  /**
   * How far the processing is.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Status> status() {
    return object(SmartApi.STATUS, Status::at);
  }

  /**
   * Ties a Response to later Notifications of one process.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> processId() {
    return integer(SmartApi.PROCESS_ID);
  }

  /**
   * Whom to route to when the Activity is encrypted or unnamed.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> targets() {
    return objects(SmartApi.TARGET, Obj::at);
  }

  /**
   * The message that this one answers or reports on.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> inReplyTo() {
    return iri(Sx.IN_REPLY_TO);
  }

  /**
   * After this the message must not be acted on.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> expires() {
    return moment(Sx.EXPIRES);
  }

  /**
   * Gateways that the message may still pass; 16 when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> hopLimit() {
    return integer(Sx.HOP_LIMIT);
  }

  /**
   * Gateways that have forwarded the message.
   *
   * @return the values; empty when there are none
   */
  public List<Iri> via() {
    return iris(Sx.VIA);
  }

  /**
   * Contract or License under which it happens.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Contract> contract() {
    return object(Sx.CONTRACT, Contract::at);
  }

  /**
   * Random text that makes the message one of a kind.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> nonce() {
    return text(Sx.NONCE);
  }

  /**
   * Evidence of messages.
   *
   * @return the values; empty when there are none
   */
  public List<Transaction> transactions() {
    return objects(SmartApi.TRANSACTION, Transaction::at);
  }

  /**
   * What the builders of this class and of its subclasses share.
   *
   * @param <T> what is built
   * @param <B> the builder itself
   */
  public abstract static class Base<T extends Message, B extends Base<T, B>>
      extends Evaluation.Base<T, B> {
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
     * The sender's number of the message; a Response repeats its Request's.
     *
     * @param one the number
     * @return this
     */
    public B sequenceId(long one) {
      return property(SmartApi.ID, Literal.of(one));
    }

    /**
     * What is called, or what is answered; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B activity(Activity one) {
      return property(SmartApi.ACTIVITY, one);
    }

    /**
     * Entities without an Activity: registration, search, announcement; may be called again for
     * more.
     *
     * @param one one of them
     * @return this
     */
    public B entity(Entity one) {
      return property(SmartApi.ENTITY, one);
    }

    /**
     * The method where there is no Activity.
     *
     * @param one its IRI
     * @return this
     */
    public B method(Iri one) {
      return property(SmartApi.METHOD, one);
    }

    /**
     * What was not done, and why; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B error(ErrorReport one) {
      return property(SmartApi.ERROR, one);
    }

    /**
     * How far the processing is.
     *
     * @param one what it is
     * @return this
     */
    public B status(Status one) {
      return property(SmartApi.STATUS, one);
    }

    /**
     * Ties a Response to later Notifications of one process.
     *
     * @param one the number
     * @return this
     */
    public B processId(long one) {
      return property(SmartApi.PROCESS_ID, Literal.of(one));
    }

    /**
     * Whom to route to when the Activity is encrypted or unnamed; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B target(Obj one) {
      return property(SmartApi.TARGET, one);
    }

    /**
     * The message that this one answers or reports on.
     *
     * @param one its IRI
     * @return this
     */
    public B inReplyTo(Iri one) {
      return property(Sx.IN_REPLY_TO, one);
    }

    /**
     * After this the message must not be acted on.
     *
     * @param one the moment
     * @return this
     */
    public B expires(Instant one) {
      return property(Sx.EXPIRES, Literal.of(one));
    }

    /**
     * Gateways that the message may still pass; 16 when absent.
     *
     * @param one the number
     * @return this
     */
    public B hopLimit(long one) {
      return property(Sx.HOP_LIMIT, Literal.of(one));
    }

    /**
     * Gateways that have forwarded the message; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B via(Iri one) {
      return property(Sx.VIA, one);
    }

    /**
     * Contract or License under which it happens.
     *
     * @param one what it is
     * @return this
     */
    public B contract(Contract one) {
      return property(Sx.CONTRACT, one);
    }

    /**
     * Random text that makes the message one of a kind.
     *
     * @param one any text
     * @return this
     */
    public B nonce(String one) {
      return property(Sx.NONCE, Literal.of(one));
    }

    /**
     * Evidence of messages; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public B transaction(Transaction one) {
      return property(SmartApi.TRANSACTION, one);
    }
  }

  /** Puts one together. */
  public static final class Builder extends Base<Message, Builder> {
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
      super(node, Types.MESSAGE, Message::at);
    }
  }
}
