package io.mestral.smartapi.model.data;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/** {@code smartapi:InterfaceAddress}: how to open a connection (Smart API, section 2.14). */
public final class InterfaceAddress extends Obj {
  private InterfaceAddress(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static InterfaceAddress at(Graph graph, Resource node) {
    return new InterfaceAddress(graph, node);
  }

  /**
   * URI scheme or protocol name, in lower case.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> scheme() {
    return text(SmartApi.SCHEME);
  }

  /**
   * Host name or IP address; blank means the address from which the announcement came.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> host() {
    return text(SmartApi.HOST);
  }

  /**
   * Port number.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> port() {
    return integer(SmartApi.PORT);
  }

  /**
   * Path on the host.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> path() {
    return text(SmartApi.PATH);
  }

  /**
   * Topic on a message broker.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> topic() {
    return text(SmartApi.TOPIC);
  }

  /**
   * Media types that the interface takes.
   *
   * @return the values; empty when there are none
   */
  public List<String> contentTypes() {
    return texts(SmartApi.CONTENT_TYPE);
  }

  /**
   * Address on a local bus, such as a unit number and a register.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> busAddress() {
    return text(Sx.BUS_ADDRESS);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<InterfaceAddress, Builder> {
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
      super(node, Types.INTERFACE_ADDRESS, InterfaceAddress::at);
    }

    /**
     * URI scheme or protocol name, in lower case.
     *
     * @param one any text
     * @return this
     */
    public Builder scheme(String one) {
      return property(SmartApi.SCHEME, Literal.of(one));
    }

    /**
     * Host name or IP address; blank means the address from which the announcement came.
     *
     * @param one any text
     * @return this
     */
    public Builder host(String one) {
      return property(SmartApi.HOST, Literal.of(one));
    }

    /**
     * Port number.
     *
     * @param one the number
     * @return this
     */
    public Builder port(long one) {
      return property(SmartApi.PORT, Literal.of(one));
    }

    /**
     * Path on the host.
     *
     * @param one any text
     * @return this
     */
    public Builder path(String one) {
      return property(SmartApi.PATH, Literal.of(one));
    }

    /**
     * Topic on a message broker.
     *
     * @param one any text
     * @return this
     */
    public Builder topic(String one) {
      return property(SmartApi.TOPIC, Literal.of(one));
    }

    /**
     * Media types that the interface takes; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder contentType(String one) {
      return property(SmartApi.CONTENT_TYPE, Literal.of(one));
    }

    /**
     * Address on a local bus, such as a unit number and a register.
     *
     * @param one any text
     * @return this
     */
    public Builder busAddress(String one) {
      return property(Sx.BUS_ADDRESS, Literal.of(one));
    }
  }
}
