package io.mestral.verticles.http.device;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mestral.model.access.Secret;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.DevicePolicy;
import io.mestral.model.platform.Hardware;
import io.mestral.model.platform.Location;
import io.mestral.model.platform.SealedToken;
import io.mestral.verticles.auth.TokenVault;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Viewer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a request wants a device to be (spec 2.5, writable). A parameter that isn't given leaves its
 * field as it is, {@code null} or blank empties it, and what the asker may not set is ignored.
 */
final class DeviceForm {
  private static final Set<String> EXPOSURES = Set.of("indoor", "outdoor");
  private static final int LONGEST_META = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Params params;
  private final Viewer viewer;
  private final FieldErrors errors = new FieldErrors();

  DeviceForm(Params params, Viewer viewer) {
    this.params = params;
    this.viewer = viewer;
  }

  /** What was found wrong so far. */
  FieldErrors errors() {
    return errors;
  }

  /** The device as it would be; worthless when there are errors. */
  Device apply(Device before, TokenVault vault, Placement placement, Instant now) {
    String name = text("name", Optional.of(before.name())).orElse("");
    if (name.isBlank()) errors.add("name", FieldErrors.BLANK);
    DevicePolicy policy = policy(before.policy());
    return new Device(
        before.id(),
        before.uuid(),
        before.owner(),
        name,
        text("description", before.description()),
        token(before.token(), vault),
        mac(before.macAddress()),
        location(before, policy.preciseLocation(), placement),
        hardware(before.hardware()),
        policy,
        meta(before.meta()),
        before.createdAt(),
        now);
  }

  /** What is as it was may be longer. */
  private Optional<String> text(String name, Optional<String> before) {
    if (!params.has(name)) return before;
    boolean isLong = name.equals("description");
    errors.checkLength(
        name, params.text(name), isLong ? FieldErrors.LONGEST_TEXT : FieldErrors.LONGEST_NAME);
    return params.text(name);
  }

  /** Whether the device may have another token afterwards, or none. */
  static boolean setsToken(Params params) {
    return params.has("device_token");
  }

  private Optional<SealedToken> token(Optional<SealedToken> before, TokenVault vault) {
    if (!setsToken(params)) return before;
    Optional<String> token = params.text("device_token");
    if (token.isEmpty()) return Optional.empty();
    if (!DeviceText.isToken(token.get())) {
      errors.add("device_token", FieldErrors.INVALID);
      return before;
    }
    return Optional.of(vault.seal(Secret.of(token.get())));
  }

  private Optional<String> mac(Optional<String> before) {
    if (!params.has("mac_address")) return before;
    Optional<String> given = params.text("mac_address");
    Optional<String> mac = given.flatMap(DeviceText::mac);
    if (given.isPresent() && mac.isEmpty()) errors.add("mac_address", FieldErrors.INVALID);
    return mac;
  }

  private Location location(Device before, boolean precise, Placement placement) {
    Location was = before.location();
    Location given =
        new Location(
            degrees("latitude", was.latitude(), 90),
            degrees("longitude", was.longitude(), 180),
            elevation(was.elevation()),
            exposure(was.exposure()),
            was.geohash(),
            was.city(),
            was.countryCode());
    boolean moved =
        !given.latitude().equals(was.latitude())
            || !given.longitude().equals(was.longitude())
            || precise != before.policy().preciseLocation();
    return moved ? placement.shown(given, precise) : placement.named(given);
  }

  private OptionalDouble degrees(String name, OptionalDouble before, double most) {
    if (!params.has(name)) return before;
    Optional<String> text = params.text(name);
    if (text.isEmpty()) return OptionalDouble.empty();
    OptionalDouble degrees = number(name, text.get());
    if (degrees.isPresent() && Math.abs(degrees.getAsDouble()) > most) {
      errors.add(name, FieldErrors.INVALID);
      return OptionalDouble.empty();
    }
    return degrees;
  }

  private OptionalInt elevation(OptionalInt before) {
    if (!params.has("elevation")) return before;
    Optional<String> text = params.text("elevation");
    if (text.isEmpty()) return OptionalInt.empty();
    OptionalDouble metres = number("elevation", text.get());
    return metres.isPresent() ? OptionalInt.of((int) metres.getAsDouble()) : OptionalInt.empty();
  }

  private OptionalDouble number(String name, String text) {
    OptionalDouble number = finite(text);
    if (number.isEmpty()) errors.add(name, FieldErrors.NOT_A_NUMBER);
    return number;
  }

  private static OptionalDouble finite(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  private Optional<String> exposure(Optional<String> before) {
    Optional<String> exposure = text("exposure", before);
    if (exposure.isPresent() && !EXPOSURES.contains(exposure.get()))
      errors.add("exposure", FieldErrors.NOT_LISTED);
    return exposure;
  }

  private Hardware hardware(Hardware before) {
    return new Hardware(
        before.info(),
        text("hardware_name_override", before.nameOverride()),
        text("hardware_version_override", before.versionOverride()),
        text("hardware_type_override", before.typeOverride()),
        text("hardware_slug_override", before.slugOverride()));
  }

  private DevicePolicy policy(DevicePolicy before) {
    boolean forwarding = before.enableForwarding();
    boolean test = before.isTest();
    return new DevicePolicy(
        flag("is_private", before.isPrivate()),
        flag("precise_location", before.preciseLocation()),
        viewer.isResearcher() ? flag("enable_forwarding", forwarding) : forwarding,
        viewer.isAdmin() ? flag("is_test", test) : test,
        flag("notify_low_battery", before.notifyLowBattery()),
        flag("notify_stopped_publishing", before.notifyStoppedPublishing()));
  }

  private boolean flag(String name, boolean before) {
    return params.flag(name).orElse(before);
  }

  private Optional<String> meta(Optional<String> before) {
    if (!params.has("meta")) return before;
    JsonNode meta = params.node("meta");
    if (meta.isTextual()) meta = parsed(meta.asText());
    if (meta.isObject()) {
      Optional<String> text = Optional.of(meta.toString());
      errors.checkLength("meta", text, LONGEST_META);
      return text;
    }
    if (!meta.isNull()) errors.add("meta", FieldErrors.INVALID);
    return Optional.empty();
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text.isBlank() ? "null" : text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().missingNode();
    }
  }
}
