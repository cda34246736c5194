package io.mestral.verticles.http.device;

import io.mestral.model.platform.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the platform says of a device on its own (spec 2.5).
 *
 * @param exposure indoor or outdoor
 */
record SystemTags(Optional<String> exposure, boolean isNew, boolean isTest, boolean isOnline) {
  private static final Duration ONLINE = Duration.ofMinutes(60);
  private static final Duration NEW = Duration.ofDays(7);

  static SystemTags of(Device device, Optional<Instant> lastReadingAt, Instant now) {
    return new SystemTags(
        device.location().exposure(),
        isNew(device.createdAt(), now),
        device.policy().isTest(),
        lastReadingAt.filter(at -> isOnline(at, now)).isPresent());
  }

  static boolean isNew(Instant createdAt, Instant now) {
    return createdAt.isAfter(now.minus(NEW));
  }

  static boolean isOnline(Instant lastReadingAt, Instant now) {
    return lastReadingAt.isAfter(now.minus(ONLINE));
  }

  List<String> sorted() {
    return Stream.of(
            exposure,
            tagIf(isNew, "new"),
            tagIf(isTest, "test_device"),
            Optional.of(isOnline ? "online" : "offline"))
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  private static Optional<String> tagIf(boolean applies, String tag) {
    return applies ? Optional.of(tag) : Optional.empty();
  }
}
