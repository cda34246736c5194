package io.mestral.storage;

import io.mestral.model.DeviceId;
import java.time.Instant;

/**
 * When a device's token ends: the one it has now, or the one it had before, which goes on for a
 * while beside it.
 *
 * @param hash the token's keyed hash
 */
public record DeviceTokenEnd(String hash, DeviceId device, Instant endsAt) {}
