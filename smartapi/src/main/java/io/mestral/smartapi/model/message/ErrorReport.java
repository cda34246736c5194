package io.mestral.smartapi.model.message;

import io.mestral.smartapi.error.SmartApiException;
import io.mestral.smartapi.model.Obj;
import io.mestral.smartapi.model.ObjBuilder;
import io.mestral.smartapi.rdf.Blank;
import io.mestral.smartapi.rdf.Graph;
import io.mestral.smartapi.rdf.Literal;
import io.mestral.smartapi.rdf.Resource;
import io.mestral.smartapi.vocabulary.SmartApi;
import io.mestral.smartapi.vocabulary.Types;
import java.util.List;
import java.util.Optional;

/**
 * {@code smartapi:Error}: why something was not done (Smart API, section 2.8). It has one more
 * type, the kind of error.
 */
public final class ErrorReport extends Obj {
  private ErrorReport(Graph graph, Resource node) {
    super(graph, node);
  }

  /**
   * What a graph says of a node, seen as this class.
   *
   * @param graph the graph
   * @param node the node; its types are not looked at
   * @return the view
   */
  public static ErrorReport at(Graph graph, Resource node) {
    return new ErrorReport(graph, node);
  }

  /**
   * Number for programs, as HTTP would say it.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<Long> code() {
    return integer(SmartApi.ERROR_CODE);
  }

  /**
   * Text for people, in English.
   *
   * @return the value, or nothing
   * @throws SmartApiException of type InvalidParams if there are several, or one that is something
   *     else
   */
  public Optional<String> message() {
    return text(SmartApi.ERROR_MESSAGE);
  }

  /**
   * The template that failed.
   *
   * @return the values; empty when there are none
   */
  public List<Obj> targets() {
    return objects(SmartApi.TARGET, Obj::at);
  }

  /** Puts one together. */
  public static final class Builder extends ObjBuilder<ErrorReport, Builder> {
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
      super(node, Types.ERROR, ErrorReport::at);
    }

    /**
     * Number for programs, as HTTP would say it.
     *
     * @param one the number
     * @return this
     */
    public Builder code(long one) {
      return property(SmartApi.ERROR_CODE, Literal.of(one));
    }

    /**
     * Text for people, in English.
     *
     * @param one any text
     * @return this
     */
    public Builder message(String one) {
      return property(SmartApi.ERROR_MESSAGE, Literal.of(one));
    }

    /**
     * The template that failed; may be called again for more.
     *
     * @param one one of them
     * @return this
     */
    public Builder target(Obj one) {
      return property(SmartApi.TARGET, one);
    }
  }
}
