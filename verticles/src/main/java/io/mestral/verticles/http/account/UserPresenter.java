package io.mestral.verticles.http.account;

import io.mestral.model.platform.User;
import io.mestral.verticles.http.device.UserDevices;
import io.mestral.verticles.http.device.UserLocation;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Consumer;

/** Writes a user (spec 2.8): whole to themselves and administrators, filtered to others. */
public final class UserPresenter {
  private static final String FILTERED = "[FILTERED]";
  private static final List<String> SECRETS =
      List.of("email", "legacy_api_key", "forwarding_token", "forwarding_username");

  private final UserDevices devices;
  private final PartnerAccess partners;

  /** Shows users with their devices, and to themselves what their partners log in with. */
  public UserPresenter(UserDevices devices, PartnerAccess partners) {
    this.devices = devices;
    this.partners = partners;
  }

  /** Succeeds with what writes the members of the user's object. */
  public Future<Consumer<JsonWriter>> members(User user, Viewer viewer) {
    boolean whole = viewer.mayManage(user.id()) && viewer.isInPerson();
    return devices
        .of(user.id(), viewer)
        .compose(
            list ->
                secrets(user, whole)
                    .map(
                        secrets ->
                            json -> {
                              profile(json, user);
                              secrets.accept(json);
                              json.array("devices", () -> list.accept(json));
                            }));
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

  /** Strict clients want a text even where there is none (spec 2.8). */
  private Future<Consumer<JsonWriter>> secrets(User user, boolean whole) {
    if (!whole)
      return Future.succeededFuture(
          json -> {
            for (String name : SECRETS) json.field(name, FILTERED);
          });
    return partners
        .of(user)
        .map(
            partner ->
                json ->
                    json.field("email", user.email())
                        .field("legacy_api_key", user.legacyApiKey())
                        .field("forwarding_token", partner.token())
                        .field("forwarding_username", partner.username()));
  }
}
