package io.mestral.verticles.http.account;

import io.mestral.model.UserId;
import io.mestral.model.platform.User;
import io.mestral.verticles.http.device.UserDevices;
import io.mestral.verticles.http.device.UserLocation;
import io.mestral.verticles.http.device.UserPicture;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes a user (spec 2.8): whole to themselves and administrators, filtered to others. */
public final class UserPresenter {
  private static final String FILTERED = "[FILTERED]";
  private static final List<String> SECRETS =
      List.of("email", "legacy_api_key", "forwarding_token", "forwarding_username");

  private final UserDevices devices;
  private final PartnerAccess partners;
  private final UserPicture pictures;

  /** Shows users with their devices, and to themselves what their partners log in with. */
  public UserPresenter(UserDevices devices, PartnerAccess partners, UserPicture pictures) {
    this.pictures = pictures;
    this.devices = devices;
    this.partners = partners;
  }

  /** Succeeds with what writes the members of the user's object. */
  public Future<Consumer<JsonWriter>> members(User user, Viewer viewer) {
    return devices
        .of(user.id(), viewer)
        .compose(
            list ->
                secrets(user, viewer.maySeeAccountOf(user.id()))
                    .map(secrets -> json -> write(json, user, secrets, list)));
  }

  /** Succeeds with what writes their objects, in that order. */
  Future<Consumer<JsonWriter>> all(List<User> users, Viewer viewer) {
    List<UserId> ids = users.stream().map(User::id).toList();
    List<UserId> managed = ids.stream().filter(viewer::maySeeAccountOf).toList();
    return devices
        .of(ids, viewer)
        .compose(
            lists ->
                partners
                    .of(managed)
                    .map(
                        known ->
                            json -> {
                              for (User user : users)
                                json.object(
                                    () ->
                                        write(
                                            json,
                                            user,
                                            shown(user, Optional.ofNullable(known.get(user.id()))),
                                            lists.get(user.id())));
                            }));
  }

  private void write(
      JsonWriter json, User user, Consumer<JsonWriter> secrets, Consumer<JsonWriter> devices) {
    profile(json, user);
    secrets.accept(json);
    json.array("devices", () -> devices.accept(json));
  }

  private void profile(JsonWriter json, User user) {
    json.field("id", user.id().value())
        .field("uuid", user.uuid().toString())
        .field("role", user.role().label())
        .field("username", user.username())
        .field("profile_picture", pictures.of(user))
        .field("url", user.url());
    UserLocation.write(json, user);
    json.field("updated_at", user.updatedAt());
  }

  private Future<Consumer<JsonWriter>> secrets(User user, boolean whole) {
    if (!whole) return Future.succeededFuture(shown(user, Optional.empty()));
    return partners.of(user).map(partner -> shown(user, Optional.of(partner)));
  }

  /**
   * Strict clients want a text even where there is none (spec 2.8).
   *
   * @param partner what the partner logs in with; empty for who may see no secrets
   */
  private static Consumer<JsonWriter> shown(
      User user, Optional<PartnerAccess.Credentials> partner) {
    if (partner.isEmpty())
      return json -> {
        for (String name : SECRETS) json.field(name, FILTERED);
      };
    return json ->
        json.field("email", user.email())
            .field("legacy_api_key", user.legacyApiKey())
            .field("forwarding_token", partner.get().token())
            .field("forwarding_username", partner.get().username());
  }
}
