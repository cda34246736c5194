package io.mestral.verticles.http.device;

import io.mestral.model.DeviceId;
import io.mestral.model.outcome.Refusal;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.Tag;
import io.mestral.storage.DeviceTags;
import io.mestral.storage.ForwardingRegistry;
import io.mestral.storage.Metadata;
import io.mestral.storage.PostprocessingRegistry;
import io.mestral.verticles.http.exchange.FieldErrors;
import io.mestral.verticles.http.exchange.Params;
import io.mestral.verticles.http.exchange.Problem;
import io.mestral.verticles.http.exchange.RecordId;
import io.mestral.verticles.http.exchange.Viewer;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ties to a device what a request names: tags, where its readings are forwarded to, what is kept of
 * its postprocessing. What is named is looked at before anything is changed, and tied once the
 * device is kept. What the asker may not set is ignored (spec 2.5).
 */
final class DeviceMarking {
  private static final String DESTINATION = "forwarding_destination_id";

  private final DeviceTags tags;
  private final ForwardingRegistry forwarding;
  private final PostprocessingRegistry postprocessings;
  private final Clock clock;

  DeviceMarking(Metadata metadata, Clock clock) {
    this.tags = metadata.deviceTags();
    this.forwarding = metadata.forwarding();
    this.postprocessings = metadata.postprocessings();
    this.clock = clock;
  }

  /**
   * What is to be tied; what is empty is left as it is.
   *
   * @param destination its id, empty for nowhere in particular
   */
  record Wanted(
      Optional<List<Long>> tags,
      Optional<Optional<Long>> destination,
      Optional<PostprocessingForm> postprocessing) {
    boolean isNothing() {
      return tags.isEmpty() && destination.isEmpty() && postprocessing.isEmpty();
    }
  }

  /** Succeeds with what the request wants; fails with a 404 or 422 for what can't be. */
  Future<Wanted> wanted(Params params, Viewer viewer) {
    FieldErrors errors = new FieldErrors();
    Optional<PostprocessingForm> postprocessing =
        viewer.isResearcher() ? PostprocessingForm.of(params, errors) : Optional.empty();
    errors.throwIfAny();
    Future<Optional<List<Long>>> tagged = tags(params);
    Future<Optional<Optional<Long>>> destination = destination(params, viewer);
    return Future.all(tagged, destination)
        .map(all -> new Wanted(tagged.result(), destination.result(), postprocessing));
  }

  /** Only tags that administrators made can be given. */
  private Future<Optional<List<Long>>> tags(Params params) {
    Optional<List<String>> names = params.list("user_tags");
    if (names.isEmpty()) return Future.succeededFuture(Optional.empty());
    if (names.get().isEmpty()) return Future.succeededFuture(Optional.of(List.of()));
    return tags.all().map(all -> Optional.of(ids(names.get(), all)));
  }

  private static List<Long> ids(List<String> names, List<Tag> all) {
    List<Long> ids = new ArrayList<>();
    for (String name : names) {
      Tag tag =
          all.stream()
              .filter(each -> each.name().equalsIgnoreCase(name))
              .findFirst()
              .orElseThrow(() -> Problem.recordNotFound("Tag", "name", name));
      if (!ids.contains(tag.id())) ids.add(tag.id());
    }
    return ids;
  }

  private Future<Optional<Optional<Long>>> destination(Params params, Viewer viewer) {
    if (!viewer.isResearcher() || !params.has(DESTINATION))
      return Future.succeededFuture(Optional.empty());
    Optional<String> given = params.text(DESTINATION);
    if (given.isEmpty()) return Future.succeededFuture(Optional.of(Optional.empty()));
    Optional<Long> id = RecordId.parse(given.get());
    return forwarding
        .destinations()
        .map(
            all -> {
              if (all.stream().noneMatch(one -> id.equals(Optional.of(one.id()))))
                throw noDestination(given.get());
              return Optional.of(id);
            });
  }

  /** Succeeds with the device once everything is tied to it. */
  Future<Device> put(Device device, Wanted wanted) {
    return sendTo(device.id(), wanted.destination())
        .compose(sent -> replaceTags(device.id(), wanted.tags()))
        .compose(tagged -> postprocess(device.id(), wanted.postprocessing()))
        .map(device);
  }

  private Future<Void> sendTo(DeviceId device, Optional<Optional<Long>> destination) {
    if (destination.isEmpty()) return Future.succeededFuture();
    return forwarding
        .sendTo(device, destination.get())
        .recover(
            failure ->
                Future.failedFuture(
                    Refusal.of(failure) == Refusal.PROTOCOL_ERROR
                        ? noDestination(destination.get().map(Object::toString).orElse(""))
                        : failure));
  }

  private Future<Void> replaceTags(DeviceId device, Optional<List<Long>> wanted) {
    return wanted.isEmpty() ? Future.succeededFuture() : tags.replace(device, wanted.get());
  }

  private Future<Void> postprocess(DeviceId device, Optional<PostprocessingForm> form) {
    if (form.isEmpty()) return Future.succeededFuture();
    return postprocessings
        .put(device, before -> form.get().apply(device, before, clock.instant()))
        .mapEmpty();
  }

  private static Problem noDestination(String given) {
    return Problem.recordNotFound("ForwardingDestination", "id", given);
  }
}
