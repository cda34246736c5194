package io.mestral.verticles.http.device;

import io.mestral.model.ComponentId;
import io.mestral.model.platform.Component;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Pagination;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * {@code /v0/components} (spec 2.10): which devices have which sensors; of private devices that is
 * as private as they are.
 */
public final class ComponentsResource {
  private final DeviceRegistry registry;

  /** Shows the components of that registry's devices. */
  public ComponentsResource(DeviceRegistry registry) {
    this.registry = registry;
  }

  /** Those of devices that the viewer may see, in pages. */
  public Future<Answer> list(Exchange exchange) {
    Pagination pagination = Pagination.of(exchange);
    return registry
        .components(exchange.viewer().visibility(), pagination.paging())
        .map(
            page ->
                pagination.answer(
                    page.total(), json -> page.items().forEach(each -> write(json, each))));
  }

  /** One of them. */
  public Future<Answer> show(Exchange exchange) {
    String given = exchange.path("id");
    return RecordId.parse(given)
        .map(id -> registry.component(new ComponentId(id)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.orElseThrow(() -> Problem.recordNotFound("Component", "id", given)))
        .compose(component -> visible(component, exchange))
        .map(component -> Answer.ok(json -> write(json, component)));
  }

  private Future<Component> visible(Component component, Exchange exchange) {
    return registry
        .find(component.device())
        .map(
            device -> {
              if (device.filter(exchange.viewer()::maySee).isEmpty()) throw Problem.forbidden();
              return component;
            });
  }

  private static void write(JsonWriter json, Component component) {
    json.object(
        () ->
            json.field("id", component.id().value())
                .field("uuid", component.uuid().toString())
                .field("device_id", component.device().value())
                .field("sensor_id", component.sensor().value())
                .field("created_at", component.createdAt())
                .field("updated_at", component.updatedAt()));
  }
}
