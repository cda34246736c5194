package io.mestral.verticles.uplink.receiving;

import io.mestral.model.DeviceId;
import io.mestral.model.SensorId;
import io.mestral.model.UserId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Gateway;
import io.mestral.model.platform.Measurement;
import io.mestral.model.platform.SealedToken;
import io.mestral.model.platform.Sensor;
import io.mestral.model.platform.User;
import io.mestral.storage.ApiToken;
import io.mestral.storage.DeviceTokenEnd;
import io.mestral.storage.Metadata;
import io.mestral.storage.replica.NumberRange;
import io.mestral.storage.replica.ReplicaContent;
import io.mestral.storage.replica.ReplicaName;
import io.mestral.verticles.auth.Passwords;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.uplink.state.RecordBodies;
import io.mestral.verticles.uplink.state.StateRecord;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an edge has to know of users, devices and the catalogue to do without this node: whoever
 * answers for it, their devices, all sensors, and the numbers that it was given. What this node has
 * from one above it goes on as it came.
 */
final class EdgeState {
  private final Metadata metadata;
  private final TokenVault vault;
  private final Clock clock;

  EdgeState(Metadata metadata, TokenVault vault, Clock clock) {
    this.metadata = metadata;
    this.vault = vault;
    this.clock = clock;
  }

  /**
   * All that an edge has to know at the moment.
   *
   * @param owner who answers for it
   */
  record Whole(UserId owner, List<StateRecord> records) {
    Map<ReplicaName, String> tags() {
      return records.stream().collect(Collectors.toMap(StateRecord::name, StateRecord::tag));
    }
  }

  /** What tokens are hashed with for an edge: with the same for all that are below one another. */
  byte[] tokenKey(String edge) {
    return vault.sharedKey().orElseGet(() -> vault.derived("mestral edge tokens " + edge));
  }

  /** Empty when there is no such edge, or nobody answers for it. */
  Future<Optional<Whole>> of(String edge) {
    return metadata
        .gateways()
        .find(edge)
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : metadata
                        .users()
                        .find(found.get().owner())
                        .compose(
                            owner ->
                                owner.isEmpty()
                                    ? Future.succeededFuture(Optional.empty())
                                    : of(found.get(), owner.get()).map(Optional::of)));
  }

  private Future<Whole> of(Gateway edge, User owner) {
    Future<Map<ReplicaName, String>> above = metadata.replica().bodies();
    Future<List<ReplicaContent>> known = known(edge, owner);
    return Future.all(above, known)
        .map(
            both -> {
              Map<ReplicaName, String> bodies = new HashMap<>();
              above
                  .result()
                  .forEach(
                      (name, body) -> {
                        if (!RecordBodies.isKnown(name.kind())) bodies.put(name, body);
                      });
              for (ReplicaContent one : known.result()) put(bodies, one, above.result());
              return new Whole(
                  owner.id(),
                  bodies.entrySet().stream()
                      .map(one -> StateRecord.of(one.getKey(), one.getValue()))
                      .toList());
            });
  }

  /** A device may have been changed here; everything else belongs to the node above. */
  private static void put(
      Map<ReplicaName, String> bodies, ReplicaContent content, Map<ReplicaName, String> above) {
    RecordBodies.Written written = RecordBodies.write(content);
    Optional<String> told = Optional.ofNullable(above.get(written.name()));
    String body =
        content instanceof ReplicaContent.OfDevice || content instanceof ReplicaContent.OfNumbers
            ? RecordBodies.merged(written, told)
            : told.orElseGet(() -> written.body().toString());
    bodies.put(written.name(), body);
  }

  private Future<List<ReplicaContent>> known(Gateway edge, User owner) {
    byte[] key = tokenKey(edge.name());
    Future<List<ReplicaContent>> catalogue = catalogue();
    Future<ReplicaContent> user = user(owner, key);
    Future<List<ReplicaContent>> devices = devices(owner, key);
    Future<List<NumberRange>> numbers = metadata.replica().givenTo(edge.name());
    return Future.all(catalogue, user, devices, numbers)
        .map(
            all -> {
              List<ReplicaContent> known = new ArrayList<>(catalogue.result());
              known.add(user.result());
              known.addAll(devices.result());
              numbers.result().forEach(one -> known.add(new ReplicaContent.OfNumbers(one)));
              return known;
            });
  }

  private Future<List<ReplicaContent>> catalogue() {
    Future<List<Measurement>> measurements = metadata.catalogue().measurements();
    Future<List<Sensor>> sensors = metadata.catalogue().sensors();
    return Future.all(measurements, sensors)
        .map(
            both -> {
              Map<Integer, UUID> measured = new HashMap<>();
              measurements.result().forEach(one -> measured.put(one.id(), one.uuid()));
              Map<SensorId, UUID> named = new HashMap<>();
              sensors.result().forEach(one -> named.put(one.id(), one.uuid()));
              List<ReplicaContent> all = new ArrayList<>();
              measurements.result().forEach(one -> all.add(new ReplicaContent.OfMeasurement(one)));
              for (Sensor one : sensors.result())
                all.add(
                    new ReplicaContent.OfSensor(
                        one,
                        found(one.parent(), id -> named.get(new SensorId(id))),
                        found(one.measurement(), measured::get)));
              return all;
            });
  }

  private static Optional<UUID> found(OptionalInt id, Function<Integer, UUID> by) {
    return id.isEmpty() ? Optional.empty() : Optional.ofNullable(by.apply(id.getAsInt()));
  }

  private Future<ReplicaContent> user(User owner, byte[] key) {
    Future<Optional<String>> password = metadata.users().passwordHash(owner.id());
    Future<Optional<ApiToken>> token = metadata.tokens().privateTokenOf(owner.id());
    return Future.all(password, token)
        .map(
            both ->
                new ReplicaContent.OfUser(
                    owner,
                    Passwords.portable(password.result().orElse("")),
                    token.result().flatMap(one -> hash(one.token(), key)),
                    token.result().flatMap(ApiToken::expiresAt)));
  }

  private Future<List<ReplicaContent>> devices(User owner, byte[] key) {
    return metadata
        .devices()
        .ownedBy(owner.id())
        .compose(
            devices ->
                metadata
                    .deviceTokenEnds()
                    .ofDevices(devices.stream().map(Device::id).toList())
                    .map(
                        ends -> {
                          Map<DeviceId, List<DeviceTokenEnd>> by =
                              ends.stream().collect(Collectors.groupingBy(DeviceTokenEnd::device));
                          return devices.stream()
                              .map(
                                  one ->
                                      device(one, owner, key, by.getOrDefault(one.id(), List.of())))
                              .toList();
                        }));
  }

  private ReplicaContent device(Device device, User owner, byte[] key, List<DeviceTokenEnd> ends) {
    Optional<Instant> end =
        device
            .token()
            .flatMap(
                token ->
                    ends.stream()
                        .filter(one -> one.hash().equals(token.hash()))
                        .map(DeviceTokenEnd::endsAt)
                        .findFirst());
    boolean isOver = end.filter(at -> !clock.instant().isBefore(at)).isPresent();
    Optional<String> token =
        isOver ? Optional.empty() : device.token().flatMap(one -> hash(one, key));
    return new ReplicaContent.OfDevice(
        device, owner.uuid(), token, token.isEmpty() ? Optional.empty() : end);
  }

  /** Of a token that came from above nothing else is known here. */
  private Optional<String> hash(SealedToken token, byte[] key) {
    return token.cipher().length == 0
        ? Optional.of(token.hash())
        : vault.open(token).map(secret -> TokenVault.sharedHash(key, secret));
  }
}
