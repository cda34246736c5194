package io.mestral.model.platform;

import io.mestral.model.DeviceId;
import java.time.Instant;
import java.util.Optional;

/**
 * What programs that work on a device's readings afterwards keep with it.
 *
 * @param blueprintUrl where it says how readings become others
 * @param hardwareUrl where it says what the device is made of
 * @param forwardingParams any JSON as text
 * @param meta any JSON as text
 * @param latest up to when readings were worked on
 */
public record Postprocessing(
    long id,
    DeviceId device,
    Optional<String> blueprintUrl,
    Optional<String> hardwareUrl,
    Optional<String> forwardingParams,
    Optional<String> meta,
    Optional<Instant> latest,
    Instant createdAt,
    Instant updatedAt) {}
