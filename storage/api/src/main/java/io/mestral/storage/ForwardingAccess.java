package io.mestral.storage;

import io.mestral.model.UserId;
import io.mestral.model.platform.SealedToken;

/**
 * What a user's partner shows to get the readings of the user's devices (spec 1.11). The name is as
 * good as a password, so it is sealed too.
 */
public record ForwardingAccess(UserId user, SealedToken username, SealedToken token) {}
