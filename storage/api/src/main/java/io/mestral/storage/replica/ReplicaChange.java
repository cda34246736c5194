package io.mestral.storage.replica;

import java.time.Instant;
import java.util.List;

/**
 * What is to be different, all of it or nothing.
 *
 * @param isWhole whether these are all records that there are: others go
 * @param records that are new, or others than before
 * @param gone which are no more
 * @param standing how far that is
 * @param at when it comes here
 */
public record ReplicaChange(
    boolean isWhole,
    List<ReplicaRecord> records,
    List<ReplicaName> gone,
    ReplicaStanding standing,
    Instant at) {}
