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
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.Optional;

/** {@code smartapi:Provenance}: where data comes from, and how far to trust it. */
public final class Provenance extends Obj {
  private Provenance(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Provenance at(Graph graph, Resource node) {
    return new Provenance(graph, node);
  }

  /**
   * How the data came about.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> generationMethod() {
    return iri(SmartApi.GENERATION_METHOD);
  }

  /**
   * Where the data came from.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<Obj> dataSource() {
    return object(SmartApi.DATA_SOURCE, Obj::at);
  }

  /**
   * The property of the subject that this speaks of; all of them when absent.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Iri> aboutProperty() {
    return iri(SmartApi.PROPERTY);
  }

  /**
   * Estimated probability that the data is right, 0 to 1.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> reliability() {
    return real(Sx.PROVENANCE_RELIABILITY);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Provenance, Builder> {
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
      super(node, Types.PROVENANCE, Provenance::at);
    }

    /**
     * How the data came about.
     *
     * @param one its IRI
     * @return this
     */
    public Builder generationMethod(Iri one) {
      return property(SmartApi.GENERATION_METHOD, one);
    }

    /**
     * Where the data came from.
     *
     * @param one what it is
     * @return this
     */
    public Builder dataSource(Obj one) {
      return property(SmartApi.DATA_SOURCE, one);
    }

    /**
     * The property of the subject that this speaks of; all of them when absent.
     *
     * @param one its IRI
     * @return this
     */
    public Builder aboutProperty(Iri one) {
      return property(SmartApi.PROPERTY, one);
    }

    /**
     * Estimated probability that the data is right, 0 to 1.
     *
     * @param one the number
     * @return this
     */
    public Builder reliability(double one) {
      return property(Sx.PROVENANCE_RELIABILITY, Literal.of(one));
    }
  }
}
