package io.mestral.verticles.http.account;

import io.mestral.model.platform.User;
import io.mestral.verticles.http.device.UserDevices;
import io.mestral.verticles.http.device.UserLocation;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Writes a user (spec 2.8): whole to themselves and administrators, filtered to others. */
public final class UserPresenter {
  private static final String FILTERED = "[FILTERED]";

  private final UserDevices devices;

  /** Shows users with their devices. */
  public UserPresenter(UserDevices devices) {
    this.devices = devices;
  }

  /** Succeeds with what writes the members of the user's object. */
  public Future<Consumer<JsonWriter>> members(User user, Viewer viewer) {
    return devices
        .of(user.id(), viewer)
        .map(
            list ->
                json -> {
                  profile(json, user);
                  secrets(json, user, viewer.mayManage(user.id()));
                  json.array("devices", () -> list.accept(json));
                });
  }

  private static void profile(JsonWriter json, User user) {
    json.field("id", user.id().value())
        .field("uuid", user.uuid().toString())
        .field("role", user.role().label())
        .field("username", user.username())
        .field("profile_picture", "")
        .field("url", user.url());
    UserLocation.write(json, user);
    json.field("updated_at", user.updatedAt());
  }

  /** Nobody forwards yet; strict clients want a text even so (spec 2.8). */
  private static void secrets(JsonWriter json, User user, boolean whole) {
    json.field("email", whole ? user.email() : FILTERED)
        .field("legacy_api_key", whole ? user.legacyApiKey() : FILTERED)
        .field("forwarding_token", whole ? "" : FILTERED)
        .field("forwarding_username", whole ? "" : FILTERED);
  }
}
