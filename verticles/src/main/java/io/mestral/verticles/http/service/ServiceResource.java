package io.mestral.verticles.http.service;

import io.mestral.model.outcome.Refusal;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** The welcome of the platform (spec 2.16), the probes, and a page for people. */
public final class ServiceResource {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Mestral</title></head>
      <body>
      <h1>Mestral</h1>
      <p>This is a Mestral node, version %s: an edge-to-cloud broker for sensing data.</p>
      <p>It was built without its web pages. Its API answers at <a href="/v0">/v0</a>, its health
      at <a href="/health/ready">/health/ready</a>.</p>
      </body>
      </html>
      """;

  private final Readiness readiness;
  private final Supplier<String> metrics;
  private final String version;

  /**
   * @param metrics all metrics in Prometheus' text form
   */
  public ServiceResource(Readiness readiness, Supplier<String> metrics, String version) {
    this.readiness = readiness;
    this.metrics = metrics;
    this.version = version;
  }

  /** What the platform's API has, by name. */
  public Future<Answer> welcome(Exchange exchange) {
    String address = exchange.address().replaceAll("/+$", "");
    String base = address.endsWith("/v0") ? address : address + "/v0";
    return Future.succeededFuture(
        Answer.ok(
            json ->
                json.object(
                    () -> {
                      json.field("notice", "Welcome. The old API has been removed.")
                          .field("api_documentation_url", "https://developer.smartcitizen.me")
                          .field("current_user_url", base + "/me");
                      for (String name : List.of("components", "devices", "measurements"))
                        json.field(name + "_url", base + "/" + name);
                      for (String name : List.of("sensors", "users", "tags"))
                        json.field(name + "_url", base + "/" + name);
                      json.field("tags_sensors_url", base + "/tag_sensors")
                          .field("version_git", version);
                    })));
  }

  /** What runs here. */
  public Future<Answer> version(Exchange exchange) {
    return Future.succeededFuture(
        Answer.ok(
            json ->
                json.object(
                    () ->
                        json.field("env", "production")
                            .field("version", version)
                            .nothing("ruby")
                            .nothing("rails")
                            .nothing("branch")
                            .nothing("revision"))));
  }

  /** The page at the root; for programs, the welcome of the platform's API. */
  public Future<Answer> page(Exchange exchange) {
    String accepted = exchange.headers("Accept");
    if (accepted.contains("json") && !accepted.contains("html")) return welcome(exchange);
    return Future.succeededFuture(
        Answer.text(200, "text/html; charset=utf-8", PAGE.formatted(version)));
  }

  /** That this process answers. */
  public Future<Answer> live(Exchange exchange) {
    return Future.succeededFuture(Answer.ok(json -> json.object(() -> json.field("status", "up"))));
  }

  /** Whether requests should come here; with the reasons when they shouldn't. */
  public Future<Answer> ready(Exchange exchange) {
    return readiness
        .problems()
        .recover(failure -> Future.succeededFuture(List.of("the health check itself failed")))
        .map(
            problems ->
                problems.isEmpty()
                    ? Answer.ok(json -> json.object(() -> json.field("status", "ready")))
                    : Answer.json(
                        Refusal.UNAVAILABLE.httpStatus(),
                        json ->
                            json.object(
                                () ->
                                    json.field("status", "unavailable")
                                        .array("reasons", () -> problems.forEach(json::element)))));
  }

  /** Everything counted, for Prometheus. */
  public Future<Answer> metrics(Exchange exchange) {
    return Future.succeededFuture(
        Answer.text(200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
  }
}
