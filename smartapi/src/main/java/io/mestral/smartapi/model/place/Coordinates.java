package io.mestral.smartapi.model.place;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.Geo;
import io.mestral.smartapi.vocabulary.SmartApi;
import java.time.Instant;
import java.util.Optional;

/** {@code geo:Point}: a position in WGS84; the Coordinates of the object model. */
public final class Coordinates extends Obj {
  private Coordinates(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static Coordinates at(Graph graph, Resource node) {
    return new Coordinates(graph, node);
  }

  /**
   * Degrees, north positive.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> latitude() {
    return real(Geo.LAT);
  }

  /**
   * Degrees, east positive.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> longitude() {
    return real(Geo.LONG);
  }

  /**
   * Metres above the ellipsoid.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Double> altitude() {
    return real(Geo.ALT);
  }

  /**
   * When something was or shall be there.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Instant> instant() {
    return moment(SmartApi.INSTANT);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<Coordinates, Builder> {
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
      super(node, Geo.POINT, Coordinates::at);
    }

    /**
     * Degrees, north positive.
     *
     * @param one the number
     * @return this
     */
    public Builder latitude(double one) {
      return property(Geo.LAT, Literal.of(one));
    }

    /**
     * Degrees, east positive.
     *
     * @param one the number
     * @return this
     */
    public Builder longitude(double one) {
      return property(Geo.LONG, Literal.of(one));
    }

    /**
     * Metres above the ellipsoid.
     *
     * @param one the number
     * @return this
     */
    public Builder altitude(double one) {
      return property(Geo.ALT, Literal.of(one));
    }

    /**
     * When something was or shall be there.
     *
     * @param one the moment
     * @return this
     */
    public Builder instant(Instant one) {
      return property(SmartApi.INSTANT, Literal.of(one));
    }
  }
}
