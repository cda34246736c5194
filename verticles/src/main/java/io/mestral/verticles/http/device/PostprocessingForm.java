package io.mestral.verticles.http.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mestral.model.DeviceId;
import io.mestral.model.platform.Postprocessing;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a request wants to be kept of a device's postprocessing: {@code postprocessing_attributes},
 * an object in JSON or {@code postprocessing_attributes[meta]=…} in a form. Members it doesn't have
 * stay as they are, {@code null} empties one, and those that aren't the asker's are ignored.
 */
final class PostprocessingForm {
  private static final String NAME = "postprocessing_attributes";
  private static final String LATEST = "latest_postprocessing";
  private static final int LONGEST_JSON = 64 * 1024;

  private final ObjectNode given;

  private PostprocessingForm(ObjectNode given) {
    this.given = given;
  }

  /** Empty when the request says nothing of it. */
  static Optional<PostprocessingForm> of(Params params, FieldErrors errors) {
    ObjectNode nested = JsonNodeFactory.instance.objectNode();
    for (String name : params.names())
      if (name.startsWith(NAME + "[") && name.endsWith("]"))
        nested.set(name.substring(NAME.length() + 1, name.length() - 1), params.node(name));
    JsonNode whole = params.node(NAME);
    if (whole instanceof ObjectNode object) nested = object;
    else if (!whole.isNull()) errors.add(NAME, FieldErrors.INVALID);
    if (nested.isEmpty()) return Optional.empty();
    PostprocessingForm form = new PostprocessingForm(nested);
    form.check(errors);
    return Optional.of(form);
  }

  private void check(FieldErrors errors) {
    for (String name : new String[] {"blueprint_url", "hardware_url"})
      errors.checkLength("postprocessing." + name, text(name), FieldErrors.LONGEST_TEXT);
    for (String name : new String[] {"forwarding_params", "meta"})
      errors.checkLength("postprocessing." + name, json(name), LONGEST_JSON);
    if (text(LATEST).isPresent() && TimeText.parse(text(LATEST).get()).isEmpty())
      errors.add("postprocessing." + LATEST, "is not a valid ISO8601 date or time");
  }

  /** What is kept then, of a device that may have had nothing. */
  Postprocessing apply(DeviceId device, Optional<Postprocessing> before, Instant now) {
    return new Postprocessing(
        before.map(Postprocessing::id).orElse(0L),
        device,
        has("blueprint_url") ? text("blueprint_url") : before.flatMap(Postprocessing::blueprintUrl),
        has("hardware_url") ? text("hardware_url") : before.flatMap(Postprocessing::hardwareUrl),
        has("forwarding_params")
            ? json("forwarding_params")
            : before.flatMap(Postprocessing::forwardingParams),
        has("meta") ? json("meta") : before.flatMap(Postprocessing::meta),
        has(LATEST) ? latest() : before.flatMap(Postprocessing::latest),
        before.map(Postprocessing::createdAt).orElse(now),
        now);
  }

  private boolean has(String name) {
    return given.has(name);
  }

  private Optional<String> text(String name) {
    JsonNode value = given.path(name);
    boolean nothing = value.isNull() || !value.isValueNode() || value.asText().isBlank();
    return nothing ? Optional.empty() : Optional.of(value.asText());
  }

  private Optional<String> json(String name) {
    JsonNode value = given.path(name);
    boolean nothing = value.isNull() || value.isMissingNode();
    return nothing ? Optional.empty() : Optional.of(value.toString());
  }

  private Optional<Instant> latest() {
    OptionalLong second = TimeText.parse(text(LATEST).orElse(""));
    return second.isPresent()
        ? Optional.of(Instant.ofEpochSecond(second.getAsLong()))
        : Optional.empty();
  }
}
