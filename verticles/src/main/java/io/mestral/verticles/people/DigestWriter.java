package io.mestral.verticles.people;

import io.mestral.model.DeviceId;
import io.mestral.model.platform.Component;
import io.mestral.model.platform.Device;
import io.mestral.model.platform.User;
import io.mestral.model.reading.Latest;
import io.mestral.model.reading.Series;
import io.mestral.model.reading.Span;
import io.mestral.model.reading.Summary;
import io.mestral.model.reading.TimeRange;
import io.mestral.storage.Mail;
import io.mestral.storage.Metadata;
import io.mestral.storage.ReadingStore;
import io.mestral.storage.Steps;
import io.mestral.verticles.mail.LetterKind;
import io.mestral.verticles.mail.Letters;
import io.mestral.verticles.mail.Values;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Writes how somebody's devices did in the week before a time. */
public final class DigestWriter {
  /** More of them make no letter that anybody reads. */
  private static final int MOST_DEVICES = 50;

  private final Metadata metadata;
  private final ReadingStore readings;
  private final Letters letters;

  /** Reads from those stores. */
  public DigestWriter(Metadata metadata, ReadingStore readings, Letters letters) {
    this.metadata = metadata;
    this.readings = readings;
    this.letters = letters;
  }

  /** Succeeds with the mail; empty for who has no device. */
  Future<Optional<Mail>> write(User reader, Instant until) {
    return metadata
        .devices()
        .ownedBy(reader.id())
        .compose(
            devices ->
                devices.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : write(
                            reader,
                            devices.subList(0, Math.min(devices.size(), MOST_DEVICES)),
                            until)
                        .map(Optional::of));
  }

  private Future<Mail> write(User reader, List<Device> devices, Instant until) {
    Instant from = until.minus(Duration.ofDays(7));
    List<DeviceId> ids = devices.stream().map(Device::id).toList();
    AtomicReference<Values> values =
        new AtomicReference<>(
            Values.NONE
                .with("from", Letters.time(from, reader))
                .with("to", Letters.time(until, reader)));
    return metadata
        .devices()
        .components(ids)
        .compose(
            components ->
                readings
                    .latest(ids)
                    .compose(
                        latest ->
                            Steps.forEach(
                                devices,
                                device ->
                                    count(components.get(device.id()), from, until)
                                        .onSuccess(
                                            number ->
                                                values.updateAndGet(
                                                    before ->
                                                        before.withRow(
                                                            row(
                                                                device,
                                                                number,
                                                                last(latest.get(device.id())),
                                                                reader)))))))
        .map(
            done -> {
              String event = "weekly_digest/" + reader.id() + "/" + until.getEpochSecond();
              return letters.write(LetterKind.WEEKLY_DIGEST, event, reader, values.get());
            });
  }

  /** By the hours, which the store keeps counted. */
  private Future<Long> count(List<Component> components, Instant from, Instant until) {
    TimeRange week = new TimeRange(from.getEpochSecond(), until.getEpochSecond() - 1);
    AtomicReference<Long> sum = new AtomicReference<>(0L);
    return Steps.forEach(
            components,
            component ->
                readings
                    .summaries(new Series(component.device(), component.sensor()), Span.HOUR, week)
                    .onSuccess(
                        hours ->
                            sum.updateAndGet(
                                before -> before + hours.stream().mapToLong(Summary::count).sum())))
        .map(done -> sum.get());
  }

  private static Optional<Instant> last(Map<?, Latest> newest) {
    return newest.values().stream()
        .map(Latest::epochSecond)
        .max(Long::compare)
        .map(Instant::ofEpochSecond);
  }

  private static Map<String, String> row(
      Device device, long readings, Optional<Instant> last, User reader) {
    return Map.of(
        "device",
        device.name(),
        "readings",
        Long.toString(readings),
        "last",
        last.map(time -> Letters.time(time, reader)).orElse("–"));
  }
}
