package io.mestral.smartapi.model.contract;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.model.data.TemporalContext;
import io.mestral.smartapi.model.entity.Entity;
import io.mestral.smartapi.model.place.GeospatialContext;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Iri;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Sx;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code sx:Authorization}: permission to access something. Without a grantee it says that
 * permission is needed (Smart API, section 2.13).
 */
public final class Authorization extends Obj {
  private Authorization(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Authorization at(Graph graph, Resource node) {
    return new Authorization(graph, node);
  }

  /**
   * Who is granted access.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> grantees() {
    return objects(Sx.GRANTEE, Entity::at);
  }

  /**
   * Who grants access.
   *
   * @return the values; empty when there are none
   */
  public List<Entity> grantedBy() {
    return objects(Sx.GRANTED_BY, Entity::at);
  }

  /**
   * What access is granted to.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> resources() {
    return objects(Sx.RESOURCE, Obj::at);
  }

  /**
   * Methods allowed; all when there are none.
   *
   * @return the values; empty when there are none
   */
  public List<Iri> methods() {
    return iris(Sx.GRANTED_METHOD);
  }

  /**
   * True once the grant is withdrawn.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Boolean> revoked() {
    return truth(Sx.REVOKED);
  }

  /**
   * When it holds.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<TemporalContext> temporalContext() {
    return object(SmartApi.TEMPORAL_CONTEXT, TemporalContext::at);
  }

  /**
   * Where it holds.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several
   */
  public Optional<GeospatialContext> geospatialContext() {
    return object(Sx.GEOSPATIAL_CONTEXT, GeospatialContext::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Authorization, Builder> {
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
      super(node, Types.AUTHORIZATION, Authorization::at);
    }

    /**
     * Who is granted access; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder grantee(Entity one) {
      return property(Sx.GRANTEE, one);
    }

    /**
     * Who grants access; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder grantedBy(Entity one) {
      return property(Sx.GRANTED_BY, one);
    }

    /**
     * What access is granted to; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder resource(Obj one) {
      return property(Sx.RESOURCE, one);
    }

    /**
     * Methods allowed; all when there are none; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder method(Iri one) {
      return property(Sx.GRANTED_METHOD, one);
    }

    /**
     * True once the grant is withdrawn.
     *
     * @param one true or false
     * @return this
     */
    public Builder revoked(boolean one) {
      return property(Sx.REVOKED, Literal.of(one));
    }

    /**
     * When it holds.
     *
     * @param one what it is
     * @return this
     */
    public Builder temporalContext(TemporalContext one) {
      return property(SmartApi.TEMPORAL_CONTEXT, one);
    }

    /**
     * Where it holds.
     *
     * @param one what it is
     * @return this
     */
    public Builder geospatialContext(GeospatialContext one) {
      return property(Sx.GEOSPATIAL_CONTEXT, one);
    }
  }
}
