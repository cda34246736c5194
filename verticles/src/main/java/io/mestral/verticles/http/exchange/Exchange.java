package io.mestral.verticles.http.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One request as a resource sees it: who asks for what, with which parameters. */
public final class Exchange {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RoutingContext context;
  private final Viewer viewer;
  private final Body body;
  private final String address;

  /**
   * A request whose body was read.
   *
   * @param address the absolute URL that was asked for, without its query
   */
  public Exchange(RoutingContext context, Viewer viewer, Body body, String address) {
    this.context = context;
    this.viewer = viewer;
    this.body = body;
    this.address = address;
  }

  /** Who asks. */
  public Viewer viewer() {
    return viewer;
  }

  /** The variable part of the route's path, decoded. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** The absolute URL that was asked for, without its query. */
  public String address() {
    return address;
  }

  /** The parameters of the query alone. */
  public List<Map.Entry<String, String>> query() {
    return context.queryParams().entries();
  }

  /** The body as it came. */
  public Buffer body() {
    return body.raw();
  }

  /** Whether the body looks like a JSON object, whatever its content type says. */
  public boolean bodyIsObject() {
    return body.startsWith('{');
  }

  /** All parameters; ends the request when the body says it is JSON and isn't. */
  public Params params() {
    List<Map.Entry<String, String>> texts = new ArrayList<>(query());
    texts.addAll(body.form());
    Params params = Params.of(texts);
    if (!bodyIsObject() && !body.claimsJson()) return params;
    JsonNode tree = tree();
    return tree instanceof ObjectNode object ? params.with(object) : params;
  }

  /** For work that would keep the event loop waiting. */
  public Vertx vertx() {
    return context.vertx();
  }

  private JsonNode tree() {
    try {
      return JSON.readTree(body.raw().getBytes());
    } catch (JsonProcessingException e) {
      throw Problem.badRequest("The request body is not valid JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Problem.badRequest("The request body can't be read");
    }
  }
}
