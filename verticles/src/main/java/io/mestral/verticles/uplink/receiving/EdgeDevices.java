package io.mestral.verticles.uplink.receiving;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.storage.Conflict;
import io.mestral.storage.Metadata;
import io.mestral.storage.Steps;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.mestral.verticles.uplink.batch.DeviceNote;
import io.mestral.verticles.uplink.state.DeviceNews;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices behind edges. One that is new here is made, under the same UUID, and belongs to
 * whoever answers for the edge; it has no token here, as it publishes there.
 */
public final class EdgeDevices {
  private static final Logger log = LoggerFactory.getLogger(EdgeDevices.class);

  private final Metadata metadata;
  private final DeviceChanges changes;
  private final Clock clock;
  private final Map<UUID, Future<Optional<Device>>> making = new ConcurrentHashMap<>();

  /**
   * @param changes hears of devices that are made
   */
  public EdgeDevices(Metadata metadata, DeviceChanges changes, Clock clock) {
    this.metadata = metadata;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * The device that an edge speaks of; empty when it isn't for that edge to speak of: it belongs to
   * somebody else or was removed here, or there is no such edge.
   */
  Future<Optional<DeviceId>> of(String edge, DeviceNote note) {
    return metadata
        .gateways()
        .find(edge)
        .compose(
            known ->
                known.isEmpty() ? Future.succeededFuture(Optional.empty()) : of(known.get(), note));
  }

  /** A device that is here and for that edge to speak of. */
  Future<Optional<DeviceId>> find(String edge, UUID uuid) {
    return metadata
        .gateways()
        .find(edge)
        .compose(
            known ->
                metadata
                    .devices()
                    .findByUuid(uuid)
                    .map(
                        found ->
                            found
                                .filter(
                                    device ->
                                        known
                                            .filter(one -> one.owner().equals(device.owner()))
                                            .isPresent())
                                .map(Device::id)));
  }

  private Future<Optional<DeviceId>> of(Gateway edge, DeviceNote note) {
    return metadata
        .devices()
        .findByUuid(note.uuid())
        .compose(
            found ->
                found.isPresent()
                    ? Future.succeededFuture(found)
                    : made(edge, draft(note, edge.owner())))
        .map(found -> found.filter(device -> device.owner().equals(edge.owner())).map(Device::id));
  }

  /** Batches of a new device come together: one of them makes it, and the others find it. */
  private Future<Optional<Device>> made(Gateway edge, Device draft) {
    return making.computeIfAbsent(
        draft.uuid(),
        uuid ->
            added(edge, draft)
                .onSuccess(changes::changed)
                .map(Optional::of)
                .recover(failure -> madeBefore(uuid, failure))
                .onComplete(done -> making.remove(uuid)));
  }

  /** Under the number that it has there, if that was given to this edge and is free still. */
  private Future<Device> added(Gateway edge, Device draft) {
    long number = draft.id().value();
    return metadata
        .replica()
        .givenTo(edge.name())
        .compose(
            given -> {
              if (given.stream().noneMatch(one -> one.contains(number)))
                return metadata.devices().add(draft);
              return metadata
                  .devices()
                  .addNumbered(draft)
                  .recover( // an archived device may have it
                      failure ->
                          failure instanceof Conflict
                              ? metadata.devices().add(draft)
                              : Future.failedFuture(failure));
            });
  }

  /** What became of devices at an edge: they are made, changed or archived here, too. */
  Future<Void> take(String edge, DeviceNews news) {
    return metadata
        .gateways()
        .find(edge)
        .compose(
            known ->
                known.isEmpty()
                    ? Future.succeededFuture()
                    : Steps.forEach(
                            news.devices(), one -> orLeft(one.uuid(), take(known.get(), one)))
                        .compose(
                            done ->
                                Steps.forEach(
                                    news.archived(),
                                    one -> orLeft(one, archive(known.get(), one)))));
  }

  /** One that can never be taken doesn't keep the others from it; what can't be now comes again. */
  private static Future<Void> orLeft(UUID device, Future<Void> taken) {
    return taken.recover(
        failure -> {
          if (Refusal.of(failure) == Refusal.UNAVAILABLE) return Future.failedFuture(failure);
          log.warn("what an edge tells of device {} isn't taken: {}", device, failure.toString());
          return Future.succeededFuture();
        });
  }

  private Future<Void> take(Gateway edge, Device told) {
    return metadata
        .devices()
        .findByUuid(told.uuid())
        .compose(
            found -> {
              if (found.isEmpty())
                return made(edge, as(told, edge.owner(), Optional.empty())).mapEmpty();
              Device here = found.get();
              if (!here.owner().equals(edge.owner()) || !isLater(told, here))
                return Future.succeededFuture();
              return metadata
                  .devices()
                  .update(
                      here.id(),
                      one -> isLater(told, one) ? as(told, one.owner(), Optional.of(one)) : one)
                  .onSuccess(changes::changed)
                  .mapEmpty();
            });
  }

  private static boolean isLater(Device told, Device here) {
    return told.updatedAt().isAfter(here.updatedAt());
  }

  private Future<Void> archive(Gateway edge, UUID uuid) {
    return metadata
        .devices()
        .findByUuid(uuid)
        .compose(
            found ->
                found.filter(one -> one.owner().equals(edge.owner())).isEmpty()
                    ? Future.succeededFuture()
                    : metadata
                        .devices()
                        .archive(found.get().id(), clock.instant())
                        .onSuccess(done -> changes.tokenLost(found.get())));
  }

  /**
   * @param here what it is here, which keeps its token
   */
  private static Device as(Device told, UserId owner, Optional<Device> here) {
    return new Device(
        here.map(Device::id).orElse(told.id()),
        told.uuid(),
        owner,
        told.name(),
        told.description(),
        here.flatMap(Device::token),
        told.macAddress(),
        told.location(),
        told.hardware().with(here.flatMap(one -> one.hardware().info())),
        told.policy(),
        told.meta(),
        told.createdAt(),
        told.updatedAt());
  }

  /**
   * Who has the UUID was made meanwhile, or was removed here and stays so: then nobody is found.
   */
  private Future<Optional<Device>> madeBefore(UUID uuid, Throwable failure) {
    return failure instanceof Conflict
        ? metadata.devices().findByUuid(uuid)
        : Future.failedFuture(failure);
  }

  private Device draft(DeviceNote note, UserId owner) {
    Instant now = clock.instant();
    DevicePolicy usual = DevicePolicy.DEFAULT;
    return new Device(
        new DeviceId(note.id()),
        note.uuid(),
        owner,
        note.name(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Location(
            note.latitude(),
            note.longitude(),
            OptionalInt.empty(),
            note.exposure(),
            Optional.empty()),
        Hardware.UNKNOWN,
        new DevicePolicy(
            note.isPrivate(),
            usual.preciseLocation(),
            usual.enableForwarding(),
            usual.isTest(),
            usual.notifyLowBattery(),
            usual.notifyStoppedPublishing()),
        Optional.empty(),
        now,
        now);
  }
}
