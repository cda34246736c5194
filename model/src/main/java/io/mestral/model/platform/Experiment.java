package io.mestral.model.platform;

import io.mestral.model.DeviceId;
import io.mestral.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Devices that somebody looks at together for a time.
 *
 * @param startsAt empty when it began long ago
 * @param endsAt empty when no end is set
 * @param devices by id ascending; archived ones are not among them
 */
public record Experiment(
    long id,
    UserId owner,
    String name,
    Optional<String> description,
    boolean isTest,
    Optional<Instant> startsAt,
    Optional<Instant> endsAt,
    List<DeviceId> devices,
    Instant createdAt,
    Instant updatedAt) {
  /** Copies the list. */
  public Experiment {
    devices = List.copyOf(devices);
  }

  /** Whether it is under way. */
  public boolean isActive(Instant now) {
    boolean begun = startsAt.isEmpty() || !now.isBefore(startsAt.get());
    return begun && (endsAt.isEmpty() || !now.isAfter(endsAt.get()));
  }
}
