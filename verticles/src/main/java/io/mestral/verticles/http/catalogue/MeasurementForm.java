package io.mestral.verticles.http.catalogue;

import io.mestral.model.platform.Measurement;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an administrator wants a measurement to be (spec 2.10). */
final class MeasurementForm {
  private final Params params;
  private final FieldErrors errors = new FieldErrors();

  MeasurementForm(Params params) {
    this.params = params;
  }

  /** A measurement to add; ends the request when it can't be. */
  Measurement draft(Instant now) {
    return apply(
        new Measurement(0, UUID.randomUUID(), "", "", Optional.empty(), Optional.empty(), now, now),
        now);
  }

  /** The measurement with what is given; ends the request when it can't be so. */
  Measurement apply(Measurement before, Instant now) {
    Measurement wanted =
        new Measurement(
            before.id(),
            before.uuid(),
            required("name", before.name(), FieldErrors.LONGEST_NAME),
            required("description", before.description(), FieldErrors.LONGEST_TEXT),
            text("unit", before.unit()),
            text("definition", before.definition()),
            before.createdAt(),
            now);
    errors.throwIfAny();
    return wanted;
  }

  private String required(String name, String before, int longest) {
    String text = params.has(name) ? params.text(name).map(String::strip).orElse("") : before;
    if (text.isEmpty()) errors.add(name, FieldErrors.BLANK);
    errors.checkLength(name, Optional.of(text), longest);
    return text;
  }

  private Optional<String> text(String name, Optional<String> before) {
    if (!params.has(name)) return before;
    errors.checkLength(name, params.text(name), FieldErrors.LONGEST_TEXT);
    return params.text(name);
  }
}
