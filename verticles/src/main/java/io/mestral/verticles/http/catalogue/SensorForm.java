package io.mestral.verticles.http.catalogue;

import io.mestral.model.SensorId;
import io.mestral.model.platform.Calibration;
import io.mestral.model.platform.Sensor;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.RecordId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/** What an administrator wants a sensor to be (spec 2.10). */
final class SensorForm {
  private static final Pattern KEY = Pattern.compile("[a-z0-9._]*[a-z][a-z0-9._]*");
  private static final int LONGEST_KEY = 64;
  private static final int LONGEST_EQUATION = 1_000;

  private final Params params;
  private final Catalogue known;
  private final FieldErrors errors = new FieldErrors();

  SensorForm(Params params, Catalogue known) {
    this.params = params;
    this.known = known;
  }

  /** A sensor to add; ends the request when it can't be. */
  Sensor draft(Instant now) {
    Sensor blank =
        new Sensor(
            new SensorId(0),
            UUID.randomUUID(),
            OptionalInt.empty(),
            "",
            "",
            "",
            Optional.empty(),
            OptionalInt.empty(),
            Calibration.IDENTITY,
            Calibration.IDENTITY,
            Optional.empty(),
            Optional.empty(),
            now,
            now);
    return apply(withKey(blank), now);
  }

  /** The sensor with what is given; ends the request when it can't be so. */
  Sensor apply(Sensor before, Instant now) {
    Sensor wanted =
        new Sensor(
            before.id(),
            before.uuid(),
            before.parent(),
            required("name", before.name(), FieldErrors.LONGEST_NAME),
            required("description", before.description(), FieldErrors.LONGEST_TEXT),
            before.defaultKey(),
            text("unit", before.unit()),
            measurement(before.measurement()),
            equation("equation", before.equation()),
            equation("reverse_equation", before.reverseEquation()),
            text("datasheet", before.datasheet()),
            text("unit_definition", before.unitDefinition()),
            before.createdAt(),
            now);
    errors.throwIfAny();
    return wanted;
  }

  private Sensor withKey(Sensor blank) {
    Optional<String> given = params.text("default_key").map(String::strip);
    if (given.isPresent() && !isKey(given.get())) errors.add("default_key", FieldErrors.INVALID);
    else if (given.filter(this::isTaken).isPresent()) errors.add("default_key", FieldErrors.TAKEN);
    return new Sensor(
        blank.id(),
        blank.uuid(),
        blank.parent(),
        blank.name(),
        blank.description(),
        given.orElseGet(this::freeKey),
        blank.unit(),
        blank.measurement(),
        blank.equation(),
        blank.reverseEquation(),
        blank.datasheet(),
        blank.unitDefinition(),
        blank.createdAt(),
        blank.updatedAt());
  }

  /** Only digits would be an id. */
  private static boolean isKey(String text) {
    return text.length() <= LONGEST_KEY && KEY.matcher(text).matches();
  }

  private boolean isTaken(String key) {
    return known.sensorByKey(key).isPresent();
  }

  /** Made of the name's words, and a number where another sensor has it. */
  private String freeKey() {
    String words =
        params
            .text("name")
            .orElse("")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", " ")
            .strip()
            .replace(' ', '_');
    String cut = words.substring(0, Math.min(words.length(), LONGEST_KEY - 8));
    String key = isKey(cut) ? cut : "sensor" + (cut.isEmpty() ? "" : "_" + cut);
    if (!isTaken(key)) return key;
    int number = 1;
    while (isTaken(key + "_" + number)) number++;
    return key + "_" + number;
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

  private OptionalInt measurement(OptionalInt before) {
    if (!params.has("measurement_id")) return before;
    Optional<String> given = params.text("measurement_id");
    if (given.isEmpty()) return OptionalInt.empty();
    Optional<Long> id = RecordId.parse(given.get()).filter(number -> number <= Integer.MAX_VALUE);
    if (id.isPresent() && known.measurement(id.get().intValue()).isPresent())
      return OptionalInt.of(id.get().intValue());
    errors.add("measurement", "must exist");
    return before;
  }

  /** Read as ingestion reads it: what can't be calculated is refused here. */
  private Calibration equation(String name, Calibration before) {
    if (!params.has(name)) return before;
    Optional<String> text = params.text(name);
    if (text.isEmpty()) return Calibration.IDENTITY;
    errors.checkLength(name, text, LONGEST_EQUATION);
    if (errors.has(name)) return before;
    try {
      return Calibration.parse(text.get());
    } catch (IllegalArgumentException notArithmetic) {
      errors.add(name, FieldErrors.INVALID);
      return before;
    }
  }
}
