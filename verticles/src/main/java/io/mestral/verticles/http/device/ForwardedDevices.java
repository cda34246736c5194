package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.reading.Reading;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.verticles.forwarding.DeviceDocuments;
import io.mestral.verticles.http.catalogue.CatalogueCache;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Devices as version 1 shows them to a partner: without what is only the owner's business. */
public final class ForwardedDevices implements DeviceDocuments {
  private final Metadata metadata;
  private final DeviceViews views;
  private final VersionOnePresenter presenter;

  /** Gathers what is shown there. */
  public ForwardedDevices(Metadata metadata, ReadingStore readings, Clock clock) {
    this.metadata = metadata;
    this.views =
        new DeviceViews(metadata, readings, new CatalogueCache(metadata.catalogue(), clock));
    this.presenter = new VersionOnePresenter(device -> Optional.empty(), UserPicture.NONE, clock);
  }

  @Override
  public Future<Map<DeviceId, Document>> of(Collection<DeviceId> devices) {
    List<Future<Optional<Device>>> found = devices.stream().map(metadata.devices()::find).toList();
    return Future.all(found)
        .compose(
            all -> {
              List<Device> willing =
                  found.stream()
                      .flatMap(one -> one.result().stream())
                      .filter(device -> device.policy().enableForwarding())
                      .toList();
              return documents(willing);
            });
  }

  private Future<Map<DeviceId, Document>> documents(List<Device> devices) {
    return views
        .of(devices)
        .map(
            shown ->
                shown.stream().collect(Collectors.toMap(view -> view.device().id(), Shown::new)));
  }

  private final class Shown implements Document {
    private final DeviceView view;

    Shown(DeviceView view) {
      this.view = view;
    }

    @Override
    public UserId owner() {
      return view.device().owner();
    }

    @Override
    public Buffer with(List<Reading> readings) {
      return JsonWriter.write(json -> presenter.write(json, view, readings));
    }
  }
}
