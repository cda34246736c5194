package io.mestral.storage.sql.metadata;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.outcome.RefusedException;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.SealedToken;
import io.mestral.storage.replica.ReplicaContent.OfDevice;
import io.mestral.storage.sql.Row;
import io.mestral.storage.sql.Session;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Devices as the node above has them. Of what both have changed the later change counts; a token
 * that was given above counts in any case, and so does being archived, wherever that was.
 */
final class ReplicaDevices {
  private static final String OWNER =
      "SELECT id FROM users WHERE uuid = $1 AND workflow_state = 'active'";
  private static final String FIND =
      "SELECT " + DeviceRow.ALL + ", workflow_state FROM devices WHERE uuid = $1";
  private static final String SETTLE =
      """
      UPDATE devices
      SET owner_id = $1, workflow_state = 'active', archived_at = NULL WHERE id = $2
      """;
  private static final String FREE_TOKEN =
      "UPDATE devices SET token_hash = NULL, token_cipher = NULL WHERE token_hash = $1 AND id <> $2";
  private static final String KEEP =
      """
      INSERT INTO replica_devices (device_id, updated_at) VALUES ($1, $2)
      ON CONFLICT (device_id) DO UPDATE SET updated_at = excluded.updated_at
      """;
  private static final String FORGET_ENDS = "DELETE FROM device_token_ends WHERE device_id = $1";
  private static final String END =
      "INSERT INTO device_token_ends (hash, device_id, ends_at) VALUES ($1, $2, $3)";
  private static final String ARCHIVE =
      """
      UPDATE devices
      SET workflow_state = 'archived', archived_at = $2,
          old_mac_address = coalesce(mac_address, old_mac_address), mac_address = NULL,
          token_hash = NULL, token_cipher = NULL
      WHERE id = $1 AND workflow_state = 'active'
      """;
  private static final String FORGET = "DELETE FROM replica_devices WHERE device_id = $1";

  private final SqlDeviceRegistry devices;
  private final DeviceNumbers numbers;

  ReplicaDevices(SqlDeviceRegistry devices, DeviceNumbers numbers) {
    this.devices = devices;
    this.numbers = numbers;
  }

  private record Known(Device device, boolean isActive) {
    static Known read(Row row) {
      return new Known(DeviceRow.read(row), row.text("workflow_state").equals("active"));
    }
  }

  /**
   * @param wasTold whether it was told before, so that it was archived here if it is archived
   */
  Future<?> put(Session session, OfDevice told, boolean wasTold, ReplicaOutcome outcome) {
    return session
        .first(OWNER, row -> new UserId(row.number("id")), told.owner())
        .map(
            owner ->
                owner.orElseThrow(
                    () ->
                        new RefusedException(
                            Refusal.PROTOCOL_ERROR,
                            "device " + told.device().uuid() + " has an owner who wasn't told")))
        .compose(
            owner ->
                session
                    .first(FIND, Known::read, told.device().uuid())
                    .compose(
                        known -> {
                          if (known.isEmpty()) return make(session, told, owner);
                          if (wasTold && !known.get().isActive())
                            return Future.succeededFuture(known.get().device());
                          return replace(session, known.get().device(), told, owner);
                        }))
        .compose(
            device -> {
              outcome.changed(device);
              return session.change(KEEP, device.id().value(), told.device().updatedAt());
            });
  }

  private Future<Device> make(Session session, OfDevice told, UserId owner) {
    Device device = told.device();
    Optional<SealedToken> token = told.token().map(Replicated::token);
    return numbers
        .wished(session, device.id().value())
        .compose(number -> number.isPresent() ? freed(session, token, number.get()) : none(device))
        .compose(
            number ->
                devices.insertNumbered(
                    session, as(device, new DeviceId(number), owner, token, device)))
        .compose(made -> endings(session, made, told).map(made));
  }

  /** A node that has no numbers from above never has devices from there under others' numbers. */
  private static Future<Long> none(Device device) {
    return Future.failedFuture(
        new RefusedException(
            Refusal.UNAVAILABLE,
            "the number " + device.id().value() + " is another device's, and none were given"));
  }

  private static Future<Long> freed(Session session, Optional<SealedToken> token, long number) {
    return token.isEmpty()
        ? Future.succeededFuture(number)
        : session.change(FREE_TOKEN, token.get().hash(), number).map(number);
  }

  private Future<Device> replace(Session session, Device here, OfDevice told, UserId owner) {
    boolean isLater = here.updatedAt().isAfter(told.device().updatedAt());
    Optional<SealedToken> own = here.token().filter(one -> !Replicated.isFromAbove(one));
    Optional<SealedToken> token = told.token().map(Replicated::token).or(() -> own);
    Device changed = as(isLater ? here : told.device(), here.id(), owner, token, here);
    long id = here.id().value();
    return freed(session, token, id)
        .compose(done -> session.change(SETTLE, owner.value(), id))
        .compose(done -> devices.replace(session, here.id(), changed))
        .compose(done -> endings(session, done, told).map(done));
  }

  private static Device as(
      Device said, DeviceId id, UserId owner, Optional<SealedToken> token, Device here) {
    return new Device(
        id,
        said.uuid(),
        owner,
        said.name(),
        said.description(),
        token,
        said.macAddress(),
        said.location(),
        said.hardware().with(here.hardware().info()),
        said.policy(),
        said.meta(),
        said.createdAt(),
        said.updatedAt());
  }

  /** Tokens that the device had before end here with it. */
  private static Future<?> endings(Session session, Device device, OfDevice told) {
    long id = device.id().value();
    if (told.token().isEmpty()) return Future.succeededFuture();
    return session
        .change(FORGET_ENDS, id)
        .compose(
            done ->
                told.tokenEndsAt().isEmpty()
                    ? Future.succeededFuture()
                    : session.change(END, told.token().get(), id, told.tokenEndsAt().get()));
  }

  Future<?> take(Session session, String uuid, Instant when, ReplicaOutcome outcome) {
    return session
        .first(FIND, Known::read, UUID.fromString(uuid))
        .compose(
            found -> {
              if (found.isEmpty()) return Future.succeededFuture();
              long id = found.get().device().id().value();
              outcome.changed(found.get().device());
              return session.change(ARCHIVE, id, when).compose(done -> session.change(FORGET, id));
            });
  }
}
