package io.mestral.storage.replica;

import io.mestral.model.platform.SealedToken;

/**
 * How far the replica is.
 *
 * @param number of the last change; greater with each
 * @param signedBy the key that changes are signed with, as Multikey has it
 * @param tokenKey what tokens are hashed with for this node, sealed
 */
public record ReplicaStanding(long number, String signedBy, SealedToken tokenKey) {}
