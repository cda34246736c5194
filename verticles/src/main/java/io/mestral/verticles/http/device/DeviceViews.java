package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Postprocessing;
import io.mestral.model.platform.Tag;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Latest;
import io.mestral.storage.ForwardingDestination;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.http.catalogue.Catalogue;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.device.DeviceView.SensorView;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Gathers what is shown of devices: one question per kind of thing, however many devices. */
final class DeviceViews {
  private final Metadata metadata;
  private final ReadingStore readings;
  private final CatalogueCache catalogue;

  DeviceViews(Metadata metadata, ReadingStore readings, CatalogueCache catalogue) {
    this.metadata = metadata;
    this.readings = readings;
    this.catalogue = catalogue;
  }

  /** Succeeds with the views in the order of the devices. */
  Future<List<DeviceView>> of(List<Device> devices) {
    if (devices.isEmpty()) return Future.succeededFuture(List.of());
    List<DeviceId> ids = devices.stream().map(Device::id).toList();
    Set<UserId> ownerIds = devices.stream().map(Device::owner).collect(Collectors.toSet());
    Future<List<User>> owners = metadata.users().findAll(ownerIds);
    Future<Map<UserId, List<DeviceId>>> siblings = metadata.devices().idsOwnedBy(ownerIds);
    Future<Map<DeviceId, List<Component>>> components = metadata.devices().components(ids);
    Future<Map<DeviceId, Map<SensorId, Latest>>> latest = readings.latest(ids);
    Future<Map<DeviceId, ForwardingDestination>> destinations =
        metadata.forwarding().destinationsOf(ids);
    Future<Map<DeviceId, DeviceMarks>> marks = marks(ids);
    Future<Catalogue> sensors = catalogue.now();
    return Future.all(List.of(owners, siblings, components, latest, sensors, destinations, marks))
        .map(
            all -> {
              Map<UserId, User> byId =
                  owners.result().stream().collect(Collectors.toMap(User::id, Function.identity()));
              return devices.stream()
                  .map(
                      device ->
                          new DeviceView(
                              device,
                              Optional.ofNullable(byId.get(device.owner())),
                              siblings.result().getOrDefault(device.owner(), List.of()),
                              sensors(
                                  components.result().getOrDefault(device.id(), List.of()),
                                  latest.result().getOrDefault(device.id(), Map.of()),
                                  sensors.result()),
                              Optional.ofNullable(destinations.result().get(device.id()))
                                  .map(ForwardingDestination::name),
                              marks.result().getOrDefault(device.id(), DeviceMarks.NONE)))
                  .toList();
            });
  }

  private Future<Map<DeviceId, DeviceMarks>> marks(List<DeviceId> ids) {
    Future<Map<DeviceId, List<Tag>>> tags = metadata.deviceTags().of(ids);
    Future<Map<DeviceId, List<Long>>> experiments = metadata.experiments().of(ids);
    Future<Map<DeviceId, Postprocessing>> postprocessings = metadata.postprocessings().of(ids);
    return Future.all(tags, experiments, postprocessings)
        .map(
            all ->
                ids.stream()
                    .collect(
                        Collectors.toMap(
                            Function.identity(),
                            id ->
                                new DeviceMarks(
                                    tags.result().getOrDefault(id, List.of()).stream()
                                        .map(Tag::name)
                                        .toList(),
                                    experiments.result().getOrDefault(id, List.of()),
                                    Optional.ofNullable(postprocessings.result().get(id))))));
  }

  private static List<SensorView> sensors(
      List<Component> components, Map<SensorId, Latest> latest, Catalogue catalogue) {
    return components.stream()
        .flatMap(
            component ->
                catalogue.sensor(component.sensor()).stream()
                    .map(
                        sensor ->
                            new SensorView(
                                sensor,
                                catalogue.ancestryOf(sensor),
                                catalogue.measurementOf(sensor),
                                catalogue.tagsOf(sensor.id()),
                                component,
                                Optional.ofNullable(latest.get(sensor.id())))))
        .sorted(Comparator.comparing((SensorView view) -> view.sensor().name()))
        .toList();
  }
}
