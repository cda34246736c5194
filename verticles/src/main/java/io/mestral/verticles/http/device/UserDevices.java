package io.mestral.verticles.http.device;

import io.mestral.model.UserId;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** The devices of a user as they stand in the user's JSON (spec 2.8). */
public final class UserDevices {
  private final DeviceRegistry registry;
  private final DeviceViews views;
  private final DevicePresenter presenter;

  /** Shows devices of that registry as the presenter does. */
  UserDevices(DeviceRegistry registry, DeviceViews views, DevicePresenter presenter) {
    this.registry = registry;
    this.views = views;
    this.presenter = presenter;
  }

  /** Succeeds with what writes the elements of the list, private ones only for who may see them. */
  public Future<Consumer<JsonWriter>> of(UserId owner, Viewer viewer) {
    return registry
        .ownedBy(owner)
        .compose(devices -> views.of(devices.stream().filter(viewer::maySee).toList()))
        .map(shown -> json -> writeAll(json, shown, viewer));
  }

  private void writeAll(JsonWriter json, List<DeviceView> shown, Viewer viewer) {
    for (DeviceView view : shown) presenter.writeInUser(json, view, viewer);
  }
}
