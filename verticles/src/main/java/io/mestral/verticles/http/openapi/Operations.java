package io.mestral.verticles.http.openapi;

import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who answers which operation of the contract: all of them, and nothing else. */
public final class Operations {
  private final Map<String, Handler<RoutingContext>> handlers = new HashMap<>();

  /** Says who answers the operation of that id. */
  public Operations on(String id, Handler<RoutingContext> handler) {
    if (handlers.put(id, handler) != null)
      throw new IllegalStateException("operation " + id + " has two handlers");
    return this;
  }

  /**
   * Makes the routes. Fails with the names of operations that nobody answers, and of those answered
   * that the contract doesn't know.
   */
  public void mount(ApiContract contract, Router router) {
    Set<String> unknown = new TreeSet<>(handlers.keySet());
    Set<String> unanswered = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      unknown.remove(operation.id());
      Handler<RoutingContext> handler = handlers.get(operation.id());
      if (handler == null) unanswered.add(operation.id());
      else router.route(operation.method(), pathOf(operation)).handler(handler);
    }
    if (!unanswered.isEmpty())
      throw new IllegalStateException("no handler for the operations " + unanswered);
    if (!unknown.isEmpty())
      throw new IllegalStateException("not in the contract: the operations " + unknown);
  }

  private static String pathOf(Operation operation) {
    return operation.path().replace("{", ":").replace("}", "");
  }
}
