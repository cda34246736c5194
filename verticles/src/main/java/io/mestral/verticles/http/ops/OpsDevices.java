package io.mestral.verticles.http.ops;

import io.mestral.model.DeviceId;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.User;
import io.mestral.storage.Conflict;
import io.mestral.storage.DeviceRegistry;
import io.mestral.storage.Steps;
import io.mestral.storage.UserRegistry;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.device.DeviceText;
import io.mestral.verticles.http.exchange.Answer;
import io.mestral.verticles.http.exchange.Exchange;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.Viewer;
import io.mestral.verticles.ingestion.DeviceChanges;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** {@code POST /ops/v1/devices}: devices that can publish at once, one or many. */
public final class OpsDevices {
  private static final int MOST_AT_ONCE = 10_000;
  private static final int TOKEN_ATTEMPTS = 5;

  private final DeviceRegistry registry;
  private final UserRegistry users;
  private final DeviceChanges changes;
  private final TokenVault vault;
  private final Clock clock;

  /** Makes devices in the registry and tells of each. */
  public OpsDevices(
      DeviceRegistry registry,
      UserRegistry users,
      DeviceChanges changes,
      TokenVault vault,
      Clock clock) {
    this.registry = registry;
    this.users = users;
    this.changes = changes;
    this.vault = vault;
    this.clock = clock;
  }

  /** Makes the devices; the answer holds their tokens. */
  public Future<Answer> create(Exchange exchange) {
    Viewer viewer = Administrators.only(exchange.viewer());
    Wanted wanted = Wanted.of(exchange.params());
    return owner(exchange.params().text("owner"), viewer)
        .compose(
            owner ->
                addAll(wanted, owner)
                    .onSuccess(made -> exchange.deed().about(first(made), owner.id()))
                    .map(
                        made ->
                            Answer.json(
                                201,
                                json ->
                                    json.array(
                                        () -> made.forEach(each -> write(json, each, owner))))));
  }

  private static String first(List<Made> made) {
    String first = "device " + made.get(0).device().id();
    return made.size() == 1 ? first : first + " and " + (made.size() - 1) + " more";
  }

  private Future<User> owner(Optional<String> name, Viewer viewer) {
    return name.map(users::findByNameOrEmail)
        .orElseGet(() -> users.find(viewer.signedIn().id()))
        .map(
            found ->
                found.orElseThrow(
                    () -> Problem.recordNotFound("User", "username", name.orElse("caller"))));
  }

  /** One after the other: a store writes one at a time anyway, and the first failure ends it. */
  private Future<List<Made>> addAll(Wanted wanted, User owner) {
    List<Made> made = new ArrayList<>();
    return Steps.forEach(wanted.names(), name -> addOne(wanted, name, owner).onSuccess(made::add))
        .map(done -> made);
  }

  private Future<Made> addOne(Wanted wanted, String name, User owner) {
    return wanted.token().isPresent()
        ? add(name, wanted.token().get(), owner)
        : addWithNewToken(name, owner, TOKEN_ATTEMPTS);
  }

  private Future<Made> addWithNewToken(String name, User owner, int attempts) {
    return add(name, vault.newDeviceToken(), owner)
        .recover(
            failure ->
                failure instanceof Conflict && attempts > 1
                    ? addWithNewToken(name, owner, attempts - 1)
                    : Future.failedFuture(failure));
  }

  private Future<Made> add(String name, Secret token, User owner) {
    Instant now = clock.instant();
    Device draft =
        new Device(
            new DeviceId(0),
            UUID.randomUUID(),
            owner.id(),
            name,
            Optional.empty(),
            Optional.of(vault.seal(token)),
            Optional.empty(),
            Location.UNKNOWN,
            Hardware.UNKNOWN,
            DevicePolicy.DEFAULT,
            Optional.empty(),
            now,
            now);
    return registry
        .add(draft)
        .onSuccess(changes::changed)
        .onFailure(
            failure -> {
              if (DeviceChanges.mayBeKept(failure)) changes.changed(draft);
            })
        .map(device -> new Made(device, token));
  }

  private static void write(JsonWriter json, Made made, User owner) {
    json.object(
        () ->
            json.field("id", made.device().id().value())
                .field("name", made.device().name())
                .field("device_token", made.token().reveal())
                .field("owner", owner.username()));
  }

  private record Made(Device device, Secret token) {}

  private record Wanted(String name, int count, Optional<Secret> token) {
    static Wanted of(Params params) {
      FieldErrors errors = new FieldErrors();
      String name = params.text("name").orElse("");
      if (name.isEmpty()) errors.add("name", FieldErrors.BLANK);
      errors.checkLength("name", Optional.of(name), FieldErrors.LONGEST_NAME);
      String number = params.text("count").orElse("1");
      int count = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
      if (count < 1 || count > MOST_AT_ONCE)
        errors.add("count", "must be a number from 1 to " + MOST_AT_ONCE);
      Optional<String> token = params.text("device_token");
      if (token.isPresent() && (count > 1 || !DeviceText.isToken(token.get())))
        errors.add("device_token", FieldErrors.INVALID);
      errors.throwIfAny();
      return new Wanted(name, count, token.map(Secret::of));
    }

    List<String> names() {
      if (count == 1) return List.of(name);
      return IntStream.rangeClosed(1, count).mapToObj(number -> name + " " + number).toList();
    }
  }
}
