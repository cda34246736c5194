package io.mestral.storage.replica;

import java.util.Optional;

/**
 * Something as the node above has it.
 *
 * @param tag another one whenever the body is another one
 * @param body JSON as it was told, with what this version doesn't understand
 * @param content what of it this version understands; empty when its kind isn't known
 */
public record ReplicaRecord(
    ReplicaName name, String tag, String body, Optional<ReplicaContent> content) {}
