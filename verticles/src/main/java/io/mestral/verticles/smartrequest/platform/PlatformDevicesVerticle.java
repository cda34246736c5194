package io.mestral.verticles.smartrequest.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.verticles.bus.Addresses;
import io.mestral.verticles.bus.Home;
import io.mestral.verticles.bus.LocalBus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/**
 * Tells {@link PlatformDevices} what changes. Its start doesn't wait until all devices are read;
 * {@link PlatformDevices#ready} says when they are.
 */
public final class PlatformDevicesVerticle extends VerticleBase {
  private final PlatformDevices devices;

  /** For these devices, which have one such verticle. */
  public PlatformDevicesVerticle(PlatformDevices devices) {
    this.devices = devices;
  }

  @Override
  public Future<?> start() {
    Home home = new Home(context);
    LocalBus bus = LocalBus.of(vertx);
    devices.follow(home);
    return Future.all(
            bus.listen(
                Addresses.DEVICE_CHANGED, device -> devices.changed(home, ((Device) device).id())),
            bus.listen(
                Addresses.COMPONENT_MADE, device -> devices.changed(home, (DeviceId) device)),
            bus.listen(Addresses.CATALOGUE_CHANGED, news -> devices.catalogueChanged(home)))
        .onSuccess(listening -> devices.read(home)); // first heard, then read: nothing is missed
  }
}
