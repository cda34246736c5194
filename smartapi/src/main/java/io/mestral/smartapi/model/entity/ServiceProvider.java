package io.mestral.smartapi.model.entity;

import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;

/** {@code smartapi:ServiceProvider}: who offers Services. */
public final class ServiceProvider extends AbstractEntity {
  private ServiceProvider(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static ServiceProvider at(Graph graph, Resource node) {
    return new ServiceProvider(graph, node);
  }

  /**
   * The Services offered.
   *
   * @return the values; empty when there are none
   */
  public List<Service> services() {
    return objects(SmartApi.OFFERS_SERVICE, Service::at);
  }

  /** Puts one together. */
  public static final class Builder extends AbstractEntity.Base<ServiceProvider, Builder> {
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
      super(node, Types.SERVICE_PROVIDER, ServiceProvider::at);
    }

    /**
     * The Services offered; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder service(Service one) {
      return property(SmartApi.OFFERS_SERVICE, one);
    }
  }
}
