package io.mestral.storage;

import io.mestral.model.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A device whose owner wants to know when something is wrong.
 *
 * @param lowBattery whether that the battery is low
 * @param stoppedPublishing whether that it fell silent
 * @param lowBatteryTold when the owner was last told that, unless it is over
 */
public record WatchedDevice(
    DeviceId device,
    boolean lowBattery,
    boolean stoppedPublishing,
    Optional<Instant> lowBatteryTold,
    Optional<Instant> stoppedPublishingTold) {}
