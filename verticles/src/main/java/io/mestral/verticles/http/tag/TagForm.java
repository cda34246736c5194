package io.mestral.verticles.http.tag;

import io.mestral.model.platform.Tag;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.JsonWriter;
import io.mestral.verticles.http.exchange.Params;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a request wants a tag to be, and how tags are shown (spec 2.11). */
final class TagForm {
  private TagForm() {}

  /** A tag to add; ends the request when it can't be. */
  static Tag draft(Params params, Instant now) {
    return apply(new Tag(0, UUID.randomUUID(), "", Optional.empty(), now, now), params, now);
  }

  /** The tag with what is given; ends the request when it can't be so. */
  static Tag apply(Tag before, Params params, Instant now) {
    FieldErrors errors = new FieldErrors();
    String name =
        params.has("name") ? params.text("name").map(String::strip).orElse("") : before.name();
    if (name.isEmpty()) errors.add("name", FieldErrors.BLANK);
    if (name.indexOf(',') >= 0 || name.indexOf('|') >= 0) // lists of names are parted by them
    errors.add("name", FieldErrors.INVALID);
    errors.checkLength("name", Optional.of(name), FieldErrors.LONGEST_NAME);
    Optional<String> description =
        params.has("description") ? params.text("description") : before.description();
    errors.checkLength("description", description, FieldErrors.LONGEST_TEXT);
    errors.throwIfAny();
    return new Tag(before.id(), before.uuid(), name, description, before.createdAt(), now);
  }

  /** A tag of devices. */
  static void write(JsonWriter json, Tag tag) {
    json.object(
        () -> {
          json.field("id", tag.id()).field("uuid", tag.uuid().toString());
          rest(json, tag);
        });
  }

  /** A tag of sensors, which has no uuid. */
  static void writeShort(JsonWriter json, Tag tag) {
    json.object(
        () -> {
          json.field("id", tag.id());
          rest(json, tag);
        });
  }

  private static void rest(JsonWriter json, Tag tag) {
    json.field("name", tag.name())
        .field("description", tag.description())
        .field("created_at", tag.createdAt())
        .field("updated_at", tag.updatedAt());
  }
}
