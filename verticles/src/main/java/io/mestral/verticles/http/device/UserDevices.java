package io.mestral.verticles.http.device;

import io.mestral.model.UserId;
import io.mestral.storage.DeviceRegistry;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    return of(List.of(owner), viewer).map(lists -> lists.get(owner));
  }

  /** The same for several users at once; each of them is a key. */
  public Future<Map<UserId, Consumer<JsonWriter>>> of(Collection<UserId> owners, Viewer viewer) {
    return registry
        .ownedBy(owners)
        .compose(devices -> views.of(devices.stream().filter(viewer::maySee).toList()))
        .map(
            shown -> {
              Map<UserId, List<DeviceView>> byOwner =
                  shown.stream().collect(Collectors.groupingBy(view -> view.device().owner()));
              return owners.stream()
                  .collect(
                      Collectors.toMap(
                          Function.identity(),
                          owner ->
                              json ->
                                  writeAll(json, byOwner.getOrDefault(owner, List.of()), viewer)));
            });
  }

  private void writeAll(JsonWriter json, List<DeviceView> shown, Viewer viewer) {
    for (DeviceView view : shown) presenter.writeInUser(json, view, viewer);
  }
}
