package io.mestral.verticles.http.experiment;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Experiment;
import io.mestral.model.reading.TimeText;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a request wants an experiment to be (spec 2.12). */
final class ExperimentForm {
  /** More than anybody looks at together. */
  static final int MOST_DEVICES = 10_000;

  private static final Set<String> YES = Set.of("true", "1", "t", "on", "yes");
  private static final Set<String> NO = Set.of("false", "0", "f", "off", "no");

  private final Params params;
  private final FieldErrors errors = new FieldErrors();

  ExperimentForm(Params params) {
    this.params = params;
  }

  /** The devices it is to have; empty when the request says nothing of them. */
  Optional<List<DeviceId>> devices() {
    Optional<List<String>> given = params.list("device_ids");
    if (given.isEmpty()) return Optional.empty();
    Set<Long> ids = new TreeSet<>();
    for (String text : given.get()) ids.add(RecordId.parse(text).orElseThrow(() -> none(text)));
    if (ids.size() > MOST_DEVICES) {
      errors.add("devices", "are too many (maximum is " + MOST_DEVICES + ")");
      errors.throwIfAny();
    }
    return Optional.of(ids.stream().map(DeviceId::new).toList());
  }

  /**
   * Ends the request unless all that are wanted exist, and notes those that can't be among them.
   *
   * @param found those of them that exist
   */
  void check(List<DeviceId> wanted, Collection<Device> found, Experiment experiment) {
    Set<DeviceId> known = found.stream().map(Device::id).collect(Collectors.toSet());
    for (DeviceId id : wanted) if (!known.contains(id)) throw none(Long.toString(id.value()));
    String foreign =
        found.stream()
            .filter(device -> device.policy().isPrivate())
            .filter(device -> !device.owner().equals(experiment.owner()))
            .map(device -> device.id().value())
            .sorted()
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    if (!foreign.isEmpty())
      errors.add(
          "devices", "can't contain private devices owned by other users (ids: " + foreign + ")");
  }

  /** The experiment with what is given; ends the request when it can't be so. */
  Experiment apply(Experiment before, Instant now) {
    String name =
        params.has("name") ? params.text("name").map(String::strip).orElse("") : before.name();
    if (name.isEmpty()) errors.add("name", FieldErrors.BLANK);
    errors.checkLength("name", Optional.of(name), FieldErrors.LONGEST_NAME);
    Optional<String> description =
        params.has("description") ? params.text("description") : before.description();
    errors.checkLength("description", description, FieldErrors.LONGEST_TEXT);
    Optional<Instant> startsAt = time("starts_at", before.startsAt());
    Optional<Instant> endsAt = time("ends_at", before.endsAt());
    if (startsAt.isPresent() && endsAt.isPresent() && endsAt.get().isBefore(startsAt.get()))
      errors.add("ends_at", "is before starts_at");
    boolean isTest = isTest(before.isTest());
    List<DeviceId> devices = devices().orElse(before.devices());
    errors.throwIfAny();
    return new Experiment(
        before.id(),
        before.owner(),
        name,
        description,
        isTest,
        startsAt,
        endsAt,
        new ArrayList<>(devices),
        before.createdAt(),
        now);
  }

  private boolean isTest(boolean before) {
    if (!params.has("is_test")) return before;
    String given = params.text("is_test").orElse("").toLowerCase(java.util.Locale.ROOT);
    if (!YES.contains(given) && !NO.contains(given)) errors.add("is_test", FieldErrors.NOT_LISTED);
    return YES.contains(given);
  }

  private Optional<Instant> time(String name, Optional<Instant> before) {
    if (!params.has(name)) return before;
    Optional<String> text = params.text(name);
    if (text.isEmpty()) return Optional.empty();
    OptionalLong second = TimeText.parse(text.get());
    if (second.isEmpty()) {
      errors.add(name, "is not a valid ISO8601 date or time");
      return Optional.empty();
    }
    return Optional.of(Instant.ofEpochSecond(second.getAsLong()));
  }

  private static Problem none(String id) {
    return Problem.recordNotFound("Device", "id", id);
  }
}
