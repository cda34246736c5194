package io.mestral.verticles.http.onboarding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.storage.Orphan;
import io.mestral.storage.Orphan.Details;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is said of a kit before it is registered. Parameters of other names are ignored. */
final class OrphanForm {
  /** Anybody may say it. */
  private static final int LONGEST = 1_000;

  private OrphanForm() {}

  /** What was said with what the request says; ends the request when that can't be. */
  static Details details(Params params, Details before) {
    FieldErrors errors = new FieldErrors();
    Details wanted =
        new Details(
            text(params, "name", before.name(), errors),
            text(params, "description", before.description(), errors),
            text(params, "exposure", before.exposure(), errors),
            degrees(params, "latitude", before.latitude(), errors),
            degrees(params, "longitude", before.longitude(), errors),
            text(params, "user_tags", before.userTags(), errors));
    errors.throwIfAny();
    return wanted;
  }

  private static Optional<String> text(
      Params params, String name, Optional<String> before, FieldErrors errors) {
    if (!params.has(name)) return before;
    Optional<String> text = params.text(name);
    errors.checkLength(name, text, name.equals("name") ? FieldErrors.LONGEST_NAME : LONGEST);
    return text;
  }

  private static OptionalDouble degrees(
      Params params, String name, OptionalDouble before, FieldErrors errors) {
    if (!params.has(name)) return before;
    Optional<String> text = params.text(name);
    if (text.isEmpty()) return OptionalDouble.empty();
    try {
      double degrees = Double.parseDouble(text.get().strip());
      if (Double.isFinite(degrees)) return OptionalDouble.of(degrees);
    } catch (NumberFormatException e) {
      errors.add(name, FieldErrors.NOT_A_NUMBER);
      return before;
    }
    errors.add(name, FieldErrors.NOT_A_NUMBER);
    return before;
  }

  /**
   * What the device is registered with: what the request says, else what was said of the orphan.
   * Another token is not among it.
   */
  static Params asDevice(Details said, Params params) {
    ObjectNode device = JsonNodeFactory.instance.objectNode();
    said.name().ifPresent(name -> device.put("name", name));
    said.description().ifPresent(text -> device.put("description", text));
    said.exposure().ifPresent(exposure -> device.put("exposure", exposure));
    said.latitude().ifPresent(degrees -> device.put("latitude", degrees));
    said.longitude().ifPresent(degrees -> device.put("longitude", degrees));
    said.userTags().ifPresent(tags -> device.put("user_tags", tags));
    for (String name : params.names())
      if (!name.equals("device_token")) device.set(name, params.node(name));
    return Params.of(List.of()).with(device);
  }

  static void write(JsonWriter json, Orphan orphan, String token) {
    Details said = orphan.details();
    json.object(
        () -> {
          json.field("id", orphan.id())
              .field("name", said.name())
              .field("description", said.description())
              .field("exposure", said.exposure());
          degrees(json, "latitude", said.latitude());
          degrees(json, "longitude", said.longitude());
          json.field("user_tags", said.userTags())
              .field("device_token", token)
              .field("onboarding_session", orphan.session().toString())
              .field("created_at", orphan.createdAt())
              .field("updated_at", orphan.updatedAt())
              .field("device_handshake", orphan.handshake());
        });
  }

  static void degrees(JsonWriter json, String name, OptionalDouble degrees) {
    if (degrees.isPresent()) json.field(name, degrees.getAsDouble());
    else json.nothing(name);
  }
}
