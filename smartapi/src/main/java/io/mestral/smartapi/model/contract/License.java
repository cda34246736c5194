package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code sx:License}: a Contract with a licence key. */
public final class License extends Contract {
  private License(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static License at(Graph graph, Resource node) {
    return new License(graph, node);
  }

  /**
   * The key that was handed to the licensee; a secret.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> licenseKey() {
    return text(Sx.LICENSE_KEY);
  }

  /**
   * True once the licence is withdrawn.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Boolean> revoked() {
    return truth(Sx.REVOKED);
  }

  /** Puts one together. */
  public static final class Builder extends Contract.Base<License, Builder> {
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
      super(node, Types.LICENSE, License::at);
    }

    /**
     * The key that was handed to the licensee; a secret.
     *
     * @param one any text
     * @return this
     */
    public Builder licenseKey(String one) {
      return property(Sx.LICENSE_KEY, Literal.of(one));
    }

    /**
     * True once the licence is withdrawn.
     *
     * @param one true or false
     * @return this
     */
    public Builder revoked(boolean one) {
      return property(Sx.REVOKED, Literal.of(one));
    }
  }
}
