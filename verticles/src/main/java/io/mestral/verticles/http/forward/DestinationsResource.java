package io.mestral.verticles.http.forward;

import io.mestral.storage.ForwardingDestination;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;

/** {@code /v0/forwarding_destinations}: the labels that devices may be sent under. */
public final class DestinationsResource {
  private final ForwardingRegistry registry;

  /** Keeps labels in that registry. */
  public DestinationsResource(ForwardingRegistry registry) {
    this.registry = registry;
  }

  /** All of them, for who may choose one. */
  public Future<Answer> list(Exchange exchange) {
    Viewer viewer = exchange.viewer();
    viewer.signedIn();
    if (!viewer.isResearcher()) throw Problem.forbidden();
    return registry
        .destinations()
        .map(all -> Answer.ok(json -> json.array(() -> all.forEach(each -> write(json, each)))));
  }

  /** Adds one. */
  public Future<Answer> create(Exchange exchange) {
    exchange.viewer().signedIn();
    if (!exchange.viewer().isAdmin()) throw Problem.forbidden();
    Params params = exchange.params();
    params.require("name");
    FieldErrors errors = new FieldErrors();
    errors.checkLength("name", params.text("name"), FieldErrors.LONGEST_NAME);
    errors.throwIfAny();
    return registry
        .addDestination(params.text("name").orElseThrow())
        .map(made -> Answer.json(201, json -> write(json, made)));
  }

  private static void write(JsonWriter json, ForwardingDestination destination) {
    json.object(() -> json.field("id", destination.id()).field("name", destination.name()));
  }
}
